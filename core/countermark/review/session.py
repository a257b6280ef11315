"""A review session: the hunks to go through, how long each was on screen, and the pen that writes what the person decides.

Both faces in the terminal and the language server write through the same pen, so all of them keep the same rules.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil

from attrs import define, field, frozen

from countermark.config.schema import Signing
from countermark.errors import UsageError
from countermark.finding import Finding
from countermark.git.repository import Repository
from countermark.provenance.model import MarkedHunk

from .desk import Desk, reviewer
from .digests import hint, loose
from .entry import START, Decision, Entry, Face
from .gate import Asked
from .ledger import Ledger
from .person import Refused
from .signing import Signer, required
from .standing import Standing

_LONGEST = 2000  # characters of a comment or a reason
_MOST_SECONDS = 86_400.0


@frozen
class Opinion:
    """What a person says of a hunk; a waiver needs a reason and a last day."""

    decision: Decision
    comment: str = ""
    reason: str = ""
    expires: date | None = None


@frozen
class Pen:
    """Writes entries for one person. ``present`` gives the ids of the hunks that are there now: text that changed is refused."""

    desk: Desk
    ledger: Ledger
    name: str
    mail: str
    face: Face
    signer: Signer | None
    key: str
    present: Callable[[], frozenset[str]] | None = None

    @classmethod
    def of(cls, desk: Desk, face: Face, *, present: Callable[[], frozenset[str]] | None = None) -> Pen:
        """The pen of the person that git names. Raises UsageError where git names nobody, or no key though the policy wants one."""
        repository: Repository = desk.repository
        name, mail = reviewer(repository)
        signing = desk.judging.policy.settings.signature
        signer = required(repository) if signing is Signing.REQUIRED else Signer.of(repository)
        key = signer.fingerprint if signer else ""
        used = signer if signing is not Signing.OFF else None
        return cls(desk, Ledger.of(repository), name, mail, face, used, key, present)

    def write(self, hunk: MarkedHunk, opinion: Opinion, seconds: float) -> Entry:
        """Keep an opinion on a hunk as it was shown. Raises Refused when the text is another by now, UsageError for a fault in it."""
        _check(opinion, self.desk.judging.policy.settings.longest_waiver, self.desk.judging.today)
        if self.present is not None and hunk.id not in self.present():
            raise Refused("these lines changed after they were shown, so nothing was decided; look at them again")
        entry = Entry(
            previous=START,  # both are the ledger's to say
            number=0,
            at=0,
            decision=opinion.decision,
            hunk=hunk.id,
            lines=len(hunk.lines),
            first=hint(hunk.lines[0]),
            loose=loose(hunk.lines, hunk.path),
            path=hunk.path,
            name=self.name[:_LONGEST],
            mail=self.mail[:_LONGEST],
            face=self.face,
            seconds=ceil(min(max(seconds, 0.0), _MOST_SECONDS) * 1000) / 1000,
            policy=self.desk.judging.policy.digest,
            key=self.key,
            agent=hunk.author.agent[:_LONGEST],
            model=hunk.author.model[:_LONGEST],
            comment=opinion.comment.strip()[:_LONGEST],
            reason=opinion.reason.strip()[:_LONGEST],
            expires=opinion.expires,
        )
        return self.ledger.append(entry, self.signer.sign if self.signer else None)


def _check(opinion: Opinion, longest: int, today: date) -> None:
    if opinion.decision is not Decision.WAIVE:
        return
    if not opinion.reason.strip():
        raise UsageError("a waiver needs a reason")
    if opinion.expires is None or opinion.expires < today:
        raise UsageError("a waiver needs a last day that is not over yet")
    if opinion.expires > today + timedelta(days=longest):
        raise UsageError(f"a waiver may last {longest} days at most (review.longest-waiver)")


@frozen
class Item:
    """A hunk to go through: what it needs and where it stood, what else was found in it, and what its agent was asked."""

    asked: Asked
    findings: tuple[Finding, ...] = ()
    prompt: str = ""

    @property
    def hunk(self) -> MarkedHunk:
        """The hunk."""
        return self.asked.hunk


@define
class Stopwatch:
    """How long something was on screen, by a clock that nobody sets."""

    clock: Callable[[], float] = time.monotonic
    _shown: float = 0.0
    _since: float | None = None

    def start(self) -> None:
        """It is on screen now."""
        self._since = self.clock() if self._since is None else self._since

    def stop(self) -> None:
        """It is not any more."""
        if self._since is not None:
            self._shown += self.clock() - self._since
            self._since = None

    @property
    def seconds(self) -> float:
        """How long it was, until now."""
        return self._shown + (self.clock() - self._since if self._since is not None else 0.0)


@define
class Session:
    """The hunks of one change as a person goes through them; ``written`` are the entries, each with its commit, or "" for none."""

    title: str
    items: Sequence[Item]
    pen: Pen
    written: list[tuple[str, Entry]] = field(factory=list, init=False)
    _standings: dict[str, Standing] = field(factory=dict, init=False)
    _watches: dict[str, Stopwatch] = field(factory=dict, init=False)

    def standing(self, item: Item) -> Standing:
        """Where a hunk stands now; what was decided about a text holds for its twin."""
        return self._standings.get(item.hunk.id[:64], item.asked.standing)

    def watch(self, item: Item) -> Stopwatch:
        """The watch that runs while a hunk is shown."""
        return self._watches.setdefault(item.hunk.id, Stopwatch())

    def decided(self, item: Item) -> bool:
        """Whether the person spoke of a hunk in this session."""
        return item.hunk.id[:64] in self._standings

    @property
    def settled(self) -> int:
        """How many hunks the person has spoken of, or need no word."""
        return sum(self.decided(item) or self.standing(item).passes for item in self.items)

    def following(self, at: int) -> int | None:
        """The next hunk behind ``at`` that waits for a word, around the end; None where none does."""
        items = self.items
        waiting = (
            one for one in self._behind(at) if not self.decided(items[one]) and not self.standing(items[one]).passes
        )
        return next(waiting, None)

    def found(self, words: str, at: int) -> int | None:
        """The next hunk behind ``at`` whose path or text holds some words, whatever their case; None where none does."""
        sought = words.lower()
        return next((one for one in self._behind(at) if _holds(self.items[one].hunk, sought)), None)

    def _behind(self, at: int) -> list[int]:
        return [*range(at + 1, len(self.items)), *range(min(at + 1, len(self.items)))]

    def decide(self, item: Item, opinion: Opinion) -> Standing:
        """Write an opinion, and say where its hunk stands with it. Raises what the pen raises."""
        entry = self.pen.write(item.hunk, opinion, self.watch(item).seconds)
        judging = self.pen.desk.judging
        judging.reviews.add([entry.line])
        self.written.append((item.asked.file.commit or "", entry))
        self._standings[item.hunk.id[:64]] = judging.standing(item.hunk, item.asked.author)
        return self.standing(item)


def last_day(text: str, today: date) -> date:
    """The day that ``2026-12-24`` or ``14d`` names. Raises UsageError for anything else."""
    text = text.strip()
    try:
        if text.endswith("d"):
            return today + timedelta(days=int(text[:-1]))
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        raise UsageError("a day such as 2026-12-24, or a number of days such as 14d, is needed") from None


def _holds(hunk: MarkedHunk, words: str) -> bool:
    return words in hunk.path.lower() or any(words in line.lower() for line in hunk.lines)
