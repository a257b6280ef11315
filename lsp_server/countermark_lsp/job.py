"""What the server and its worker processes say to each other: one request in, one answer back, each a length and a pickle.

Both ends are ours, the same version, and joined by a private pipe; nothing else is ever unpickled.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from attrs import frozen

from countermark.provenance.model import State
from countermark.report.guide import Guide
from countermark.review.entry import Decision
from countermark.verdict import Report

APPROVED, MISSING = "approved", "missing"  # of countermark.review.standing, which is slow to load
HEADER = struct.Struct(">Q")


class Part(Enum):
    """What is looked for, by how long that takes: with every key, or once the person pauses."""

    FAST = "fast"  # secrets, credentials, reviews, suppressions
    SLOW = "slow"  # patterns and dependencies, through Semgrep


@frozen
class Job:
    """A text to look at. ``path`` is absolute, or None for a buffer that was never saved; ``folders`` are the workspace's."""

    path: str | None
    name: str
    text: str
    folders: tuple[str, ...] = ()
    part: Part = Part.FAST


@frozen
class Mark:
    """A hunk that needs an answer, and where it stands. ``first`` and ``last`` are lines, counted from 1.

    ``author`` is who wrote it, as people say it; ``standing`` is the value of an Answer of countermark.review.standing;
    ``why`` says what is missing, ``by`` who answers for it.
    """

    id: str
    first: int
    last: int
    state: State
    author: str
    standing: str
    why: str = ""
    by: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether somebody answers for it."""
        return self.standing in {APPROVED, "waived"}


@frozen
class Answer:
    """What is to be said of a text. ``closed`` says why reviews cannot be given in an editor here, where they cannot.

    ``longest`` and ``waiver`` are the most days that a suppression and a waiver may last; ``known`` says that the policy lets
    repositories keep a baseline, ``by_author`` that verdicts depend on who wrote the lines.
    """

    report: Report
    marks: tuple[Mark, ...] = ()
    closed: str = ""
    longest: int | None = None
    waiver: int = 0
    comments: bool = True
    known: bool = False
    by_author: bool = False


@frozen
class Deciding:
    """What a person decides about hunks of a text, by their ids, each with the seconds that it was on screen."""

    job: Job
    hunks: Mapping[str, float]
    decision: Decision
    comment: str = ""
    reason: str = ""
    expires: date | None = None


@frozen
class Decided:
    """The hunks that were decided about, and why the others were not."""

    hunks: tuple[str, ...] = ()
    refused: str = ""


@frozen
class Rotating:
    """How to revoke and replace what a rule finds?"""

    rule: str


@frozen
class Knowing:
    """Record a finding of a text in the baseline."""

    job: Job
    fingerprint: str


@frozen
class Suspecting:
    """So many lines came into a text at once that perhaps no person wrote them; ``before`` is the text without them."""

    job: Job
    before: str


@frozen
class Listing:
    """The files of a folder, or those alone that differ from HEAD."""

    folder: str
    changed: bool


Request = Job | Deciding | Rotating | Knowing | Suspecting | Listing
Reply = Answer | Decided | Guide | str | tuple[str, ...] | None


def pack(value: object) -> bytes:
    """A frame with this value."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data


def unpack(data: bytes) -> Any:
    """The value of a frame's data."""
    # countermark: allow py/unsafe-deserialization because both ends are ours, see above
    return pickle.loads(data)  # noqa: S301 - from our own process, see above
