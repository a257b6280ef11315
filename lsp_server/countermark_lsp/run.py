"""Start the language server on standard input and output, or on a port for debugging."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import BinaryIO

from pygls.io_ import StdoutWriter

from countermark.errors import ExitCode

from .features import register
from .server import Server
from .wire import accept, listen


def run(*, port: int | None = None) -> int:
    """Serve one client until it leaves, and give the exit code."""
    # pygls logs whole messages, and so documents with secrets in them.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    source, sink = _standard_streams() if port is None else accept(port, _announce)
    try:
        asyncio.run(_serve(source, sink, started_by=os.getppid() if port is None else None))
    except (KeyboardInterrupt, BrokenPipeError):
        return ExitCode.INTERRUPTED
    return ExitCode.CLEAN


async def _serve(source: BinaryIO, sink: BinaryIO, *, started_by: int | None) -> None:
    server = Server()
    server.started_by = started_by
    register(server)
    protocol = server.protocol
    protocol.set_writer(StdoutWriter(sink))
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, context: server.report_server_error(context.get("exception") or RuntimeError())
    )
    try:
        await listen(source, protocol.receive)
    finally:
        await server.close()


def _standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Our input and output, taken away from whatever else might print or read."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nothing.fileno(), 0)
    return source, sink


def _announce(port: int) -> None:
    sys.stderr.write(f"countermark: waiting for a client on 127.0.0.1:{port}\n")
    sys.stderr.flush()
