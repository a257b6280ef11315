"""workspace/didChangeWatchedFiles."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server


def did_change_watched_files(server: Server, _params: lsp.DidChangeWatchedFilesParams) -> None:
    """Settings, a baseline or HEAD may be another one; which, the worker finds out by itself."""
    server.settings_changed()
