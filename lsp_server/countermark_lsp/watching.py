"""The files that decide over findings besides the text itself.

Where a client watches files for us, a change shows at once; where it does not, with the next key or save: the worker compares
modification times whenever it looks at a text.
"""

from __future__ import annotations

from lsprotocol import types as lsp

SETTINGS_FILES = ("countermark.toml", "pyproject.toml", "baseline.jsonl", ".secrets.baseline", ".gitleaksignore")
REVIEWS = "/.git/countermark/"  # who wrote which lines, and who answers for them
_GLOBS = (
    *(f"**/{name}" for name in SETTINGS_FILES),
    *("**/.gitattributes", "**/.git/HEAD", "**/.git/logs/HEAD"),
    *(f"**{REVIEWS}{name}" for name in ("reviews.jsonl", "provenance.sqlite-wal")),
)


def registration() -> lsp.Registration:
    """What a client is asked to watch."""
    watchers = [lsp.FileSystemWatcher(pattern) for pattern in _GLOBS]
    options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
    return lsp.Registration("countermark-watch", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
