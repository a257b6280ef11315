"""countermark/reviewMarks {uri}: the hunks that need an answer, for clients that draw them in a gutter."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from countermark_lsp.job import Mark
from countermark_lsp.server import Server

REVIEW_MARKS = "countermark/reviewMarks"


async def review_marks(server: Server, params: Any) -> dict[str, Any]:
    """The version and its marks. From the first such request on the client is told when they change."""
    uri = getattr(params, "uri", None)
    if not isinstance(uri, str):
        raise JsonRpcInvalidParams(f"{REVIEW_MARKS} takes an object with uri")
    server.showing.follows_marks = True
    scan = await server.scan(uri)
    if scan is None:
        return {"version": None, "marks": []}
    return {"version": scan.snapshot.version, "marks": [_told(mark) for mark in scan.answer.marks]}


def _told(mark: Mark) -> dict[str, Any]:
    """A mark as clients get it; lines are counted from 0, both are included."""
    return {
        "id": mark.id,
        "startLine": mark.first - 1,
        "endLine": mark.last - 1,
        "state": mark.state.value,
        "author": mark.author,
        "standing": mark.standing,
        "passes": mark.passes,
        "by": list(mark.by),
        "why": mark.why,
    }
