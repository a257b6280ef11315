"""Hunks between two versions of a text.

Our own, and not git's: the editor has no git object to compare, git's answer depends on the user's diff.* settings, and hunks have to
be the same in editor, hook and CI.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from attrs import frozen

from .content import Content, Span

# Beyond this many line pairs the changed middle counts as one hunk: difflib is quadratic, and a hostile file must not stop a commit.
# Too much is then called touched, never too little.
_MOST_PAIRS = 1_000_000


@frozen
class Hunk:
    """One difference: the lines it replaces and the lines it adds, as spans of whole lines; either may be empty."""

    before: Span
    after: Span


def diff(before: Content | None, after: Content) -> tuple[Hunk, ...]:
    """The hunks between two versions, in order; the whole text where there is no earlier one."""
    if before is None:
        return (Hunk(Span(0, 0), Span(0, len(after.text))),) if after.text else ()
    old, new = _lines(before), _lines(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    return tuple(
        Hunk(_span(before, head + i1, head + i2), _span(after, head + j1, head + j2))
        for i1, i2, j1, j2 in _changed(middle_old, middle_new)
    )


def _changed(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    if not old and not new:
        return []
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return [(0, len(old), 0, len(new))]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _lines(content: Content) -> list[str]:
    starts = content.line_starts
    return [
        content.text[start:end].rstrip("\r\n")
        for start, end in zip(starts, (*starts[1:], len(content.text)), strict=True)
    ]


def _common(old: list[str], new: list[str]) -> int:
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _span(content: Content, first: int, last: int) -> Span:
    starts = (*content.line_starts, len(content.text))
    return Span(starts[first], starts[last])
