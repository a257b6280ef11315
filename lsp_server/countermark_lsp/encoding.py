"""Columns as clients count them. A position's character is a number of UTF-8, UTF-16 or UTF-32 units; Python counts code points."""

from __future__ import annotations

from lsprotocol.types import PositionEncodingKind as Encoding


def units(text: str, encoding: Encoding) -> int:
    """How many units a text takes. U+DC80 to U+DCFF stand for one byte each that is no UTF-8, as in countermark.content."""
    if encoding is Encoding.Utf32 or text.isascii():
        return len(text)
    if encoding is Encoding.Utf8:
        return len(text.encode("utf-8", "surrogateescape"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def column(line: str, count: int, encoding: Encoding) -> int:
    """The code point at which ``count`` units of a line end: within a character, where it begins; past the end, the end."""
    low, high = 0, min(count, len(line))
    if encoding is Encoding.Utf32 or line.isascii():
        return high
    while low < high:
        middle = (low + high + 1) // 2
        size = units(line[low:middle], encoding)
        if size <= count:
            low, count = middle, count - size
        else:
            high = middle - 1
    return low


__all__ = ["Encoding", "column", "units"]
