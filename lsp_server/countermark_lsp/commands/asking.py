"""Ask the person something, in the one way that every client has: a message with a few answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types as lsp

from countermark_lsp.server import Server


async def choose(server: Server, question: str, answers: Sequence[str]) -> str:
    """The answer that the person chose; empty for none."""
    actions = [lsp.MessageActionItem(answer) for answer in answers]
    params = lsp.ShowMessageRequestParams(lsp.MessageType.Info, f"Countermark: {question}", actions)
    chosen = await server.window_show_message_request_async(params)
    title = chosen.title if chosen is not None else ""
    return title if title in answers else ""
