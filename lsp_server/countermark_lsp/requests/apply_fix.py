"""The command `countermark.applyFix`, for clients whose code actions take no edit."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from countermark.finding import Fix
from countermark_lsp.client import Client
from countermark_lsp.scans import Scan

from .code_action import workspace_edit


def wanted(argument: Any) -> str | None:
    """The document that the command's argument names; None where it makes no sense."""
    uri = argument.get("uri") if isinstance(argument, dict) else None
    return uri if isinstance(uri, str) else None


def apply_fix(scan: Scan, client: Client, argument: dict[str, Any]) -> lsp.ApplyWorkspaceEditParams | None:
    """The edit to ask the client for, or nothing where the finding is gone."""
    for item in scan.report.judged:
        if item.finding.fingerprint == argument.get("fingerprint"):
            fix = _pick(item.finding.fixes, argument.get("fix"))
            edit = workspace_edit(scan.snapshot, fix, client) if fix else None
            return lsp.ApplyWorkspaceEditParams(edit, fix.title) if fix and edit else None
    return None


def _pick(fixes: tuple[Fix, ...], number: Any) -> Fix | None:
    return fixes[number] if isinstance(number, int) and 0 <= number < len(fixes) else None
