"""codeAction/resolve: the edit of an action, made once somebody chose it, for the text as it is then."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.commands.apply_fix import edits_of
from countermark_lsp.offers import workspace_edit
from countermark_lsp.server import Server


async def code_action_resolve(server: Server, action: lsp.CodeAction) -> lsp.CodeAction:
    """The action with its edit, or as it came where the finding is gone."""
    argument = action.data if isinstance(action.data, dict) else {}
    uri = argument.get("uri")
    scan = await server.scan(uri) if isinstance(uri, str) else None
    if scan is not None and action.edit is None:
        edits = edits_of(scan, argument)
        action.edit = workspace_edit(scan.snapshot, edits, versioned=server.client.versioned_edits)
    return action
