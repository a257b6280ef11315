"""A server that runs for days: what was handled is forgotten."""

from __future__ import annotations

import asyncio
import gc
import json
from io import BytesIO
from typing import Any

import pytest
from pygls.io_ import StdoutWriter

from countermark_lsp.features import register
from countermark_lsp.server import Server


def message(method: str, params: Any, **more: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()


def handled() -> int:
    """Messages that are done and still there."""
    gc.collect()
    return sum(isinstance(one, asyncio.Task) and one.done() for one in gc.get_objects())


@pytest.mark.asyncio
async def test_messages_that_were_handled_are_not_kept() -> None:
    server = Server()
    register(server)
    server.protocol.set_writer(StdoutWriter(BytesIO()))
    server.protocol.receive(message("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, id=0))
    before = handled()

    for number in range(1, 51):
        server.protocol.receive(message("countermark/didChangeVisible", {"uris": []}))
        server.protocol.receive(message("textDocument/codeLens", {"textDocument": {"uri": "file:///a"}}, id=number))
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)

    assert handled() - before < 10
