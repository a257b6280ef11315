"""countermark/didChangeVisible {uris}: the documents that are in sight now; a client need not send it."""

from __future__ import annotations

from typing import Any

from countermark_lsp.server import Server

DID_CHANGE_VISIBLE = "countermark/didChangeVisible"


def did_change_visible(server: Server, params: Any) -> None:
    """Count the time on screen of these alone from now on."""
    uris = getattr(params, "uris", ())
    if isinstance(uris, list | tuple):
        server.screen.visible(uri for uri in uris if isinstance(uri, str))
