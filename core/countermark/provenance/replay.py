"""Read the journal in order, and work out who wrote each line of every version in it. Each entry is looked at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

from attrs import field, frozen

from countermark.content import Content
from countermark.diff import lines_of
from countermark.errors import CountermarkError

from .carry import carry_and_drop
from .events import Entry
from .journal import REPLAYED, Journal
from .keeping import object_name
from .model import NOBODY, Author, State
from .passages import REMOVED, Passage, Passages, insert, passages_of
from .versions import Version, Versions, settle, store

_AT_ONCE = 20  # events in one transaction: an agent that reports waits for no more
_MOST_VANISHED = 50
_ABSENT = Version((), ())

ReadBlob = Callable[[str], bytes | None]


@frozen
class Replay:
    """``read`` gives an object of git's by its name (``COMMIT:PATH``, or an id)."""

    journal: Journal
    common_dir: Path
    read: ReadBlob
    versions: Versions = field(init=False)
    passages: Passages = field(init=False)
    latest: dict[str, tuple[bytes, Version]] = field(init=False, factory=dict[str, tuple[bytes, Version]])

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "versions", Versions(self.journal.database))
        object.__setattr__(self, "passages", Passages(self.journal.database))

    def run(self) -> None:
        """Look at what came since last time. Raises PartFailed."""
        done = self._done()
        events = groupby(self.journal.entries(done), lambda entry: entry.event)
        while batch := [(event, list(group)) for event, group in islice(events, _AT_ONCE)]:
            self._keep(batch[-1][0], self._seen(batch))

    def _seen(self, batch: Sequence[tuple[int, Sequence[Entry]]]) -> Iterator[_Seen]:
        """One after the other: a version is told from the one before."""
        for _, entries in batch:
            gone = [entry.path for entry in entries if entry.sha is None]
            yield from (seen for entry in entries if (seen := self._look(entry, gone)) is not None)

    def _done(self) -> int:
        ask = "SELECT value FROM fact WHERE name = ?"
        row = self.journal.database.read(
            lambda connection: connection.execute(ask, (REPLAYED,)).fetchone(), absent=None
        )
        return int(row[0]) if row else 0

    def _keep(self, event: int, found: Iterable[_Seen]) -> None:
        def act(connection: sqlite3.Connection) -> None:
            for seen in found:
                store(connection, seen.path, seen.data, seen.authors)
                insert(connection, seen.passages)
            connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (REPLAYED, str(event)))

        self.journal.database.write(act)

    def _look(self, entry: Entry, gone: Sequence[str]) -> _Seen | None:
        if not entry.sha or self.versions.knows(entry.path, entry.sha):
            return None
        data = self.journal.content(entry.sha)
        if data is None:
            return None
        lines = lines_of(Content(data))
        base = self._base(entry, gone) if entry.kind == "after" else None
        seen = self._untold(entry, data, lines) if base is None else self._told(entry, data, lines, base)
        self.latest[entry.path] = (entry.sha, Version(lines, seen.authors))
        return seen

    def _untold(self, entry: Entry, data: bytes, lines: Sequence[str]) -> _Seen:
        """A version that came about unseen: what is not known from elsewhere is nobody's."""
        return _Seen(entry.path, data, self._settled(entry.path, data, lines).authors, ())

    def _told(self, entry: Entry, data: bytes, lines: Sequence[str], base: Version) -> _Seen:
        known, gone = carry_and_drop(base.lines, base.authors, lines)
        added = [at for at, author in enumerate(known) if author is None]
        came_back = self.passages.removed([entry.path], lines, added)
        new = {at: came_back.get(at) or entry.author for at in added}
        if entry.head and self._older(data, entry):  # git put it there, and no author of this event wrote it
            settled = self._settled(entry.path, data, lines).authors
            new = {at: settled[at] for at in added}
        elif added and entry.author.state is State.HUMAN:  # git may have put lines there since anybody last looked
            settled = self._settled(entry.path, data, lines).authors
            new = {at: new[at] if settled[at] == NOBODY else settled[at] for at in added}
        authors = [author or new[at] for at, author in enumerate(known)]
        written = {at: author for at, author in new.items() if author is entry.author}
        source = f"event {entry.event}"
        taken = {at: base.authors[at] for at in gone}  # known again where the same or another author puts it back
        passages = [
            *passages_of(source, entry.path, lines, written),
            *passages_of(REMOVED, entry.path, base.lines, taken),
        ]
        return _Seen(entry.path, data, authors, tuple(passages))

    def _base(self, entry: Entry, gone: Sequence[str]) -> Version | None:
        """What an author found; None where nobody saw it, and then nothing is this author's."""
        begun = self._begun(entry)
        if begun is None:
            return None
        before, head = begun
        if (version := self._seen_since(entry, entry.path, before)) is not None:
            return version
        return self._committed(entry, head, before, gone) if head else None

    def _seen_since(self, entry: Entry, path: str, begun: int) -> Version | None:
        """What a file was when it was last seen, between two events."""
        ask = (
            "SELECT s.sha FROM snapshot s JOIN event e ON e.id = s.event WHERE s.path = ? AND e.worktree = ?"
            " AND s.event >= ? AND s.event < ? ORDER BY s.event DESC LIMIT 1"
        )
        key = (path.encode("utf-8", "surrogateescape"), entry.worktree, begun, entry.event)
        row = self.journal.database.read(lambda connection: connection.execute(ask, key).fetchone(), absent=None)
        return self._version(path, row[0]) if row else None

    def _begun(self, entry: Entry) -> tuple[int, str] | None:
        """The event that said the author was about to act, and the commit at HEAD where that was all it knew."""
        key: tuple[str | bytes | int, ...]
        if entry.author.state is State.HUMAN:  # an editor reports what a person saved since anybody last looked
            ask = "SELECT max(event), '' FROM snapshot WHERE path = ? AND event < ?"
            key = entry.path.encode("utf-8", "surrogateescape"), entry.event
        elif entry.key:
            ask, key = "SELECT id, head FROM event WHERE key = ? AND kind = 'before'", (entry.key,)
        else:
            ask = "SELECT max(id), head FROM event WHERE session = ? AND kind = 'before' AND id < ?"
            key = entry.author.session, entry.event
        row = self.journal.database.read(lambda connection: connection.execute(ask, key).fetchone(), absent=None)
        return (row[0], row[1]) if row and row[0] else None

    def _version(self, path: str, sha: bytes | None) -> Version | None:
        if sha is None:
            return _ABSENT
        latest, version = self.latest.get(path, (b"", _ABSENT))
        if latest == sha:
            return version
        data, authors = self.journal.content(sha), self.versions.authors(path, sha)
        return None if data is None or authors is None else Version(lines_of(Content(data)), authors)

    def _committed(self, entry: Entry, head: str, begun: int, gone: Sequence[str]) -> Version:
        """What was there before an author who may touch anything touched a file that did not differ from HEAD.

        A file that was not there may have had the name of one that is gone.
        """
        heads = tuple(dict.fromkeys((head, entry.head)))
        found = self._at(heads, entry.path)
        for path in () if found else dict.fromkeys((*gone, *self._vanished(begun, entry.event))):
            seen = self._seen_since(entry, path, begun)
            found += [seen] if seen else self._at(heads, path)
        lines = [line for version in found for line in version.lines]
        return Version(lines, [author for version in found for author in version.authors])

    def _vanished(self, begun: int, ended: int) -> list[str]:
        """The files that were there when an author began and not at the end: git says nothing of an untracked one that went."""
        ask = (
            "SELECT path FROM snapshot WHERE event = ? AND sha IS NOT NULL"
            " EXCEPT SELECT path FROM snapshot WHERE event = ? LIMIT ?"
        )
        none: list[tuple[bytes]] = []
        key = (begun, ended, _MOST_VANISHED)
        rows = self.journal.database.read(lambda connection: connection.execute(ask, key).fetchall(), absent=none)
        return [path.decode("utf-8", "surrogateescape") for (path,) in rows]

    def _at(self, heads: Sequence[str], path: str) -> list[Version]:
        """A file as some commits have it."""
        texts = [data for head in heads if (data := self._blob(f"{head}:{path}")) is not None]
        return [self._settled(path, data, lines_of(Content(data))) for data in dict.fromkeys(texts)]

    def _settled(self, path: str, data: bytes, lines: Sequence[str]) -> Version:
        known = settle([path], lines, self.versions.near([path], lines, data), [self.passages])
        return Version(lines, [author or NOBODY for author in known])

    def _blob(self, name: str) -> bytes | None:
        try:
            return self.read(name)
        except CountermarkError:
            return None

    def _older(self, data: bytes, entry: Entry) -> bool:
        """Whether git has had this text since before the event: then git, and not an author, brought it here."""
        name = object_name(entry.head, data)
        loose = self.common_dir / "objects" / name[:2] / name[2:]
        return entry.older or (not loose.exists() and self._blob(name) is not None)


@frozen
class _Seen:
    path: str
    data: bytes
    authors: Sequence[Author]
    passages: Iterable[Passage]
