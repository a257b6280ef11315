"""One session from its beginning to its end, and what is said of it compared with the truth."""

# ruff: noqa: PLR2004 - how likely things are

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import define, field

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.changes.range import commits
from countermark.config.schema import Gate, Limits, Reviewing
from countermark.diff import lines_of
from countermark.git.repository import Repository
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot
from countermark.provenance.attribute import Attributor
from countermark.provenance.lines import squeezed
from countermark.provenance.model import State, Stretch
from countermark.provenance.record import note_commits
from countermark.review.desk import Desk
from countermark.review.gate import Asked
from countermark.review.ledger import Ledger
from countermark.review.noted import about
from countermark.review.watching import listed, watching

from .answers import Yardstick, approval
from .gitting import Gitting
from .place import found
from .scores import Answers, Outcome, Score

_TODAY = date(2026, 11, 25)
_SETTINGS, _LIMITS = Reviewing(), Limits()


@define
class Session(Gitting):
    """A place with its history. At each commit a person looks, and approves some of what an agent wrote."""

    score: Score = field(factory=Score, init=False)
    answers: Answers = field(factory=Answers, init=False)
    yardstick: Yardstick = field(factory=Yardstick, init=False)

    def step(self) -> None:
        """One thing that happens in a day."""
        git: tuple[Callable[[], None], ...] = (
            *(self.commit, self.commit, self.commit, self.amend, self.stash, self.branch, self.beside),
            *(self.fold, self.undo, self.reset, self.person_renames),
        )
        act = self.random.choice(git) if self.random.random() < 0.3 else self.edit
        self.log.append(getattr(act, "__name__", "?"))
        act()
        self.note()

    def note(self) -> None:
        """Do what the hooks would have done."""
        if not (told := self.told()):
            return
        made = dict.fromkeys(words[1] for words in told if words[0] == "commit")
        replaced: dict[str, list[str]] = {}
        for words in told:
            if words[0] == "rewrite":
                replaced.setdefault(words[2], []).append(words[1])
        reviews = about(self.repository)
        if news := [commit for commit in made if commit not in replaced]:
            note_commits(self.repository, news, reviews=reviews)
        if replaced:
            note_commits(self.repository, list(replaced), replaced, reviews)

    def look(self) -> None:
        """Look at what is staged as the hook before a commit does, and approve some of it."""
        self.note()
        with Attributor.of(self.repository) as attributor:
            desk = Desk.of(
                self.repository, _SETTINGS, IndexSnapshot(self.repository), _TODAY, more=attributor.notes_about
            )
            keeper = desk.doorkeeper(Gate.COMMIT, "")
            asked: list[Asked] = []
            for file in staged(self.repository, _LIMITS).entries:
                if isinstance(file, FileChange):
                    stretches = attributor.stretches(file)
                    self.score.add(self.judged(file, stretches))
                    asked += keeper.asked(file, stretches)
        self._answer(asked)

    def _answer(self, asked: Sequence[Asked]) -> None:
        """Judge all that is asked before any of it is answered: of two hunks alike, neither was approved when they were asked about."""
        for one in asked:
            self.answers.add(self.yardstick.judge(one))
        for one in asked:
            if not one.standing.passes and self.random.random() < 0.6:
                Ledger.of(self.repository).append(approval(one.hunk))
                self.yardstick.approve(one.hunk)

    def judged(self, file: FileChange, stretches: tuple[Stretch, ...]) -> Score:
        """Compare what is said of the touched lines of a file with the truth."""
        lines = lines_of(file.after)
        said = [one.author.state for one in stretches for _ in range(one.first, one.last + 1)]
        score = Score()
        for at in _touched(file):
            self._judge(score, lines, at, said[at], file.path)
        return score

    def _judge(self, score: Score, lines: list[str], at: int, said: State, path: str) -> None:
        """Count one line; of common lines those alone that stand between telling ones of one author."""
        truth = self.texts.truth
        own = truth.get(squeezed(lines[at]))
        if own is None:
            sides = {truth.get(squeezed(_nearest(truth, lines, at, step))) for step in (-1, 1)}
            own = sides.pop() if len(sides) == 1 else None
            # An agent's brace may stand between lines that a person replaced since.
            if own is None or (own == "human" and said is State.AI):
                score.doubtful += own is not None
                return
        wrote, claims = own == "ai", said is State.AI
        score.written += wrote
        score.marked += wrote and claims
        score.claimed += claims
        score.right += wrote and claims
        if wrote != claims:
            score.wrong.append(f"{path}:{at + 1} {'missed' if wrote else 'invented'} {lines[at]!r}")

    def whole(self, repository: Repository, start: str) -> Score:
        """What is said of the net change of all commits."""
        score = Score()
        with Attributor.of(repository, listed(repository, ("HEAD", f"^{start}"))) as attributor:
            for file in commits(repository, f"{start}..HEAD", _LIMITS).entries:
                if isinstance(file, FileChange) and file.commit is None:
                    score.add(self.judged(file, attributor.stretches(file)))
        return score

    def verified(self, repository: Repository, start: str) -> Answers:
        """What a gate that nobody can go past says of each commit."""
        answers, new = Answers(), ("HEAD", f"^{start}")
        snapshot = CommitSnapshot(repository, "HEAD")
        with watching(
            repository, _SETTINGS, snapshot, _TODAY, here=Gate.PUSH, commits=listed(repository, new)
        ) as watch:
            list(watch.commits(new, _LIMITS))
            for asked in watch.asked:
                answers.add(self.yardstick.judge(asked))
        return answers


def play(path: Path, seed: int, steps: int, environ: Mapping[str, str]) -> Outcome:
    """One session."""
    session = Session(path / "played", random.Random(seed), environ)  # noqa: S311 - a simulation
    session.begin()
    start = session.git("rev-parse", "HEAD").stdout.decode().strip()
    session.note()
    for _ in range(steps):
        session.step()
    session.clean()
    session.note()
    ended = session.whole(session.repository, start)
    clone = path / "clone"
    session.git("clone", "-q", "--no-hardlinks", str(session.path), str(clone))
    spec = "+refs/notes/*:refs/notes/*"
    subprocess.run(["git", "fetch", "-q", "origin", spec], cwd=clone, env=dict(environ), check=True)
    there = found(clone, environ)
    cloned, verified = session.whole(there, start), session.verified(there, start)
    return Outcome(seed, session.score, ended, cloned, session.answers, verified, session.log)


def _touched(file: FileChange) -> Iterator[int]:
    for hunk in file.hunks:
        if hunk.after.start < hunk.after.end:
            yield from range(file.after.line_at(hunk.after.start), file.after.line_at(hunk.after.end - 1) + 1)


def _nearest(truth: Mapping[str, str], lines: list[str], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(lines):
        if squeezed(lines[at]) in truth:
            return lines[at]
        at += step
    return ""
