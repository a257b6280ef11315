"""textDocument/diagnostic: what a client asks for that fetches its diagnostics itself."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server

Report = lsp.RelatedFullDocumentDiagnosticReport | lsp.RelatedUnchangedDocumentDiagnosticReport
_FRESH = 1.0  # seconds that a scan counts as fresh for a client that asks again without a change


async def diagnostic(server: Server, params: lsp.DocumentDiagnosticParams) -> Report:
    """Everything that the client should show, or that it shows it already; nothing for a document that we do not look at."""
    scan = await server.scan(params.text_document.uri, oldest=_FRESH)
    if scan is None:
        return lsp.RelatedFullDocumentDiagnosticReport(items=[])
    items, digest = server.showing.items(scan)
    server.showing.answered(scan, digest)
    if params.previous_result_id == digest:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=digest)
    return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=digest)
