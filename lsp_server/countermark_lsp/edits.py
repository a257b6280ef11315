"""Edits as clients get them: whole lines, from column 0 to column 0.

Three of the eight clients that were tried count columns otherwise than they say, and corrupt code that has a character outside ASCII
before a precise edit. Nobody miscounts column 0.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from attrs import frozen
from lsprotocol import types as lsp

from countermark.finding import UNPLACED, Edit

from .encoding import units
from .snapshot import Snapshot


@frozen(order=True)
class _Cut:
    """From (line, code point) to (line, code point), counted from 0."""

    start: tuple[int, int]
    end: tuple[int, int]
    replacement: str


def whole_lines(snapshot: Snapshot, edits: Sequence[Edit]) -> list[lsp.TextEdit]:
    """The edits of one fix, joined where they share a line; edits that contradict each other give none."""
    cuts = sorted(
        _Cut(snapshot.place(edit.start or UNPLACED), snapshot.place(edit.end or UNPLACED), edit.replacement)
        for edit in edits
    )
    if any(left.end > right.start for left, right in itertools.pairwise(cuts)):
        return []
    return [_text_edit(snapshot, block) for block in _blocks(cuts)]


def _blocks(cuts: Sequence[_Cut]) -> list[list[_Cut]]:
    blocks: list[list[_Cut]] = []
    for cut in cuts:
        if blocks and blocks[-1][-1].end[0] == cut.start[0]:
            blocks[-1].append(cut)
        else:
            blocks.append([cut])
    return blocks


def _text_edit(snapshot: Snapshot, cuts: Sequence[_Cut]) -> lsp.TextEdit:
    first, last = cuts[0].start[0], cuts[-1].end[0]
    parts, at = [], (first, 0)
    for cut in cuts:
        parts += [_between(snapshot, at, cut.start), cut.replacement]
        at = cut.end
    line = snapshot.lines[last]
    parts.append(line[at[1] :])
    ends = last + 1 < len(snapshot.lines)
    end = lsp.Position(last + 1, 0) if ends else lsp.Position(last, units(line, snapshot.encoding))
    return lsp.TextEdit(lsp.Range(lsp.Position(first, 0), end), "".join(parts))


def _between(snapshot: Snapshot, start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return snapshot.lines[start[0]][start[1] : end[1]]
    middle = snapshot.lines[start[0] + 1 : end[0]]
    return "".join([snapshot.lines[start[0]][start[1] :], *middle, snapshot.lines[end[0]][: end[1]]])
