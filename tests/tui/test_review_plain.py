"""The review line by line, over two streams."""

from __future__ import annotations

import io

import pytest

from countermark.review.entry import Decision, Face
from countermark.review.standing import Answer
from countermark_tui.review_plain import ReviewDialogue
from tests.support import Repository

from .reviewed import session


def hold(repository: Repository, lines: str) -> tuple[str, list[Decision], list[Answer]]:
    held = session(repository, face=Face.TERMINAL)
    out = io.StringIO()
    ReviewDialogue(held, io.StringIO(lines), out).hold()
    written = [one.decision for one in held.pen.ledger.examine()[0]]
    return out.getvalue(), written, [held.standing(item).answer for item in held.items]


def test_all_three_decisions(repository: Repository) -> None:
    said, written, answers = hold(repository, "a good\nr\nno encoding\nw a toy\n14d\n")

    assert written == [Decision.APPROVE, Decision.REJECT, Decision.WAIVE]
    assert answers == [Answer.APPROVED, Answer.REJECTED, Answer.WAIVED]
    for part in (
        "Review of the staged change: 3 hunks to go through.",
        "1 of 3  app/ledger.py:5-6",
        "  Written by claude (opus); 2 lines.",
        "  It was asked: Sum up valid rows \\x1b[2J and export them",
        "      5 +     rows = [row for row in rows if row.valid]",
        "  Found in line 5: Lines that somebody rejected (high, review/rejected)",
        "  Open: nobody has answered for this hunk yet.",
        "  Approved.",
        "1 approved, 1 waived, 1 rejected; 0 hunks still open.",
    ):
        assert part in said, said
    assert not {"\x1b", "\u202e"} & set(said)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "Nothing was decided; 3 hunks still open."),
        ("q\n", "Nothing was decided; 3 hunks still open."),
        ("hm\nq\n", "a approve, r reject, w waive"),
        ("?\nq\n", "What you decide is bound to the text"),
        ("w\n\nq\n", "Not waived: it needs a reason."),
        ("w why\nsoon\nq\n", "Not waived: a day such as 2026-12-24"),
        ("w why\n31d\nq\n", "a waiver may last 30 days at most"),
        ("w why\n2020-01-01\nq\n", "a waiver needs a last day that is not over yet"),
        ("/EXPORT\nq\n", "2 of 3  app/ledger.py:9-11"),
        ("/nowhere\nq\n", "Nothing like that in these hunks."),
        ("n\nq\n", "2 of 3"),
        ("p\nq\n", "3 of 3"),
    ],
)
def test_what_writes_nothing(repository: Repository, lines: str, said: str) -> None:
    told, written, _ = hold(repository, lines)

    assert said in told
    assert written == []


def test_a_comment_waits_for_the_decision(repository: Repository) -> None:
    held = session(repository, face=Face.TERMINAL)
    ReviewDialogue(held, io.StringIO("c looked twice\na\nq\n"), io.StringIO()).hold()

    (entry,) = held.pen.ledger.examine()[0]
    assert (entry.comment, entry.face) == ("looked twice", Face.TERMINAL)
