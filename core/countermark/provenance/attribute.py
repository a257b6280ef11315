"""Who wrote each line of a change, as far as there is evidence: this machine's journal, notes of commits, signs of agents in them.

What is known of a version is looked up by its text. Any other version takes over what nearby versions of the file know of its lines,
then what passages know that were written anywhere; what is left belongs to nobody. The cost grows with the change, not with history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Self

from attrs import define, field

from countermark.change import FileChange
from countermark.diff import lines_of
from countermark.git.objects import Objects, TooLarge
from countermark.git.repository import Repository

from .events import MOST_BYTES
from .hunks import marked_hunks
from .journal import Journal
from .model import NOBODY, Author, MarkedHunk, State, Stretch
from .passages import Passages
from .sources import Sources, names_of
from .versions import Versions, settle, sha_of, store
from .where import NOTES

if TYPE_CHECKING:  # what a commit whose lines this machine knows does without
    from .notes import Note, NotedHunk

_TOLD = frozenset({State.AI, State.HUMAN, State.SUSPECTED})


@define(eq=False)
class Attributor:
    """Tells who wrote the lines of files; a context manager. ``commits`` are those whose notes may be about them.

    ``suspects`` says whether the marks that agents leave on commits count.
    """

    repository: Repository
    commits: tuple[str, ...] = ()
    suspects: bool = True
    ref: str = NOTES
    _journal: Journal = field(init=False)
    _objects: Objects = field(init=False)
    _sources: Sources = field(init=False)
    _has_journal: bool = field(init=False, default=False)
    _told: set[str] = field(init=False, factory=set[str])

    def __attrs_post_init__(self) -> None:
        self._journal = Journal.of(self.repository)
        self._objects = Objects(self.repository)
        self._sources = Sources(self.repository, self._objects, self.commits, self.suspects, self.ref)

    @classmethod
    def of(
        cls, repository: Repository, commits: Iterable[str] = (), *, suspects: bool = True, ref: str = NOTES
    ) -> Self:
        """An attributor for changes of a repository: of the index or a buffer, or of ``commits``, which a range or a push brings.

        ``ref`` is where the notes are: the commit that holds them, where a push brings them along.
        """
        return cls(repository, tuple(commits), suspects, ref)

    def __enter__(self) -> Self:
        self._sources.renew()
        self._has_journal = self._journal.database.file.exists()
        if self._has_journal and self._journal.unread() > 0:
            from .replay import Replay

            Replay(self._journal, self.repository.common_dir, self._blob).run()
        return self

    def __exit__(self, *_: object) -> None:
        self._objects.close()
        self._journal.database.close()

    def stretches(self, file: FileChange, *, commit: str | None = None) -> tuple[Stretch, ...]:
        """Who wrote each line of ``file.after``; ``commit`` is the one that made the change, if one did (else ``file.commit``).

        Lines that the change did not touch may stay untracked although an older note knows them; ``blame`` asks for those.
        """
        lines = lines_of(file.after)
        return tuple(_stretches(self._authors(file, lines, commit or file.commit)))

    def remember(
        self, file: FileChange, stretches: Sequence[Stretch], source: str, seen: Counter[str]
    ) -> tuple[NotedHunk, ...]:
        """Keep what is known of a version that was committed, so that later ones can be told from it; gives what a note says of it.

        ``seen`` counts the hunks that came before in the same commit.
        """
        from .notes import NotedHunk

        lines = lines_of(file.after)
        authors = [one.author for one in stretches for _ in range(one.first, one.last + 1)]
        noted = tuple(
            NotedHunk.of(hunk, lines) for hunk in marked_hunks(file, stretches, seen) if hunk.author.state in _TOLD
        )
        if noted or self._journal.database.file.exists():
            self._journal.database.write(lambda connection: store(connection, file.path, file.after.data, authors))
            self._has_journal = True
            Passages(self._journal.database).add(hunk.passage(source) for hunk in noted)
        return noted

    @property
    def notes(self) -> Mapping[str, Note]:
        """The notes of the commits."""
        return self._sources.shelf.own

    def notes_about(self, hunk: MarkedHunk) -> Iterator[Note]:
        """Other notes that may say what people decided about a hunk, each once: the latest, and those that have lines of it."""
        shelf, told = self._sources.shelf, self._told.union(self.commits)
        named = [name for name in self._local.commits(hunk.lines) if name not in told]
        for commit, note in {**shelf.of(named), **({} if self._told else shelf.latest)}.items():
            self._told.add(commit)
            yield note

    def _authors(self, file: FileChange, lines: Sequence[str], commit: str | None) -> list[Author]:
        exact = self._versions.authors(file.path, sha_of(file.after.data)) if self._has_journal else None
        touched = _touched(file)
        known: list[Author | None] = [None] * len(lines)
        if exact is not None and len(exact) == len(lines):
            known = [None if one == NOBODY and at in touched else one for at, one in enumerate(exact)]
        elif self._has_journal:
            names = names_of(file)
            known = settle(names, lines, self._versions.near(names, lines, file.after.data), [self._local], touched)
        for source in self._sources.of(file, lines, commit):
            if not (unknown := [at for at in touched if known[at] is None]):
                break
            for at, author in source(unknown).items():
                known[at] = known[at] or author
        return [author or NOBODY for author in known]

    @cached_property
    def _versions(self) -> Versions:
        return Versions(self._journal.database)

    @cached_property
    def _local(self) -> Passages:
        return Passages(self._journal.database)

    def _blob(self, name: str) -> bytes | None:
        try:
            return self._objects.read(name, at_most=MOST_BYTES)
        except TooLarge:
            return None


def _touched(file: FileChange) -> frozenset[int]:
    """The lines, by index, that the change added."""
    return frozenset(
        at
        for hunk in file.hunks
        if hunk.after.start < hunk.after.end
        for at in range(file.after.line_at(hunk.after.start), file.after.line_at(hunk.after.end - 1) + 1)
    )


def _stretches(authors: Sequence[Author]) -> Iterator[Stretch]:
    at = 0
    for author, group in groupby(authors):
        count = len(list(group))
        yield Stretch(at + 1, at + count, author)
        at += count
