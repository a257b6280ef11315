"""textDocument/diagnostic: what a client asks for that fetches its diagnostics itself."""

from __future__ import annotations

from hashlib import blake2b

from lsprotocol import types as lsp

from countermark_lsp.client import Client
from countermark_lsp.diagnostics import diagnostics
from countermark_lsp.scans import Scan

Report = lsp.RelatedFullDocumentDiagnosticReport | lsp.RelatedUnchangedDocumentDiagnosticReport


def diagnostic(scan: Scan | None, client: Client, params: lsp.DocumentDiagnosticParams) -> Report:
    """Everything that the client should show, or that it shows it already; nothing for a document that we do not look at."""
    items = diagnostics(scan, client) if scan is not None else []
    result = blake2b(repr(items).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    if params.previous_result_id == result:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=result)
    return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=result)
