"""Code and differences as rows to show: every character visible, every line short enough for a screen to take."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark.display import escape

_CONTEXT = 3  # lines around a change
_WIDEST = 400  # characters of a line
_MOST = 2000  # rows of a file
_TAB = "    "


class Mark(Enum):
    """What happened to a line; the value is the sign before it, so that colour is never needed."""

    SAME = " "
    ADDED = "+"
    REMOVED = "-"
    GAP = "~"


@frozen
class Row:
    """One line as it is shown; ``number`` is its place in the text after the change, or before it for a removed one."""

    mark: Mark
    number: int | None
    text: str


def visible(text: str) -> str:
    """A line with tabs as spaces and everything hidden as an escape, cut where it is endless."""
    shown = escape(text[: _WIDEST + 1].expandtabs(len(_TAB)))
    return shown if len(text) <= _WIDEST else shown[:_WIDEST] + "…"


def difference(file: FileChange, *, compared: bool = True) -> tuple[Row, ...]:
    """What a change does to a file, with lines around it; the whole text where there is nothing to compare with."""
    content = file.after
    if content.is_binary:
        return (Row(Mark.GAP, None, "binary, not shown"),)
    if not compared:
        return _limited([_row(content, line, Mark.SAME) for line in range(min(_line_count(content), _MOST + 1))])
    rows: list[Row] = []
    shown = 0
    for hunk in file.hunks:
        first, last = _lines_of(content, hunk.after)
        rows += _between(content, shown, first, before=0 if hunk is file.hunks[0] else _CONTEXT)
        if file.before is not None:
            old_first, old_last = _lines_of(file.before, hunk.before)
            rows += [
                _row(file.before, line, Mark.REMOVED) for line in range(old_first, min(old_last, old_first + _MOST + 1))
            ]
        rows += [_row(content, line, Mark.ADDED) for line in range(first, min(last, first + _MOST + 1))]
        shown = last
        if len(rows) > _MOST:
            break
    rows += _between(content, shown, _line_count(content), after=0) if file.hunks else []
    return _limited(rows)


def around(file: FileChange, span: Span, *, compared: bool = True, most: int = 80) -> tuple[Row, ...]:
    """The lines under a span and a few around them, those marked that the change touches."""
    content = file.after
    first = max(0, content.line_at(span.start) - _CONTEXT)
    last = min(_line_count(content), content.line_at(span.end) + 1 + _CONTEXT)
    rows = []
    for line in range(first, min(last, first + most)):
        touched = compared and file.touches(content.line_span(line))
        rows.append(_row(content, line, Mark.ADDED if touched else Mark.SAME))
    if last > first + most:
        rows.append(Row(Mark.GAP, None, f"{last - first - most} more lines"))
    return tuple(rows)


def of_lines(file: FileChange, first: int, last: int) -> tuple[Row, ...]:
    """The lines ``first`` to ``last`` (from 1) as added, what they replaced before them, and a few lines around."""
    content = file.after
    begin, end = max(0, first - 1 - _CONTEXT), min(_line_count(content), last + _CONTEXT)
    rows = [_row(content, line, Mark.SAME) for line in range(begin, first - 1)]
    for hunk in file.hunks:
        start, stop = _lines_of(content, hunk.after)
        if file.before is not None and start < last and stop >= first:
            old = _lines_of(file.before, hunk.before)
            rows += [_row(file.before, line, Mark.REMOVED) for line in range(old[0], min(old[1], old[0] + _MOST))]
    rows += [_row(content, line, Mark.ADDED) for line in range(first - 1, last)]
    rows += [_row(content, line, Mark.SAME) for line in range(last, end)]
    return _limited(rows)


def _between(content: Content, start: int, end: int, *, before: int = _CONTEXT, after: int = _CONTEXT) -> list[Row]:
    """Unchanged lines, of which so many belong to the change before them and the one after; a gap for the others."""
    first, last = min(end, start + before), max(start, end - after)
    if last - first <= 1:
        return [_row(content, line, Mark.SAME) for line in range(start, end)]
    return [
        *(_row(content, line, Mark.SAME) for line in range(start, first)),
        Row(Mark.GAP, None, f"{last - first} unchanged lines"),
        *(_row(content, line, Mark.SAME) for line in range(last, end)),
    ]


def _row(content: Content, line: int, mark: Mark) -> Row:
    return Row(mark, line + 1, visible(content.slice(content.line_span(line))))


def _limited(rows: list[Row]) -> tuple[Row, ...]:
    if len(rows) <= _MOST:
        return tuple(rows)
    return (*rows[:_MOST], Row(Mark.GAP, None, f"only the first {_MOST} lines are shown"))


def _lines_of(content: Content, span: Span) -> tuple[int, int]:
    """The lines that a span of whole lines covers, the last one excluded."""
    if span.start == span.end:
        at = content.line_at(span.start) if span.start < len(content.text) else _line_count(content)
        return at, at
    return content.line_at(span.start), content.line_at(span.end - 1) + 1


def _line_count(content: Content) -> int:
    """How many lines people see: what follows the last line end counts only if it holds anything."""
    count = len(content.line_starts)
    return count - 1 if content.line_starts[-1] == len(content.text) else count
