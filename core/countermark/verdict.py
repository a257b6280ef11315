"""What the judge decides, and the report that every face shows."""

from __future__ import annotations

from enum import IntEnum

from attrs import frozen

from .change import Skipped
from .errors import ExitCode
from .finding import Finding


class Level(IntEnum):
    """What a finding does to a commit. Ordered: a policy compares."""

    NOTE = 0
    WARN = 1
    REVIEW = 2
    BLOCK = 3


@frozen
class Verdict:
    """A level and the line of the policy that says so."""

    level: Level
    reason: str


@frozen
class Judged:
    """A finding with its verdict."""

    finding: Finding
    verdict: Verdict


@frozen
class Suppressed:
    """A finding that somebody answered for: by a comment in the source, or in a baseline."""

    finding: Finding
    in_source: bool
    why: str


@frozen
class Failure:
    """A part that broke or ran out of time, so that something was not looked at."""

    part: str
    path: str | None
    message: str


@frozen
class Remark:
    """What a part has to say though it did all of its work: that it had to do so in another way than usual."""

    part: str
    message: str


@frozen
class Report:
    """Everything that one run found, in order of risk, and everything that it could not look at.

    ``review`` is the command that reviews the hunks whose review is missing.
    """

    root: str
    files: int
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[Failure, ...] = ()
    judged: tuple[Judged, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    review: str = ""
    remarks: tuple[Remark, ...] = ()

    def count(self, level: Level) -> int:
        """How many findings have this level."""
        return sum(item.verdict.level is level for item in self.judged)

    def exit_code(self, fail_on: Level) -> ExitCode:
        """The exit code; an incomplete result outweighs what it found, since nobody knows what else there is."""
        if self.failures:
            return ExitCode.BROKEN
        if any(item.verdict.level >= fail_on for item in self.judged):
            return ExitCode.BLOCKED
        return ExitCode.CLEAN
