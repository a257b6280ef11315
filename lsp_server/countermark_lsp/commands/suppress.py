"""`countermark.suppress` {uri, fingerprint, reason?, days?}: a comment that answers for a finding, with a reason and an end.

Without a reason the person is asked for one; none is ever made up, and without one nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lsprotocol import types as lsp

from countermark_lsp.offers import can_comment, comment, found, whole_edit
from countermark_lsp.server import Server

from .arguments import text
from .asking import choose

_REASONS = (
    "it is a false positive",
    "it is a test value that opens nothing",
    "the risk is accepted and tracked elsewhere",
)
_DAYS = 90


async def suppress(server: Server, argument: Mapping[str, Any]) -> None:
    """Ask the client to insert the comment, or do nothing where the finding is gone or nobody gives a reason."""
    uri, reason = text(argument, "uri"), text(argument, "reason", needed=False).strip()
    scan = await server.scan(uri)
    item = found(scan, argument.get("fingerprint")) if scan is not None else None
    if scan is None or item is None or not scan.answer.comments or not can_comment(item.finding.path):
        return
    until = (server.today() + timedelta(days=_days(argument, scan.answer.longest))).isoformat()
    question = f"Suppress {item.finding.rule.id} here until {until}. Why?"
    if not (reason := reason or await choose(server, question, _REASONS)):
        return
    scan = await server.scan(uri)  # the person may have typed on
    item = found(scan, argument.get("fingerprint")) if scan is not None else None
    if scan is None or item is None:
        return
    place = lsp.Position(item.finding.start.line - 1, 0)
    edit = lsp.TextEdit(lsp.Range(place, place), comment(scan, item, until, reason))
    edits = whole_edit(scan.snapshot, [edit], versioned=server.client.versioned_edits)
    server.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edits, "Suppress with a reason"))


def _days(argument: Mapping[str, Any], longest: int | None) -> int:
    wanted = argument.get("days")
    days = wanted if isinstance(wanted, int) and wanted > 0 else _DAYS
    return min(days, longest) if longest is not None else min(days, 3650)
