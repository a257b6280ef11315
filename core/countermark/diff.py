"""Hunks between two versions of a text.

Our own, and not git's: the editor has no git object to compare, git's answer depends on the user's diff.* settings, and hunks have to
be the same in editor, hook and CI. Lines that are unique in both versions anchor the rest (patience diff); what lies between anchors
is compared exactly (Myers), within a budget: a hostile file must not stop a commit. Where it runs out, too much is called touched,
never too little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import define, frozen

from .content import Content, Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_LEVELS = 12  # how often a stretch between anchors is searched for anchors of its own
_STEPS = 150_000  # of the exact comparison, in all: some 50 ms


@frozen
class Hunk:
    """One difference: the lines it replaces and the lines it adds, as spans of whole lines; either may be empty."""

    before: Span
    after: Span


def diff(before: Content | None, after: Content) -> tuple[Hunk, ...]:
    """The hunks between two versions, in order; the whole text where there is no earlier one. How lines end makes no difference."""
    if before is None:
        return (Hunk(Span(0, 0), Span(0, len(after.text))),) if after.text else ()
    if before.data == after.data:
        return ()
    old, new = lines_of(before), lines_of(after)
    found = differences(old, new)
    starts, ends = (
        (*before.line_starts[: len(old)], len(before.text)),
        (*after.line_starts[: len(new)], len(after.text)),
    )
    return tuple(Hunk(Span(starts[i1], starts[i2]), Span(ends[j1], ends[j2])) for i1, i2, j1, j2 in found)


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists of lines differ, in order: ``old[i1:i2]`` became ``new[j1:j2]``."""
    return _Comparison(old, new).differences()


def lines_of(content: Content) -> list[str]:
    """The lines without their ends; there is none behind the last line end."""
    lines = _LINE_END.split(content.text) if "\r" in content.text else content.text.split("\n")
    return lines if lines[-1] else lines[:-1]


@frozen
class _Block:
    """Lines ``i1:i2`` of the old version against ``j1:j2`` of the new one, ``level`` searches deep."""

    i1: int
    i2: int
    j1: int
    j2: int
    level: int = 0


@define
class _Comparison:
    old: Sequence[str]
    new: Sequence[str]
    steps: int = _STEPS

    def differences(self) -> Iterator[tuple[int, int, int, int]]:
        """Where the versions differ, in order."""
        waiting = [_Block(0, len(self.old), 0, len(self.new))]
        while waiting:
            block = self._trimmed(waiting.pop())
            if block.i1 == block.i2 and block.j1 == block.j2:
                continue
            if block.i1 == block.i2 or block.j1 == block.j2:
                yield block.i1, block.i2, block.j1, block.j2
            elif block.level < _LEVELS and (anchors := self._anchors(block)):
                waiting += reversed(_between(block, anchors))
            else:
                yield from self._exact(block)

    def _trimmed(self, block: _Block) -> _Block:
        """The block without the lines at both ends that are the same."""
        old, new = self.old, self.new
        i1, i2, j1, j2 = block.i1, block.i2, block.j1, block.j2
        while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
        return _Block(i1, i2, j1, j2, block.level)

    def _anchors(self, block: _Block) -> list[tuple[int, int]]:
        """Lines that both versions have once, as many of them as are in the same order."""
        there = _unique(self.new, block.j1, block.j2)
        once = _unique(self.old, block.i1, block.i2).items()
        return _ascending([(i, there[line]) for line, i in once if line in there])

    def _exact(self, block: _Block) -> Iterator[tuple[int, int, int, int]]:
        """The shortest way from old to new; the whole block as one difference once the budget is spent."""
        i, j = block.i1, block.j1
        for matched_i, matched_j in (*self._matches(block), (block.i2, block.j2)):
            if i < matched_i or j < matched_j:
                yield i, matched_i, j, matched_j
            i, j = matched_i + 1, matched_j + 1

    def _matches(self, block: _Block) -> list[tuple[int, int]]:
        """Myers, "An O(ND) Difference Algorithm" (1986): per number of edits, how far each diagonal gets."""
        old, new = self.old[block.i1 : block.i2], self.new[block.j1 : block.j2]
        reach = {1: 0}
        steps: list[dict[int, int]] = []
        for edits in range(len(old) + len(new) + 1):
            steps.append(dict(reach))
            for diagonal in range(-edits, edits + 1, 2):
                down = _goes_down(reach, diagonal, edits)
                i = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
                start = i
                while i < len(old) and i - diagonal < len(new) and old[i] == new[i - diagonal]:
                    i += 1
                reach[diagonal] = i
                self.steps -= 1 + i - start
                if i >= len(old) and i - diagonal >= len(new):
                    return [(block.i1 + at, block.j1 + at - on) for at, on in _way_back(steps, diagonal, i)]
            if self.steps < 0:
                break
        return []


def _between(block: _Block, anchors: Sequence[tuple[int, int]]) -> list[_Block]:
    blocks: list[_Block] = []
    i, j = block.i1, block.j1
    for at_i, at_j in (*anchors, (block.i2, block.j2)):
        blocks.append(_Block(i, at_i, j, at_j, block.level + 1))
        i, j = at_i + 1, at_j + 1
    return blocks


def _unique(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where the lines are that occur once."""
    places: dict[str, int] = {}
    more: set[str] = set()
    for at in range(start, end):
        if places.setdefault(lines[at], at) != at:
            more.add(lines[at])
    return {line: at for line, at in places.items() if line not in more}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, ordered by their first number, in which the second one ascends too."""
    ends: list[int] = []  # for each length of a run, the least number that one ends with, and which pair that is
    last: list[int] = []
    links: list[int] = []
    for at, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [at]
        links.append(last[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = links[at]
    return run[::-1]


def _way_back(steps: Sequence[dict[int, int]], diagonal: int, i: int) -> list[tuple[int, int]]:
    """The equal lines on the way that reached an end, as old lines and their diagonals, in order."""
    equal: list[tuple[int, int]] = []
    for edits in range(len(steps) - 1, -1, -1):
        reach = steps[edits]
        down = _goes_down(reach, diagonal, edits)
        before = diagonal + 1 if down else diagonal - 1
        equal += [(at, diagonal) for at in range(i - 1, reach[before] - down, -1)]
        i, diagonal = reach[before], before
    return equal[::-1]


def _goes_down(reach: dict[int, int], diagonal: int, edits: int) -> bool:
    """Whether a diagonal is best reached by adding a line, else by dropping one."""
    return diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
