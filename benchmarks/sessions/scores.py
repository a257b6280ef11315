"""What is counted: lines that were told rightly or wrongly, and hunks whose reviews were."""

from __future__ import annotations

from attrs import define, field, frozen


@define
class Score:
    """Counted lines: those that an agent wrote, how many of them were marked; those that were marked, how many of them rightly.

    ``doubtful`` are marked common lines between a person's: right or wrong, nobody can tell.
    """

    written: int = 0
    marked: int = 0
    claimed: int = 0
    right: int = 0
    doubtful: int = 0
    wrong: list[str] = field(factory=list)

    def add(self, other: Score) -> None:
        """Count another one too."""
        self.written += other.written
        self.marked += other.marked
        self.claimed += other.claimed
        self.right += other.right
        self.doubtful += other.doubtful
        self.wrong += other.wrong

    @property
    def recall(self) -> float:
        """The share of an agent's lines that were marked."""
        return self.marked / self.written if self.written else 1.0

    @property
    def precision(self) -> float:
        """The share of marked lines that an agent wrote."""
        return self.right / self.claimed if self.claimed else 1.0


@define
class Answers:
    """Counted hunks of an agent: those that were looked at, those that count as approved, and what was wrong about it."""

    looked_at: int = 0
    passed: int = 0
    again: list[str] = field(factory=list)  # approved and unchanged, and asked about all the same
    unread: list[str] = field(factory=list)  # never approved as it is, and let through

    def add(self, other: Answers) -> None:
        """Count others too."""
        self.looked_at += other.looked_at
        self.passed += other.passed
        self.again += other.again
        self.unread += other.unread


@frozen
class Outcome:
    """How well a session was told: when lines were staged, at its end, and at its end in a clone that has only the notes."""

    seed: int
    staged: Score
    ended: Score
    cloned: Score
    reviewed: Answers
    verified: Answers
    log: list[str]
