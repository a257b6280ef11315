"""textDocument/hover: why the finding under the cursor matters and what to do about it, and who wrote the hunk and answers for it."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark.content import Position
from countermark_lsp.diagnostics import REVIEW
from countermark_lsp.markup import explain
from countermark_lsp.server import Server
from countermark_lsp.store import Scan


def hover(server: Server, scan: Scan, params: lsp.HoverParams) -> lsp.Hover | None:
    """The explanation of what lies under the cursor, or nothing where there is nothing to say."""
    place = scan.snapshot.from_client(params.position)
    items = [item for item in scan.report.judged if item.finding.start <= place <= item.finding.end]
    marks = [mark for mark in scan.answer.marks if mark.first <= place.line <= mark.last]
    if not items and not marks:
        return None
    narrow = [item.finding for item in items if item.finding.rule.family != REVIEW]
    line = len(scan.snapshot.lines[scan.snapshot.place(place)[0]].rstrip("\r\n"))
    start, end = (
        (narrow[0].start, narrow[0].end) if narrow else (Position(place.line, 1), Position(place.line, line + 1))
    )
    return lsp.Hover(explain(items, marks, markdown=server.client.markdown), scan.snapshot.range(start, end))
