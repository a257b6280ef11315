"""Where a hunk stands: approved, waived, rejected, or nobody answers for it yet. Pure: entries and a policy in, a standing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from countermark.config.schema import Need, Signing
from countermark.provenance.model import MarkedHunk

from .entry import Decision, Entry, Face
from .policy import Policy
from .reviews import Reviews

if TYPE_CHECKING:
    from .owners import Group

_TWO = 2


class Answer(Enum):
    """What was decided about a hunk, all in all."""

    APPROVED = "approved"
    WAIVED = "waived"
    REJECTED = "rejected"
    MISSING = "missing"


class Standing(NamedTuple):
    """The answer, the entries that make it so, and what is missing or wrong in words; ``hasty`` are approvals that came too fast."""

    answer: Answer
    by: tuple[Entry, ...] = ()
    why: str = ""
    hasty: tuple[Entry, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether somebody answers for the hunk."""
        return self.answer in {Answer.APPROVED, Answer.WAIVED}


UNANSWERED = Standing(Answer.MISSING, why="nobody has answered for this hunk yet")


@frozen
class Judging:
    """How entries are counted. ``signature`` says why an entry's signature does not count, or None where it does."""

    policy: Policy
    reviews: Reviews
    today: date
    signature: Callable[[Entry], str | None]

    def standing(self, hunk: MarkedHunk, author: str) -> Standing:
        """Where a hunk stands that somebody with the address ``author`` commits."""
        found = self._standing(hunk, author)
        return self._standing(hunk, author) if not found.passes and self.reviews.learn(hunk) else found

    def _standing(self, hunk: MarkedHunk, author: str) -> Standing:
        settings = self.policy.settings
        if entries := self.reviews.of(hunk, formatted=settings.trusted_formatting):
            return self._counted(entries, hunk.path, author)
        pieces = self.reviews.pieces(hunk, lambda found: self._counted(found, hunk.path, author).passes)
        if not pieces:
            return UNANSWERED
        parts = [self._counted(found, hunk.path, author) for found in pieces]
        waived = any(part.answer is Answer.WAIVED for part in parts)
        return Standing(
            Answer.WAIVED if waived else Answer.APPROVED,
            tuple(dict.fromkeys(entry for part in parts for entry in part.by)),
            hasty=tuple(dict.fromkeys(entry for part in parts for entry in part.hasty)),
        )

    def _counted(self, entries: Sequence[Entry], path: str, author: str) -> Standing:
        """What the last word of each person comes to. A rejection needs no signature: when in doubt, the hunk waits."""
        why = {entry: self._fault(entry) for entry in entries}
        last: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda one: (one.at, one.number)):
            if why[entry] is None or entry.decision is Decision.REJECT:
                last[entry.mail.lower()] = entry
        if rejected := tuple(entry for entry in last.values() if entry.decision is Decision.REJECT):
            return Standing(Answer.REJECTED, rejected, _said(rejected[0]))
        given = tuple(last.values())
        if not given:
            return Standing(Answer.MISSING, why=next(filter(None, reversed(why.values())), ""))
        if missing := self._missing(given, path, author):
            return Standing(Answer.MISSING, given, missing)
        approved = all(entry.decision is Decision.APPROVE for entry in given)
        hasty = tuple(entry for entry in given if self.too_fast(entry))
        return Standing(Answer.APPROVED if approved else Answer.WAIVED, given, hasty=hasty)

    def too_fast(self, entry: Entry) -> bool:
        """Whether the hunk was on screen for less time than its lines ask for."""
        most = self.policy.settings.fastest_lines_per_minute
        return most is not None and entry.decision is Decision.APPROVE and entry.seconds * most < entry.lines * 60

    def _fault(self, entry: Entry) -> str | None:
        """Why an entry lets nothing pass, or None."""
        settings = self.policy.settings
        if entry.decision is Decision.WAIVE and (entry.expires is None or entry.expires < self.today):
            return "its waiver has expired"
        if entry.face is Face.EDITOR and not settings.editors:
            return "it was approved in an editor, and review.editors does not allow that"
        if settings.too_fast is Need.REVIEW and self.too_fast(entry):
            return (
                f"{entry.lines} lines were approved after {entry.seconds:.0f} s, which review.too-fast does not count"
            )
        if settings.signature is Signing.REQUIRED and (fault := self.signature(entry)):
            return f"the review by {entry.mail} does not count: {fault}"
        return None

    def _missing(self, given: Sequence[Entry], path: str, author: str) -> str:
        """Which of the people who have to review have not."""
        by = self.policy.by(path)
        mails = {entry.mail.lower() for entry in given}
        if "not-the-author" in by and not mails - {author.lower()}:
            return "it needs a review by somebody else than its author"
        if "two-people" in by and len(mails) < _TWO:
            return "it needs a review by two people and has one"
        groups = self.policy.groups(path) if "code-owner" in by else ()
        return next(filter(None, (self._missing_owner(group, mails) for group in groups)), "")

    def _missing_owner(self, group: Group, mails: set[str]) -> str:
        have = sum(bool(self.policy.names(mail) & group.owners) for mail in mails)
        if have >= group.needed:
            return ""
        section = f" of [{group.section}]" if group.section else ""
        count = "a code owner" if group.needed == 1 else f"{group.needed} code owners"
        return f"it needs a review by {count}{section}: {', '.join(sorted(group.owners)[:5])}"


def _said(entry: Entry) -> str:
    words = entry.comment or entry.reason
    return f"{entry.name} rejected it" + (f": {words}" if words else "")
