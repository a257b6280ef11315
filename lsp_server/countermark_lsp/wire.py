"""Messages in and out: stdin and stdout, or one connection on the loopback interface for debugging."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

_LONGEST_HEADER = 4096


def read_message(stream: BinaryIO) -> bytes | None:
    """The body of the next message, or None at the end of the stream. Raises ValueError where a header makes no sense."""
    length = None
    while line := stream.readline(_LONGEST_HEADER):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
        elif not line.strip() and length is not None:
            body = stream.read(length)
            return body if len(body) == length else None
    return None


async def listen(stream: BinaryIO, receive: Callable[[bytes], None]) -> None:
    """Hand over every message until the stream ends.

    The reading thread is nobody else's: in a shared pool, busy handlers would make the server deaf, even to a cancel.
    """
    loop = asyncio.get_running_loop()
    reader = ThreadPoolExecutor(1, "reader")
    try:
        while (body := await loop.run_in_executor(reader, read_message, stream)) is not None:
            receive(body)
    finally:
        reader.shutdown(wait=False)


def accept(port: int, announce: Callable[[int], None]) -> tuple[BinaryIO, BinaryIO]:
    """Wait for one client on the loopback interface; port 0 takes any that is free, and ``announce`` gets it."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        announce(listener.getsockname()[1])
        connection, _ = listener.accept()
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection.makefile("rb"), connection.makefile("wb")
