"""The resident process: it waits, forks for each hook, and leaves when nobody has asked for an hour or Countermark has changed.

The process that waits reads nothing from those who ask and remembers nothing of them: each hook runs in a child of its own, which
becomes the process that asked (its input and outputs, folder, environment) and ends with the hook.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from countermark.launch import launch

from . import peer, place, request, served
from .client import TAKEN
from .installed import Installed
from .keeping import declined
from .warm import warm

_IDLE = 3600.0  # seconds
_WAITING = 16  # hooks that may wait for the next fork, which takes some milliseconds


def main(idle: float = _IDLE) -> None:
    """Get ready, then serve until nobody has asked for so many seconds. Ends at once where another one serves already."""
    begun = time.time_ns()
    path = place.socket_path()
    if path is None or not place.allowed():
        return
    launch()
    os.umask(0o077)
    with suppress(FileExistsError):
        Path(place.folder()).mkdir(mode=0o700)
    if not place.is_private(place.folder()):
        return
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another one serves
        return
    warm()
    installed = Installed.now()
    if installed.newer_than(begun):  # changed while it was read
        return
    gc.collect()
    gc.freeze()
    with _listening(path, idle) as listener:
        _serve(listener, lock, installed)


@contextmanager
def _listening(path: str, idle: float) -> Iterator[socket.socket]:
    """The socket; only who holds the lock may touch what lies there."""
    file = Path(path)
    file.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        listener.listen(_WAITING)
        listener.settimeout(idle)
        try:
            yield listener
        finally:
            file.unlink(missing_ok=True)


def _serve(listener: socket.socket, lock: int, installed: Installed) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave nothing behind
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return
        with connection:
            if installed.changed():
                return
            if not peer.may_ask(connection):
                continue
            with suppress(OSError):  # no more processes: whoever asks does the work itself
                if os.fork() == 0:
                    listener.close()
                    os.close(lock)
                    _child(connection)


def _child(connection: socket.socket) -> NoReturn:
    """Run one hook, and end: with no answer where it has to be run by whoever asked."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.sendall(TAKEN)
        asked = request.receive(connection)
        asked.enter()
        served.begin()
        code = _run(asked.arguments, connection)
        _let_go()
        connection.sendall(bytes([code]))
        if declined(os.environ):
            os.kill(os.getppid(), signal.SIGTERM)
    finally:
        os._exit(0)


def _let_go() -> None:
    """Close the outputs of whoever asked: somebody may wait for their end."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def _run(arguments: list[str], connection: socket.socket) -> int:
    """The hook's exit code. That whoever asked has gone, or wants no more, is as if Ctrl-C had been pressed here."""
    from countermark_hooks.border import main as hook

    def look(_number: int, _frame: object) -> None:
        """A signal may also be late, for what has been read already."""
        with suppress(BlockingIOError):
            if not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                raise KeyboardInterrupt

    os.register_at_fork(after_in_child=connection.close)  # whoever asked waits until nobody holds it
    connection.setblocking(True)
    signal.signal(signal.SIGIO, look)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    try:
        return hook(arguments)
    finally:
        signal.signal(signal.SIGIO, signal.SIG_IGN)


if __name__ == "__main__":
    main()
