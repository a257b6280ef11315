"""textDocument/didClose."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_close(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """Forget the document, and take its diagnostics away where we put them there."""
    if server.documents.close(params.text_document.uri):
        server.forget(params.text_document.uri)
