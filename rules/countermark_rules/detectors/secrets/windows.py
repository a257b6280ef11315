"""Where to look closer: hits in bytes become pieces of text, each with its place in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from .prefilter import Hit
from .search import Search

_LONG_LINE = 2_000  # bytes; a longer line is minified or data, and is cut around each hit
_CONTINUATION = range(0x80, 0xC0)  # bytes of UTF-8 that no character begins with


@frozen
class Window:
    """A piece of a file's text. ``offset`` is its place in the text, in code points; the flags say which end is no line's."""

    text: str
    offset: int
    cut_left: bool
    cut_right: bool


@frozen(order=True, hash=True)
class _Piece:
    """A piece of the bytes, and what to look for in it."""

    start: int
    end: int
    number: int
    cut_left: bool
    cut_right: bool


def windows(
    data: bytes, hits: Sequence[Hit], searches: Sequence[Search], *, times: int = 1
) -> Iterator[tuple[Window, Hit]]:
    """The pieces of text around hits, each once for each search, in order. ``times``: reach so much farther."""
    pieces = {_piece(data, end, number, searches[number], times): end for number, end in hits}
    ascii_only = data.isascii()
    seen_bytes = seen_chars = 0
    text, last = "", (-1, -1)
    for piece, end in sorted(pieces.items()):
        if (piece.start, piece.end) != last:
            text, last = _decode(data[piece.start : piece.end]), (piece.start, piece.end)
            seen_chars += piece.start - seen_bytes if ascii_only else len(_decode(data[seen_bytes : piece.start]))
            seen_bytes = piece.start
        yield Window(text, seen_chars, piece.cut_left, piece.cut_right), (piece.number, end)


def _piece(data: bytes, hit: int, number: int, search: Search, times: int) -> _Piece:
    if search.multiline:
        start, end = max(hit - search.before * times, 0), min(hit + search.after * times, len(data))
    else:
        before, after = (max(reach * times, _LONG_LINE) for reach in (search.before, search.after))
        start, end = _line_start(data, hit - 1, before), _line_end(data, hit - 1, after)
        if end - start > _LONG_LINE:
            start, end = max(start, hit - search.before * times), min(end, hit + search.after * times)
    start, end = _at_character(data, start), _at_character(data, end)
    return _Piece(start, end, number, not _is_edge(data, start - 1), not _is_edge(data, end))


def _line_start(data: bytes, at: int, reach: int) -> int:
    low = max(at - reach, 0)
    return max(data.rfind(b"\n", low, at), data.rfind(b"\r", low, at), low - 1) + 1


def _line_end(data: bytes, at: int, reach: int) -> int:
    high = min(at + reach, len(data))
    ends = [end for end in (data.find(b"\n", at, high), data.find(b"\r", at, high)) if end >= 0]
    return min(ends, default=high)


def _is_edge(data: bytes, at: int) -> bool:
    return not 0 <= at < len(data) or data[at] in b"\r\n"


def _at_character(data: bytes, at: int) -> int:
    """The same place, or the beginning of the character that it lies in."""
    for back in range(4):
        if at - back <= 0 or at >= len(data) or data[at - back] not in _CONTINUATION:
            return max(at - back, 0)
    return at  # no UTF-8: every byte is a character


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
