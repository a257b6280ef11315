"""textDocument/inlayHint: at the end of a hunk's first line that nobody answers for it; only where the editor's settings ask."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark.content import Position
from countermark_lsp.markup import explain, stands
from countermark_lsp.server import Server
from countermark_lsp.store import Scan


def inlay_hint(server: Server, scan: Scan, params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
    """The hints of the lines that are asked for."""
    if not server.options.inlay_hints:
        return None
    snapshot, first, last = scan.snapshot, params.range.start.line + 1, params.range.end.line + 1
    return [
        lsp.InlayHint(
            position=snapshot.to_client(Position(mark.first, len(snapshot.lines[mark.first - 1].rstrip("\r\n")) + 1)),
            label=stands(mark),
            tooltip=explain([], [mark], markdown=server.client.markdown),
            padding_left=True,
        )
        for mark in scan.answer.marks
        if first <= mark.first <= last and not mark.passes
    ]
