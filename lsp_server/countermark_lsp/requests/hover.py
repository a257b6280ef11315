"""textDocument/hover: why the finding under the cursor matters and what to do about it."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.client import Client
from countermark_lsp.markup import explain
from countermark_lsp.scans import Scan


def hover(scan: Scan, client: Client, params: lsp.HoverParams) -> lsp.Hover | None:
    """The explanation of what lies under the cursor, or nothing where there is nothing to say."""
    place = scan.snapshot.from_client(params.position)
    items = [item for item in scan.report.judged if item.finding.start <= place <= item.finding.end]
    if not items:
        return None
    first = items[0].finding
    return lsp.Hover(explain(items, markdown=client.markdown), scan.snapshot.range(first.start, first.end))
