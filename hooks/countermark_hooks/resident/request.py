"""One hook that somebody asks for: what came over the socket, and this process in the place of the one that asks."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
from typing import NamedTuple

from . import place
from .client import HEADER_BYTES

_MOST = 8_000_000  # bytes; systems start no process with more arguments and environment
_FILES = 4  # input, output, errors, folder
_PATIENCE = 2.0  # seconds for all of it to arrive


class Unfit(Exception):  # noqa: N818 - it says what a request is
    """A request that is not for us."""


class Request(NamedTuple):
    """A hook to run, with what its process was started with; the environment as `NAME=value`."""

    arguments: list[str]
    environ: list[bytes]
    mask: int
    files: list[int]

    def enter(self) -> None:
        """Be the process that asks, in all that its work can see."""
        *standard, folder = self.files
        for number, file in enumerate(standard):
            os.dup2(file, number)
        os.fchdir(folder)
        for file in self.files:
            os.close(file)
        _renew_streams()
        os.umask(self.mask)
        os.environ.clear()
        os.environb.update(
            {name: value for name, is_set, value in (one.partition(b"=") for one in self.environ) if is_set}
        )
        time.tzset()
        tempfile.tempdir = None  # it was found in another environment


def _renew_streams() -> None:
    """Python's own streams know of what they were opened on whether it can be rewound; now it is something else."""
    encoding = sys.stderr.encoding
    sys.stdin = open(0, encoding=encoding, closefd=False)  # noqa: SIM115 - they stay open
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115 - as above
    sys.stderr = open(2, "w", 1, encoding, "backslashreplace", closefd=False)  # noqa: SIM115 - as above


def receive(connection: socket.socket) -> Request:
    """What is asked. Raises OSError where it does not arrive, and Unfit where it is from another installation or makes no sense."""
    connection.settimeout(_PATIENCE)
    header, files, _, _ = socket.recv_fds(connection, HEADER_BYTES, _FILES, socket.MSG_CMSG_CLOEXEC)
    size = int.from_bytes(header, "big")
    if len(header) != HEADER_BYTES or len(files) != _FILES or size > _MOST:
        raise Unfit
    identity, mask, count, *words = _exactly(connection, size).split(b"\0")
    if identity != place.identity():
        raise Unfit
    arguments = [os.fsdecode(word) for word in words[: int(count)]]
    return Request(arguments, words[int(count) :], int(mask), files)


def _exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes. Raises Unfit when there are fewer."""
    with connection.makefile("rb") as file:
        data = file.read(size)
    if len(data) != size:
        raise Unfit
    return data
