"""How wide characters are in a terminal, and a line of source that fits into one with its caret at the right place."""

from __future__ import annotations

import unicodedata

from attrs import frozen

from countermark.display import escape
from countermark.finding import Excerpt

_TAB = "    "  # escape would show \x09 in every line of a language that indents by tabs
_CUT = "…"


@frozen
class Shown:
    """A line as a terminal shows it: the columns from ``start`` on, ``length`` of them, are to be underlined."""

    text: str
    start: int
    length: int


def width(text: str) -> int:
    """How many columns of a terminal a text fills."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def fit(excerpt: Excerpt, room: int) -> Shown:
    """The excerpt in at most ``room`` columns; where it has to be cut, what is underlined stays."""
    cells = [_TAB if char == "\t" else escape(char) for char in excerpt.text]
    widths = [width(cell) for cell in cells]
    start = min(excerpt.start, len(cells))
    first, last = (0, len(cells)) if sum(widths) <= room else _window(widths, start, max(room - 2 * len(_CUT), 1))
    head, tail = _CUT if first else "", _CUT if last < len(cells) else ""
    marked = widths[start : max(min(excerpt.end, last), start)]
    return Shown(
        head + "".join(cells[first:last]) + tail,
        len(head) + sum(widths[first:start]),
        max(sum(marked), 1),
    )


def _window(widths: list[int], start: int, room: int) -> tuple[int, int]:
    """A range of cells around ``start``: a third of the room before it, and all that is left over after it, or else before."""
    first, used = start, 0
    while first > 0 and used + widths[first - 1] <= room // 3:
        first -= 1
        used += widths[first]
    last = start
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, last
