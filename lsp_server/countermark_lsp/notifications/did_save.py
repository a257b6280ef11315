"""textDocument/didSave."""

from __future__ import annotations

from pathlib import PurePosixPath

from lsprotocol import types as lsp

from countermark_lsp.server import Server
from countermark_lsp.watching import SETTINGS_FILES


def did_save(server: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """Look again. A saved settings file may change what is to be said of every document."""
    uri = params.text_document.uri
    if PurePosixPath(uri).name in SETTINGS_FILES:
        server.settings_changed()
    else:
        server.look_soon(uri, at_once=True)
