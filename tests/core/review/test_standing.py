"""Where a hunk stands: bound to its text, wherever it moves and however it is cut."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from countermark.config.schema import Need, Person, Reviewing, ReviewPath, Signing
from countermark.review import owners
from countermark.review.digests import exact, loose
from countermark.review.entry import Decision, Entry, Face
from countermark.review.owners import Dialect
from countermark.review.standing import Answer

from .sample import TODAY, entry, hunk, judging

ONE = hunk("def f():", "    return 1")
TWO = hunk("def g():", "    return 2")
BOB = "bob@example.invalid"
ADA = "ada@example.invalid"


def answer(
    about: object, *entries: Entry, settings: Reviewing | None = None, author: str = "", **more: object
) -> Answer:
    return judging(entries, settings, **more).standing(about, author).answer  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (ONE, Answer.APPROVED),
        (hunk(*ONE.lines, path="elsewhere/other.go"), Answer.APPROVED),  # a move
        (hunk(*ONE.lines, ordinal=2), Answer.APPROVED),  # its twin
        (hunk("def f():", "    return 1 "), Answer.MISSING),
        (hunk("def f():", "    return l"), Answer.MISSING),
        (hunk("def f():"), Answer.MISSING),  # a part of it
        (hunk("    def f():", "        return 1"), Answer.MISSING),  # no formatter is trusted
        (hunk(*ONE.lines, *TWO.lines), Answer.APPROVED),
        (hunk(*ONE.lines, "", "", *TWO.lines), Answer.APPROVED),
        (hunk(*TWO.lines, *ONE.lines), Answer.APPROVED),
        (hunk(*ONE.lines, *TWO.lines, path="other.py"), Answer.MISSING),  # cut anew in another file
        (hunk(*ONE.lines, "x = 1", *TWO.lines), Answer.MISSING),
        (hunk(*ONE.lines, *TWO.lines[:1]), Answer.MISSING),
        (hunk(*ONE.lines[:1], *TWO.lines[1:]), Answer.MISSING),
    ],
)
def test_an_approval_is_bound_to_whole_hunks(about: object, expected: Answer) -> None:
    assert answer(about, entry(ONE), entry(TWO)) is expected


LINE = st.text("ab =", min_size=0, max_size=4)
TEXT = st.lists(LINE, min_size=1, max_size=6).filter(lambda lines: exact(lines) != "")


@settings(max_examples=60)
@given(st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_what_is_made_of_whole_approved_hunks_is_approved(texts: list[list[str]], data: st.DataObject) -> None:
    cut = [hunk(*text) for text in ([*_stripped(text)] for text in texts)]
    whole = [line for one in cut for line in (*one.lines, *data.draw(st.lists(st.just(""), max_size=2)))]

    assert answer(hunk(*_stripped(whole)), *map(entry, cut)) is Answer.APPROVED


@settings(max_examples=60)
@given(TEXT, TEXT, st.data())
def test_one_other_character_voids_an_approval(approved: list[str], other: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(approved) - 1))
    where = data.draw(st.integers(0, len(approved[at])))
    # A blank line stays one with a tab in it, and what stands around it may be whole hunks that are approved.
    letters = "xyz\t" if approved[at].strip() else "xyz"
    changed = [
        *approved[:at],
        approved[at][:where] + data.draw(st.sampled_from(letters)) + approved[at][where:],
        *approved[at + 1 :],
    ]
    known = [hunk(*_stripped(text)) for text in (approved, other)]
    assume(exact(_stripped(changed)) not in {one.id for one in known})

    assert answer(hunk(*_stripped(changed)), *map(entry, known)) is Answer.MISSING


def _stripped(lines: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1]


REJECT, WAIVE = Decision.REJECT, Decision.WAIVE
LATER = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), Answer.MISSING),
        ((entry(ONE, REJECT),), Answer.REJECTED),
        ((entry(ONE), entry(ONE, REJECT, number=2)), Answer.REJECTED),
        ((entry(ONE, REJECT), entry(ONE, number=2)), Answer.APPROVED),  # the same person thinks otherwise
        ((entry(ONE, number=2), entry(ONE, REJECT)), Answer.APPROVED),  # whatever order they are read in
        ((entry(ONE, REJECT), entry(ONE, mail=BOB, number=2)), Answer.REJECTED),  # another person's no
        ((entry(ONE, WAIVE, reason="r", expires=LATER),), Answer.WAIVED),
        ((entry(ONE, WAIVE, reason="r", expires=TODAY),), Answer.WAIVED),
        ((entry(ONE, WAIVE, reason="r", expires=TODAY - timedelta(days=1)),), Answer.MISSING),
        ((entry(ONE, WAIVE, reason="r"),), Answer.MISSING),
    ],
)
def test_the_last_word_of_each_person_counts(entries: tuple[Entry, ...], expected: Answer) -> None:
    assert answer(ONE, *entries) is expected


CODEOWNERS = owners.parse("*.py @team\n", Dialect.GITHUB)
TEAM = (Person(BOB, ("@team",)),)


@pytest.mark.parametrize(
    ("settings", "entries", "author", "expected"),
    [
        (Reviewing(by=("not-the-author",)), (entry(ONE),), ADA.upper(), Answer.MISSING),
        (Reviewing(by=("not-the-author",)), (entry(ONE),), BOB, Answer.APPROVED),
        (Reviewing(by=("not-the-author",)), (entry(ONE), entry(ONE, mail=BOB)), ADA, Answer.APPROVED),
        (Reviewing(by=("two-people",)), (entry(ONE),), BOB, Answer.MISSING),
        (Reviewing(by=("two-people",)), (entry(ONE), entry(ONE, number=2)), BOB, Answer.MISSING),
        (Reviewing(by=("two-people",)), (entry(ONE), entry(ONE, mail=BOB)), BOB, Answer.APPROVED),
        (Reviewing(by=("code-owner",), people=TEAM), (entry(ONE),), "", Answer.MISSING),
        (Reviewing(by=("code-owner",), people=TEAM), (entry(ONE, mail=BOB),), "", Answer.APPROVED),
        (Reviewing(paths=(ReviewPath(("*.py",), by=("two-people",)),)), (entry(ONE),), "", Answer.MISSING),
        (Reviewing(paths=(ReviewPath(("*.go",), by=("two-people",)),)), (entry(ONE),), "", Answer.APPROVED),
        (Reviewing(editors=False), (entry(ONE, face=Face.EDITOR),), "", Answer.MISSING),
        (Reviewing(), (entry(ONE, face=Face.EDITOR),), "", Answer.APPROVED),
        (Reviewing(), (entry(ONE, seconds=0.1),), "", Answer.APPROVED),
        (Reviewing(too_fast=Need.REVIEW), (entry(ONE, seconds=0.1),), "", Answer.MISSING),
        (Reviewing(too_fast=Need.REVIEW), (entry(ONE, seconds=0.4),), "", Answer.APPROVED),
        (Reviewing(signature=Signing.REQUIRED), (entry(ONE),), "", Answer.MISSING),
        (Reviewing(signature=Signing.REQUIRED), (entry(ONE, REJECT),), "", Answer.REJECTED),
        (Reviewing(signature=Signing.OPTIONAL), (entry(ONE),), "", Answer.APPROVED),
    ],
)
def test_who_has_to_review(settings: Reviewing, entries: tuple[Entry, ...], author: str, expected: Answer) -> None:
    assert answer(ONE, *entries, settings=settings, author=author, owners=CODEOWNERS) is expected


def test_a_forged_approval_does_not_outweigh_a_signed_rejection() -> None:
    signed, forged = entry(ONE, REJECT, signature="good"), entry(ONE, number=2, at=2000)
    checks = judging(
        (signed, forged), Reviewing(signature=Signing.REQUIRED), signature=lambda one: None if one.signature else "no"
    )

    assert checks.standing(ONE, "").answer is Answer.REJECTED


def test_an_approval_that_came_too_fast_is_told() -> None:
    standing = judging([entry(ONE, seconds=0.1)]).standing(ONE, "")

    assert [one.seconds for one in standing.hasty] == [0.1]


@pytest.mark.parametrize(
    ("path", "before", "after", "same"),
    [
        ("a.py", ["def f():", "  return 1"], ["    def f():", "        return 1"], True),
        ("a.py", ["x=f(1,2)"], ["x = f(1, 2)"], True),
        ("a.py", ["if a:", "    b()", "    c()"], ["if a:", "    b()", "c()"], False),
        ("a.py", ["if a:", "    if b:", "        c()"], ["if a:", "    if b:", "    c()"], False),
        ("a.py", ["x = 'a b'"], ["x = 'a  b'"], False),
        ("a.py", ["x = 1  # no"], ["x = 1", "# no"], False),
        ("a.js", ["return", "x"], ["return x"], False),  # JavaScript ends the statement with the line
        ("a.js", ["i = + +i"], ["i = ++i"], False),
        ("a.js", ["\tif (a) {", "\t\tb()"], ["if (a) {", "  b()"], True),
        ("a.sh", ["rm -r x"], ["rm - r x"], False),
        ("a.sh", ["rm  -r   x"], ["rm -r x"], True),
        ("a.py", ["ab"], ["a b"], False),
        ("a.py", ["a", "", "b"], ["a", "b"], True),
    ],
)
def test_what_a_formatter_may_change(path: str, before: list[str], after: list[str], *, same: bool) -> None:
    assert (loose(before, path) == loose(after, path)) is same
    known, now = hunk(*before, path=path), hunk(*after, path=path)
    trusted = Reviewing(trusted_formatting=True)
    assert answer(now, entry(known), settings=trusted) is (Answer.APPROVED if same else Answer.MISSING)
    assert answer(now, entry(known)) is Answer.MISSING


def test_a_waiver_in_a_piece_makes_the_whole_waived() -> None:
    waiver = entry(TWO, WAIVE, reason="r", expires=date(2999, 1, 1))

    assert answer(hunk(*ONE.lines, *TWO.lines), entry(ONE), waiver) is Answer.WAIVED


def test_a_rejected_piece_blocks_the_whole() -> None:
    assert answer(hunk(*ONE.lines, *TWO.lines), entry(ONE), entry(TWO, REJECT)) is Answer.MISSING
