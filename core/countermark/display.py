"""Names and text of a stranger, as they may be shown to a person or written to a log."""

from __future__ import annotations

import re
import unicodedata

from .lazily import lazy

# Anything that may move the cursor, hide, re-order or defy encoding: control, format (bidi, zero-width), surrogate, separators.
_HIDDEN = lazy(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u052f]")
_BYTES = range(0xDC80, 0xDD00)  # how surrogateescape stands for one undecodable byte


def escape(text: str) -> str:
    """The text with every control, bidi, zero-width and undecodable character as its escape; tabs too, for columns to hold."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(char)[0] != "C" and unicodedata.category(char) not in {"Zl", "Zp"}:
        return char
    return char.encode("unicode_escape").decode()
