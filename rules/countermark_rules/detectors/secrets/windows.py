"""Where to look closer: hits in bytes become pieces of text, each with its place in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from attrs import frozen

from .prefilter import Hit
from .sought import Search

_LONG_LINE = 2_000  # bytes; a longer line is minified or data, and is cut around each hit
_FAR = 100_000  # bytes; how far away the ends of a line are looked for, much farther than any search reaches
_GRID = 1_024  # bytes, at least
_CONTINUATION = range(0x80, 0xC0)  # bytes of UTF-8 that no character begins with


@frozen
class Window:
    """A piece of a file's text. ``offset`` is its place in the text, in code points; the flags say which end is no line's."""

    text: str
    offset: int
    cut_left: bool
    cut_right: bool


# Start and end in the bytes, the search's number, and whether the start and the end are no line's. Plain, for there may be many.
_Piece = tuple[int, int, int, bool, bool]


def windows(
    data: bytes, hits: Sequence[Hit], searches: Sequence[Search], *, times: int = 1
) -> Iterator[tuple[Window, Hit]]:
    """The pieces of text around hits, each once for each search, in order. ``times``: reach so much farther."""
    ascii_only = data.isascii()
    seen_bytes = seen_chars = 0
    text, last = "", (-1, -1)
    for (start, end, number, cut_left, cut_right), hit in sorted(_pieces(data, hits, searches, times).items()):
        if (start, end) != last:
            text, last = _decode(data[start:end]), (start, end)
            seen_chars += start - seen_bytes if ascii_only else len(_decode(data[seen_bytes:start]))
            seen_bytes = start
        yield Window(text, seen_chars, cut_left, cut_right), (number, hit)


def _pieces(data: bytes, hits: Sequence[Hit], searches: Sequence[Search], times: int) -> dict[_Piece, int]:
    """The pieces, each with the last hit in it."""
    pieces: dict[_Piece, int] = {}
    line = range(0)
    on_line: dict[int, _Piece] = {}  # of each search, where the line is a short one
    for number, hit in sorted(hits, key=itemgetter(1)):
        if hit - 1 in line and number in on_line:
            pieces[on_line[number]] = hit
            continue
        search = searches[number]
        if search.multiline:
            pieces[_cut(data, hit, number, search, times, range(len(data) + 1))] = hit
            continue
        if hit - 1 not in line:
            line = range(_line_start(data, hit - 1, _FAR * times), _line_end(data, hit - 1, _FAR * times) + 1)
            on_line = {}
        if len(line) <= _LONG_LINE:
            cut_left, cut_right = not _is_edge(data, line.start - 1), not _is_edge(data, line.stop - 1)
            on_line[number] = line.start, line.stop - 1, number, cut_left, cut_right
            pieces[on_line[number]] = hit
        else:
            pieces[_cut(data, hit, number, search, times, line)] = hit
    return pieces


def _cut(data: bytes, hit: int, number: int, search: Search, times: int, within: range) -> _Piece:
    """A piece around a hit, its ends on a grid, so that neighbours share it."""
    grid = max(_GRID, (search.before + search.after) * times)
    start = max(within.start, (hit - search.before * times) // grid * grid)
    end = min(within.stop - 1, -(-(hit + search.after * times) // grid) * grid)
    start, end = _at_character(data, start), _at_character(data, end)
    return start, end, number, not _is_edge(data, start - 1), not _is_edge(data, end)


def _line_start(data: bytes, at: int, reach: int) -> int:
    low = max(at - reach, 0)
    low = max(data.rfind(b"\n", low, at), low - 1) + 1
    return max(data.rfind(b"\r", low, at), low - 1) + 1


def _line_end(data: bytes, at: int, reach: int) -> int:
    high = min(at + reach, len(data))
    for end in (b"\n", b"\r"):  # the second only within what the first leaves
        found = data.find(end, at, high)
        high = found if found >= 0 else high
    return high


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
