"""The mark of a suppression, and the search for it that every file pays for."""

from __future__ import annotations

from countermark.content import Content

MARK = "countermark:"
_BYTES = MARK.encode()
_WIDE = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
)  # byte order marks of encodings in which the mark has other bytes


def is_marked(content: Content) -> bool:
    """Whether a file may hold a suppression."""
    return _BYTES in content.data or (content.data.startswith(_WIDE) and MARK in content.text)
