"""Fixes applied to a text: those that contradict none before them, each edit once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .content import Content
from .finding import Edit, Fix


def compatible(fixes: Iterable[Fix]) -> tuple[list[Fix], list[Edit]]:
    """Those of some fixes of one text that can be applied at once, earlier ones first, and all their edits in the order of the text."""
    kept: list[Fix] = []
    edits: list[Edit] = []
    for fix in fixes:
        new = [edit for edit in fix.edits if not any(_same(edit, other) for other in edits)]
        if not any(_contradict(edit, other) for edit in new for other in edits):
            kept.append(fix)
            edits += new
    return kept, sorted(edits, key=lambda edit: edit.span)


def apply(content: Content, edits: Sequence[Edit]) -> Content | None:
    """The content after edits that are in order; None where it cannot be written back as it was read."""
    parts, at = [], 0
    for edit in edits:
        parts += [content.text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return content.with_text("".join([*parts, content.text[at:]]))


def _same(one: Edit, other: Edit) -> bool:
    return one.span == other.span and one.replacement == other.replacement


def _contradict(one: Edit, other: Edit) -> bool:
    if one.span == other.span:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end
