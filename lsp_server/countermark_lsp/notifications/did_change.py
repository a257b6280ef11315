"""textDocument/didChange."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_change(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Follow the edits. A document that was never opened, or is of a kind that we skip, has none."""
    document = server.documents.get(params.text_document.uri)
    if document is not None:
        server.pasting.look(document, params.content_changes)
        edits = document.apply(params.text_document.version, params.content_changes)
        server.changed(params.text_document.uri, edits)
