"""Names and text of a stranger, as they may be shown to a person or written to a log."""

from __future__ import annotations

import re
import unicodedata

# Anything that moves the cursor, hides, re-orders or cannot be encoded: control, format (bidi, zero-width), surrogate, separators.
_HIDDEN = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u052f]")


def escape(text: str) -> str:
    """The text with every control, bidi, zero-width and undecodable character as its escape; tabs too, for columns to hold."""
    return _HIDDEN.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # one undecodable byte
    if unicodedata.category(char)[0] != "C" and unicodedata.category(char) not in {"Zl", "Zp"}:
        return char
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
