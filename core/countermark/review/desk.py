"""Everything that judges reviews in one repository, put together: policy, owners, ledger, notes, signers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from attrs import define, field, frozen

from countermark.change import FileChange
from countermark.changes.ignore import matcher
from countermark.config.schema import Gate, Limits, Reviewer, Reviewing
from countermark.errors import CountermarkError, PartFailed, UsageError
from countermark.git.repository import Repository
from countermark.provenance.model import MarkedHunk, Stretch
from countermark.snapshot import Snapshot
from countermark.verdict import Failure, Judged

from .gate import Asked, Doorkeeper
from .ledger import Ledger
from .policy import Policy
from .reviews import Reviews, noted_lines
from .standing import Judging

if TYPE_CHECKING:
    from countermark.provenance.notes import Note

    from .owners import Owners
    from .signing import Signers

PART = "review"


class Attribution(Protocol):
    """Tells who wrote which lines."""

    def stretches(self, file: FileChange, *, commit: str | None = None) -> tuple[Stretch, ...]:
        """The authors of a file's lines after a change; ``commit`` names the commit that made it, where there is one."""
        ...


@frozen
class Desk:
    """What is needed to say where a hunk stands. ``signers`` may be named for CI, where git knows of none."""

    repository: Repository
    judging: Judging

    @classmethod
    def of(
        cls,
        repository: Repository,
        settings: Reviewing,
        snapshot: Snapshot,
        today: date,
        *,
        signers: Path | None = None,
        notes: Iterable[Note] = (),
        more: Callable[[MarkedHunk], Iterable[Note]] = lambda _: (),
    ) -> Desk:
        """The desk of a repository; CODEOWNERS is read from ``snapshot``. Raises PartFailed for a broken ledger.

        ``notes`` are those of the commits that are looked at; ``more`` gives others, for a hunk that nobody has answered for yet.
        """

        @cache
        def whose() -> Signers:
            from .signing import Signers

            return Signers.of(repository, signers)

        if signers is not None:
            whose()  # a fault in the name is told at once
        reviews = Reviews([*Ledger.of(repository).lines(), *noted_lines(notes)], lambda hunk: noted_lines(more(hunk)))
        policy = Policy(settings, _owners(settings, snapshot))
        return cls(repository, Judging(policy, reviews, today, lambda entry: whose().fault(entry)))

    def doorkeeper(self, here: Gate, author: str) -> Doorkeeper:
        """A new one, for the files of one change."""
        return Doorkeeper(self.judging, here, author)


@define
class Watch:
    """Looks at one change, or at commits, and remembers every hunk that was asked about, answered for or not."""

    desk: Desk
    attribution: Attribution
    here: Gate
    author: str = ""
    excluded: Callable[[str], bool] = field(factory=lambda: matcher(()))
    asked: list[Asked] = field(factory=list, init=False)
    _keeper: Doorkeeper | None = field(default=None, init=False)

    def file(self, file: FileChange) -> Iterator[Judged | Failure]:
        """What is to be said of one file of the change."""
        self._keeper = self._keeper or self.desk.doorkeeper(self.here, self.author)
        yield from self._look(self._keeper, file, None)

    def commits(self, revisions: tuple[str, ...], limits: Limits) -> Iterator[Judged | Failure]:
        """What is to be said of each commit, by its difference from its parent."""
        from .commits import committed

        if not self.desk.judging.policy.settings.gate:
            return
        try:
            for one in committed(self.desk.repository, revisions, limits):
                keeper = self.desk.doorkeeper(self.here, one.author)
                yield from (Failure(PART, path, why) for path, why in one.unread if not self.excluded(path))
                for file in one.files:
                    yield from self._look(keeper, file, one.commit)
        except CountermarkError as fault:
            yield Failure(PART, None, str(fault))

    def _look(self, keeper: Doorkeeper, file: FileChange, commit: str | None) -> Iterator[Judged | Failure]:
        if keeper.open or file.after.is_binary or self.excluded(file.path):
            return
        try:
            found = tuple(keeper.asked(file, self.attribution.stretches(file, commit=commit)))
        except PartFailed as fault:
            yield Failure(PART, file.path, str(fault))
            return
        self.asked += found
        for asked in found:
            yield from keeper.judged(asked)


def staged_author(repository: Repository, settings: Reviewing) -> str:
    """The address of whoever the next commit will name as its author; empty where git does not know, or nobody asks."""
    return mail_of(repository, "GIT_AUTHOR_IDENT")[1] if _asks(settings, "not-the-author") else ""


def reviewer(repository: Repository) -> tuple[str, str]:
    """The name and address of the person at the keyboard, as git knows them. Raises UsageError where git does not."""
    name, mail = mail_of(repository, "GIT_COMMITTER_IDENT")
    if not mail:
        raise UsageError(
            "git does not know who you are, so nobody could be named as the reviewer: "
            "`git config user.name NAME` and `git config user.email ADDRESS`"
        )
    return name, mail


def mail_of(repository: Repository, variable: str) -> tuple[str, str]:
    """Name and address of one of git's identities; empty where it has none."""
    try:
        said = repository.git("var", variable).decode("utf-8", "replace")
    except PartFailed:
        return "", ""
    name, _, rest = said.partition("<")
    return name.strip(), rest.partition(">")[0].strip()


def _owners(settings: Reviewing, snapshot: Snapshot) -> Owners | None:
    if not _asks(settings, "code-owner"):
        return None
    from .owners import find

    return find(snapshot)


def _asks(settings: Reviewing, reviewer: Reviewer) -> bool:
    return any(reviewer in by for by in (settings.by, *(entry.by for entry in settings.paths)))
