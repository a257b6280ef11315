"""workspace/didChangeWatchedFiles."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.server import Server
from countermark_lsp.watching import REVIEWS


def did_change_watched_files(server: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Settings, a baseline or HEAD may be another one, or somebody wrote or reviewed lines; which, the worker finds out by itself."""
    if params.changes and all(REVIEWS in change.uri for change in params.changes):
        server.reviews_changed()
    else:
        server.settings_changed()
