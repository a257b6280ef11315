"""Where a finding is after an edit elsewhere in its file; an edit of its own lines ends what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self, TypeVar

from attrs import evolve, frozen

from countermark.content import Position
from countermark.finding import Edit, Finding, Fix, Related
from countermark.verdict import Judged

from .job import Answer, Mark

_T = TypeVar("_T")


@frozen
class LineEdit:
    """The lines from ``first`` (from 0) up to, but without, ``last`` became ``count`` lines."""

    first: int
    last: int
    count: int

    @classmethod
    def of(cls, at: int, old: Sequence[str], new: Sequence[str]) -> Self:
        """The edit that put ``new`` in the place of the ``old`` lines from ``at`` on, without the lines that stayed as they were."""
        most = min(len(old), len(new))
        head = next((n for n in range(most) if old[n] != new[n]), most)
        tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
        return cls(at + head, at + len(old) - tail, len(new) - head - tail)

    def moved(self, first: int, last: int) -> int | None:
        """By how many lines this moves the lines from ``first`` to ``last`` (from 1, both included); None where it touches them."""
        if last <= self.first:
            return 0
        return self.count - (self.last - self.first) if first > self.last else None


def shifted(answer: Answer, edits: Sequence[LineEdit]) -> Answer:
    """What is still known after edits, where it is now."""
    if not edits:
        return answer
    judged = tuple(_all(_judged, answer.report.judged, edits))
    marks = tuple(_all(_mark, answer.marks, edits))
    return evolve(answer, report=evolve(answer.report, judged=judged), marks=marks)


def _all(
    move: Callable[[_T, Sequence[LineEdit]], _T | None], items: Iterable[_T], edits: Sequence[LineEdit]
) -> Iterator[_T]:
    return (moved for item in items if (moved := move(item, edits)) is not None)


def _by(edits: Iterable[LineEdit], first: int, last: int) -> int | None:
    by = 0
    for edit in edits:
        if (step := edit.moved(first + by, last + by)) is None:
            return None
        by += step
    return by


def _mark(mark: Mark, edits: Sequence[LineEdit]) -> Mark | None:
    by = _by(edits, mark.first, mark.last)
    if not by:
        return mark if by == 0 else None
    return evolve(mark, first=mark.first + by, last=mark.last + by)


def _judged(item: Judged, edits: Sequence[LineEdit]) -> Judged | None:
    finding = _finding(item.finding, edits)
    if finding is None:
        return None
    return item if finding is item.finding else evolve(item, finding=finding)


def _finding(finding: Finding, edits: Sequence[LineEdit]) -> Finding | None:
    by = _by(edits, finding.start.line, max(finding.start.line, finding.end.line))
    if by is None:
        return None
    fixes = tuple(_all(_fix, finding.fixes, edits))
    related = tuple(_all(_related(finding.path), finding.related, edits))
    if not by and fixes == finding.fixes and related == finding.related:
        return finding
    return evolve(finding, start=_down(finding.start, by), end=_down(finding.end, by), fixes=fixes, related=related)


def _fix(fix: Fix, edits: Sequence[LineEdit]) -> Fix | None:
    """A fix is whole, or it is none."""
    moved = [_edit(edit, edits) for edit in fix.edits]
    whole = tuple(edit for edit in moved if edit is not None)
    return evolve(fix, edits=whole) if len(whole) == len(moved) else None


def _edit(edit: Edit, edits: Sequence[LineEdit]) -> Edit | None:
    if edit.start is None or edit.end is None or (by := _by(edits, edit.start.line, edit.end.line)) is None:
        return None
    return evolve(edit, start=_down(edit.start, by), end=_down(edit.end, by)) if by else edit


def _related(path: str) -> Callable[[Related, Sequence[LineEdit]], Related | None]:
    def move(other: Related, edits: Sequence[LineEdit]) -> Related | None:
        if other.path != path or other.start is None or other.end is None:
            return other
        if (by := _by(edits, other.start.line, other.end.line)) is None:
            return None
        return evolve(other, start=_down(other.start, by), end=_down(other.end, by)) if by else other

    return move


def _down(position: Position, by: int) -> Position:
    return Position(position.line + by, position.column)
