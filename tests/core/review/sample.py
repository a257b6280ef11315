"""Hunks, entries and desks for tests, without a repository where none is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import evolve

from countermark.config.schema import Reviewing
from countermark.provenance.model import Author, MarkedHunk, State
from countermark.review.digests import exact, hint, loose
from countermark.review.entry import START, Decision, Entry, Face
from countermark.review.owners import Owners
from countermark.review.policy import Policy
from countermark.review.reviews import Reviews
from countermark.review.standing import Judging

TODAY = date(2026, 11, 25)
AGENT = Author(State.AI, "claude", "opus", "s1", 1)


def hunk(*lines: str, path: str = "app.py", ordinal: int = 1, author: Author = AGENT) -> MarkedHunk:
    name = exact(lines) if ordinal == 1 else f"{exact(lines)}-{ordinal}"
    return MarkedHunk(name, path, 1, len(lines), author, lines)


def entry(
    about: MarkedHunk, decision: Decision = Decision.APPROVE, mail: str = "ada@example.invalid", **more: Any
) -> Entry:
    made = Entry(
        previous=START,
        number=1,
        at=1000,
        decision=decision,
        hunk=about.id,
        lines=len(about.lines),
        first=hint(about.lines[0]),
        loose=loose(about.lines, about.path),
        path=about.path,
        name="Ada",
        mail=mail,
        face=Face.TERMINAL,
        seconds=60.0,
        policy="",
    )
    return evolve(made, **more)


def judging(
    entries: Sequence[Entry], settings: Reviewing | None = None, owners: Owners | None = None, **more: Any
) -> Judging:
    reviews = Reviews([one.line for one in entries])
    made = Judging(Policy(settings or Reviewing(), owners), reviews, TODAY, lambda _: "it is not signed")
    return evolve(made, **more)
