"""A time limit that also stops a regular expression which never ends.

Python's matcher looks for signals while it works, so an alarm stops it. Where there are no alarms (Windows, or a thread other than
the main one) the limit is only noticed between two detectors; faces that must stay responsive run the engine in a process of its own.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# An exception that is raised inside a callback of an extension module may be swallowed there, so the alarm rings again.
_AGAIN = 0.25


class OutOfTime(BaseException):
    """The time for one file is over. No Exception, so that no detector can take it for a fault of its own and go on."""


@contextmanager
def alarm() -> Iterator[Callable[[float], None]]:
    """While it lasts, what raises OutOfTime after so many seconds, where the platform can; with 0 it does not any more."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda _: None
        return
    previous = signal.signal(signal.SIGALRM, _ring)
    try:
        yield _ring_after
    finally:
        _ring_after(0)
        signal.signal(signal.SIGALRM, previous)


def _ring_after(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime
