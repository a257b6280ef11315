"""Uris of documents and the paths that they stand for."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

from pygls.uris import to_fs_path


def path_of(uri: str) -> str | None:
    """The absolute path of a file: uri, or None for any other. Bytes of a name that are no UTF-8 are kept, as os.fsdecode does."""
    if os.name == "nt":
        return to_fs_path(uri)
    parts = urlsplit(uri)
    path = os.fsdecode(unquote_to_bytes(parts.path))
    return path if parts.scheme == "file" and path.startswith("/") and "\0" not in path else None


def name_of(uri: str) -> str:
    """A name for a document: the last part of its uri, as of `untitled:Untitled-1`."""
    return os.path.basename(path_of(uri) or uri.partition(":")[2]) or "untitled"  # noqa: PTH119 - not a path of this system
