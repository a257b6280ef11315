"""A process that dies by SIGKILL at any of its writes, one after the other."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from types import FrameType
from typing import Any

# What changes a file, or says that it is changed for good; also the statements of SQLite, which writes by itself.
_WRITES = frozenset(
    "write writelines open fsync fdatasync replace rename link symlink unlink remove truncate ftruncate mkdir rmdir chmod close execute"
    " executemany executescript _fork_exec fork_exec sendall flock lockf".split()
)
_MOST = 400


def killed_at_every_write(act: Callable[[int], object], check: Callable[[int], None]) -> int:
    """Do something in a process of its own, killed before its first write; check what is left; then before its second, and so on.

    Both get the number of the run. The last one goes through to its end. Gives how many there were.
    """
    for number in count():
        pid = os.fork()
        if pid == 0:
            _run(act, number)
        _, status = os.waitpid(pid, 0)
        check(number)
        if not os.WIFSIGNALED(status):
            assert os.waitstatus_to_exitcode(status) == 0
            return number + 1
        assert number < _MOST
    raise AssertionError


def _run(act: Callable[[int], object], number: int) -> None:
    code, left = 1, number

    def watch(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal left
        if event == "c_call" and called.__name__ in _WRITES:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.setprofile(watch)
        act(number)
        sys.setprofile(None)
        code = 0
    finally:
        os._exit(code)
