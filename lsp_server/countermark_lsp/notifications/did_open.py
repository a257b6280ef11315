"""textDocument/didOpen."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_open(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """Take the document and look at it at once; opening it again replaces it."""
    server.documents.open(params.text_document, server.client.encoding)
    server.opened(params.text_document.uri)
