"""Ask the resident process to run a hook. All that a hook's own process does where there is one, so it imports next to nothing."""

from __future__ import annotations

import _socket  # `socket` takes as long to import as all that is done here
import os
import sys

from . import place

SERVED = ("pre-commit", "commit-msg", "pre-push")
TAKEN = b"+"
HEADER_BYTES = 8

_PATIENCE = 0.5  # seconds until it has to say that it takes the work; that takes it a few milliseconds
_PATIENCE_AT_THE_END = 5.0  # seconds to stop in


def ask(arguments: list[str]) -> int | None:
    """The exit code of a hook that the resident process ran, or None where this process has to do it."""
    if not arguments or arguments[0] not in SERVED or not place.allowed():
        return None
    connection = connected()
    if connection is None:
        return None
    try:
        _send(connection, arguments)
        connection.settimeout(None)
        return _answer(connection)
    except OSError:
        return None


def connected() -> _socket.socket | None:
    """A connection to the resident process, once it says that it takes the work; None where none does.

    Until then our outputs stay with us: whoever reads them waits for the end of all that hold them.
    """
    path = place.socket_path()
    if path is None or not place.is_private(place.folder()):
        return None
    try:
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        connection.settimeout(_PATIENCE)
        connection.connect(path)
        return connection if connection.recv(1) == TAKEN else None
    except OSError:
        return None


def _send(connection: _socket.socket, arguments: list[str]) -> None:
    """What the hook was started with: its input and outputs, folder, mask, arguments and environment."""
    mask = os.umask(0o077)
    os.umask(mask)
    environ = [name + b"=" + value for name, value in os.environb.items()]
    said = [b"%d" % mask, b"%d" % len(arguments), *map(os.fsencode, arguments), *environ]
    body = b"\0".join([place.identity(), *said])
    here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    files = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2, here))
    try:
        connection.sendmsg([len(body).to_bytes(HEADER_BYTES, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    finally:
        os.close(here)
    connection.sendall(body)


def _answer(connection: _socket.socket) -> int | None:
    """The exit code, as soon as it is there. Whoever does not want to wait lets the other side stop, which then says so."""
    try:
        said = connection.recv(1)
    except KeyboardInterrupt as stopped:
        try:
            connection.shutdown(_socket.SHUT_WR)
            connection.settimeout(_PATIENCE_AT_THE_END)
            said = connection.recv(1)
        except OSError:
            said = b""
        if not said:
            raise stopped from None
    return said[0] if said else None
