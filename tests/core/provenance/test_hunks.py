"""Hunks are cut where the author changes, and keep their ids wherever they move."""

from __future__ import annotations

from collections import Counter

import pytest

from countermark.change import FileChange
from countermark.content import Content
from countermark.provenance.hunks import digest, marked_hunks
from countermark.provenance.model import Author, MarkedHunk, State, Stretch

AGENT = Author(State.AI, "agent", "model", "session", 1)
PERSON = Author(State.HUMAN)


def hunks(before: str | None, after: str, *stretches: Stretch, seen: Counter[str] | None = None) -> list[MarkedHunk]:
    known = None if before is None else Content.of_text(before)
    return list(marked_hunks(FileChange("a.py", Content.of_text(after), known), stretches, seen))


def test_a_hunk_ends_where_the_author_changes() -> None:
    found = hunks("a\n", "a\nb\nc\nd\n", Stretch(2, 3, AGENT), Stretch(4, 4, PERSON))

    assert [(one.first, one.last, one.author) for one in found] == [(2, 3, AGENT), (4, 4, PERSON)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "one\ntwo\n"),
        ("x\ny\n", "x\none\ntwo\ny\n"),
        ("x\n", "x\r\none\r\ntwo\r\n"),
        ("x\n", "x\n\none\ntwo\n\n"),
        ("x\n", "x\none\ntwo"),
    ],
)
def test_an_id_does_not_depend_on_place_line_ends_or_blank_edges(before: str, after: str) -> None:
    assert {one.id for one in hunks(before, after)} == {digest(["one", "two"])}


def test_twins_in_one_change_are_told_apart() -> None:
    seen: Counter[str] = Counter()
    first = hunks("", "one\n", seen=seen)
    second = hunks("", "one\n", seen=seen)

    assert [one.id for one in (*first, *second)] == [digest(["one"]), f"{digest(['one'])}-2"]


@pytest.mark.parametrize("after", ["a\n\n  \n", "a\n", ""])
def test_nobody_answers_for_blank_lines_or_for_what_was_taken_away(after: str) -> None:
    assert hunks("a\n" if after else "a\nb\n", after) == []
