"""workspace/didChangeWorkspaceFolders."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_change_workspace_folders(server: Server, _params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Files outside a repository are judged by their folder's settings."""
    server.settings_changed()
