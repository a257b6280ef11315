"""Uris of documents and the paths that they stand for."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

from pygls.uris import to_fs_path

CELL = "vscode-notebook-cell"
# A cell has no file of its own; its kind has to show in its name, as everywhere.
_ENDINGS = {"python": ".py", "javascript": ".js", "typescript": ".ts", "shellscript": ".sh", "sql": ".sql", "r": ".r"}


def path_of(uri: str, language: str = "") -> str | None:
    """The absolute path of a file: uri, or None for any other. Bytes of a name that are no UTF-8 are kept, as os.fsdecode does.

    A notebook's cell is a file beside the notebook, of the kind that its language is.
    """
    if os.name == "nt":
        return to_fs_path(uri)
    parts = urlsplit(uri)
    path = os.fsdecode(unquote_to_bytes(parts.path))
    if not path.startswith("/") or "\0" in path:
        return None
    if parts.scheme == CELL:
        return f"{path}#{parts.fragment.replace('/', '')}{_ENDINGS.get(language, '.txt')}"
    return path if parts.scheme == "file" else None


def name_of(uri: str, language: str = "") -> str:
    """A name for a document: the last part of its uri, as of `untitled:Untitled-1`; that has the ending of its language."""
    if path := path_of(uri, language):
        return os.path.basename(path) or "untitled"  # noqa: PTH119 - not a path of this system
    name = os.path.basename(uri.partition(":")[2]) or "untitled"  # noqa: PTH119 - as above
    return name if "." in name else name + _ENDINGS.get(language, "")
