"""Share chunks of files among processes."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from countermark.change import FileChange
from countermark.project import Project
from countermark.verdict import Failure

from .inspect import Inspector, Outcome

_inspectors: list[Inspector] = []  # one in each worker, made when it starts


def spread(
    chunks: Iterable[list[FileChange]], project: Project, jobs: int, only: Collection[str] = ()
) -> Iterator[Outcome]:
    """The outcomes of the chunks in their order; only a few chunks are in memory at a time."""
    stream = iter(chunks)
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(project, only)) as pool:
        waiting: deque[tuple[Future[Outcome], int]] = deque()
        pending = lost = 0  # files that were handed over and not yet answered for
        try:
            for chunk in stream:
                pending += len(chunk)
                waiting.append((pool.submit(_work, chunk), len(chunk)))
                if len(waiting) >= jobs * 2:
                    future, files = waiting.popleft()
                    yield future.result()
                    pending -= files
            for future, files in waiting:
                yield future.result()
                pending -= files
        except BrokenProcessPool:
            lost = pending + sum(len(chunk) for chunk in stream)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    if lost:
        said = f"a process of the engine died, so {lost} files were not looked at; `--jobs 1` may show which it was"
        yield Outcome(0, (), (), (Failure("engine", None, said),))


def _context() -> BaseContext:
    """Forking is quickest and safe as long as there is one thread; macOS' own libraries do not bear it at all."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _start(project: Project, only: Collection[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _inspectors.append(Inspector(project, only=only))


def _work(chunk: list[FileChange]) -> Outcome:
    return _inspectors[0].outcome(chunk)
