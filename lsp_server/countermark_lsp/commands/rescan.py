"""`countermark.rescan` {uri?}: look at a document anew, or at all that are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from countermark_lsp.server import Server

from .arguments import text


async def rescan(server: Server, argument: Mapping[str, Any]) -> None:
    """Answer once it was looked at."""
    uri = text(argument, "uri", needed=False)
    for one in [uri] if uri else server.documents:
        await server.rescan(one)
