"""`countermark.applyFix` {uri, fingerprint, fix} and `countermark.fixAll` {uri}, for clients whose code actions take no edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types as lsp

from countermark.finding import Edit
from countermark_lsp.offers import found, safe_fixes, workspace_edit
from countermark_lsp.server import Server
from countermark_lsp.store import Scan

from .arguments import text


async def apply_fix(server: Server, argument: Mapping[str, Any]) -> None:
    """Ask the client for the edit, or do nothing where the finding is gone."""
    if (scan := await server.scan(text(argument, "uri"))) is None:
        return
    edit = workspace_edit(scan.snapshot, edits_of(scan, argument), versioned=server.client.versioned_edits)
    if edit is not None:
        server.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edit, "Countermark"))


def edits_of(scan: Scan, argument: Mapping[str, Any]) -> tuple[Edit, ...]:
    """The edits that the argument names: of one fix, or without a fingerprint of all safe ones."""
    if "fingerprint" not in argument:
        return tuple(edit for fix in safe_fixes(scan) for edit in fix.edits)
    item, number = found(scan, argument["fingerprint"]), argument.get("fix")
    fixes = item.finding.fixes if item is not None else ()
    return fixes[number].edits if isinstance(number, int) and 0 <= number < len(fixes) else ()
