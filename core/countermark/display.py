"""Names and text of a stranger, as they may be shown to a person or written to a log."""

from __future__ import annotations

import re
import unicodedata

# Anything that moves the cursor, hides, re-orders or cannot be encoded: control, format (bidi, zero-width), surrogate, separators.
_HIDDEN = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u052f]")


_BYTES = range(0xDC80, 0xDD00)  # how surrogateescape stands for one undecodable byte


def escape(text: str) -> str:
    """The text with every control, bidi, zero-width and undecodable character as its escape; tabs too, for columns to hold."""
    return _HIDDEN.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(char)[0] != "C" and unicodedata.category(char) not in {"Zl", "Zp"}:
        return char
    return char.encode("unicode_escape").decode()
