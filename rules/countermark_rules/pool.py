"""Share chunks of files among processes."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext

from countermark.change import FileChange
from countermark.project import Project
from countermark.verdict import Failure

from .inspect import Inspector, Outcome

_inspectors: list[Inspector] = []  # one in each worker, made when it starts


def spread(chunks: Iterable[list[FileChange]], project: Project, jobs: int) -> Iterator[Outcome]:
    """The outcomes of the chunks in their order; only a few chunks are in memory at a time."""
    stream = iter(chunks)
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(project,)) as pool:
        try:
            waiting = deque((pool.submit(_work, chunk), chunk) for chunk in islice(stream, jobs * 2))
            while waiting:
                future, chunk = waiting.popleft()
                yield _result(future, chunk)
                waiting.extend((pool.submit(_work, chunk), chunk) for chunk in islice(stream, 1))
        except BrokenProcessPool:
            left = sum(len(chunk) for _, chunk in waiting) + sum(len(chunk) for chunk in stream)
            yield _lost(left) if left else Outcome(0, (), (), ())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[Outcome], chunk: list[FileChange]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return _lost(len(chunk))


def _lost(files: int) -> Outcome:
    said = f"a process of the engine died, so {files} files were not looked at; `--jobs 1` may show which file it was"
    return Outcome(0, (), (), (Failure("engine", None, said),))


def _context() -> BaseContext:
    """Forking is quickest and safe as long as there is one thread; macOS' own libraries do not bear it at all."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _start(project: Project) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _inspectors.append(Inspector(project))


def _work(chunk: list[FileChange]) -> Outcome:
    return _inspectors[0].outcome(chunk)
