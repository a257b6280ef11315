"""notebookDocument/did…: each cell is a document of its own, with findings of its own."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_open(server: Server, params: lsp.DidOpenNotebookDocumentParams) -> None:
    """Take every cell."""
    _open(server, params.cell_text_documents)


def did_change(server: Server, params: lsp.DidChangeNotebookDocumentParams) -> None:
    """Cells come, go, and change."""
    cells = params.change.cells
    if cells is None:
        return
    if cells.structure is not None:
        _close(server, cells.structure.did_close or ())
        _open(server, cells.structure.did_open or ())
    for content in cells.text_content or ():
        document = server.documents.get(content.document.uri)
        if document is not None:
            server.changed(document.uri, document.apply(content.document.version, content.changes))


def did_close(server: Server, params: lsp.DidCloseNotebookDocumentParams) -> None:
    """Forget every cell."""
    _close(server, params.cell_text_documents)


def _open(server: Server, items: Iterable[lsp.TextDocumentItem]) -> None:
    for item in items:
        server.documents.open(item, server.client.encoding)
        server.opened(item.uri)


def _close(server: Server, documents: Iterable[lsp.TextDocumentIdentifier]) -> None:
    for document in documents:
        if server.documents.close(document.uri):
            server.forget(document.uri)
