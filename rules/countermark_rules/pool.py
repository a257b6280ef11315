"""Share chunks of work among processes."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from countermark.verdict import Failure

_T = TypeVar("_T")
_R = TypeVar("_R")
_workers: list[Callable[[Any], Any]] = []  # one in each process, made when it starts


class Lost(Exception):  # noqa: N818 - it names what happened
    """A process died, and with it what was under way."""

    def __init__(self, files: int) -> None:
        super().__init__()
        self._files = files

    def failure(self) -> Failure:
        """What to say of it."""
        said = (
            f"a process of the engine died, so {self._files} files were not looked at; `--jobs 1` may show which it was"
        )
        return Failure("engine", None, said)


def spread(chunks: Iterable[Sequence[_T]], make: Callable[[], Callable[[Sequence[_T]], _R]], jobs: int) -> Iterator[_R]:
    """What comes of the chunks, in their order; only a few chunks are in memory at a time. Raises Lost.

    ``make`` makes, in each process, what is called with a chunk.
    """
    stream = iter(chunks)
    gc.freeze()  # the collector would touch, and so copy, each page that forked processes share
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(make,)) as pool:
        waiting: deque[tuple[Future[_R], int]] = deque()
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
        except BaseException:
            for child in multiprocessing.active_children():
                child.terminate()  # what it is at interests nobody any more
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            gc.unfreeze()
    if lost:
        raise Lost(lost)


def _context() -> BaseContext:
    """Forking is quickest and safe as long as there is one thread; macOS' own libraries do not bear it at all."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _workers.append(make())


def _work(chunk: Sequence[Any]) -> Any:
    return _workers[0](chunk)
