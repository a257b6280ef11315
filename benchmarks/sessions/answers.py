"""What a person approved, kept by text alone: the yardstick for what the product says of reviews."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from countermark.provenance.model import MarkedHunk
from countermark.review.digests import hint, loose
from countermark.review.entry import START, Decision, Entry, Face
from countermark.review.gate import Asked

from .scores import Answers


@define
class Yardstick:
    """The texts that were approved, each with its file. What consists of whole ones of its own file is approved, too."""

    approved: set[tuple[str, tuple[str, ...]]] = field(factory=set)
    texts: set[tuple[str, ...]] = field(factory=set)

    def approve(self, hunk: MarkedHunk) -> None:
        """A person answers for a hunk."""
        text = _filled(hunk.lines)
        self.approved.add((hunk.path, text))
        self.texts.add(hunk.lines)

    def knows(self, hunk: MarkedHunk) -> bool:
        """Whether a person answered for all of a hunk, in whole pieces."""
        if hunk.lines in self.texts:
            return True
        lines = _filled(hunk.lines)
        reached = [True, *([False] * len(lines))]
        for start in range(len(lines)):
            for end in range(start + 1, len(lines) + 1) if reached[start] else ():
                reached[end] = reached[end] or (hunk.path, lines[start:end]) in self.approved
        return reached[-1]

    def judge(self, asked: Asked) -> Answers:
        """Compare where a hunk is said to stand with what was approved."""
        passes, knows = asked.standing.passes, self.knows(asked.hunk)
        where = (
            f"{asked.hunk.path}:{asked.hunk.first}-{asked.hunk.last} {asked.standing.why} {list(asked.hunk.lines)!r}"
        )
        return Answers(1, int(passes), [where] if knows and not passes else [], [where] if passes and not knows else [])


def approval(hunk: MarkedHunk) -> Entry:
    """What a person writes who approves a hunk after ten minutes."""
    return Entry(
        previous=START,
        number=0,
        at=0,
        decision=Decision.APPROVE,
        hunk=hunk.id,
        lines=len(hunk.lines),
        first=hint(hunk.lines[0]),
        loose=loose(hunk.lines, hunk.path),
        path=hunk.path,
        name="Ada",
        mail="ada@example.invalid",
        face=Face.TERMINAL,
        seconds=600.0,
        policy="",
    )


def _filled(lines: Sequence[str]) -> tuple[str, ...]:
    """Blank lines between pieces are nobody's."""
    return tuple(line for line in lines if line.strip())
