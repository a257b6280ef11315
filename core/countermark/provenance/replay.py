"""Read the journal in order, and work out who wrote each line of every version in it. Each entry is looked at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from attrs import field, frozen

from countermark.content import Content
from countermark.diff import lines_of
from countermark.errors import CountermarkError

from .carry import carry
from .journal import MOST_BYTES, Entry, Journal, object_name
from .model import NOBODY, Author, State
from .passages import REMOVED, Passage, Passages, insert, passages_of
from .versions import Version, Versions, settle, store

_DONE = "replayed"  # the last event that was looked at
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

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "versions", Versions(self.journal.database))
        object.__setattr__(self, "passages", Passages(self.journal.database))

    def run(self) -> None:
        """Look at what came since last time. Raises PartFailed."""
        done = self._done()
        for event, group in groupby(self.journal.entries(done), lambda entry: entry.event):
            entries = list(group)
            gone = [entry.path for entry in entries if entry.sha is None]
            found = [self._look(entry, gone) for entry in entries]
            done = self._keep(event, done, [one for one in found if one is not None])

    def _done(self) -> int:
        ask = "SELECT value FROM fact WHERE name = ?"
        row = self.journal.database.read(lambda connection: connection.execute(ask, (_DONE,)).fetchone(), absent=None)
        return int(row[0]) if row else 0

    def _keep(self, event: int, done: int, found: Sequence[_Seen]) -> int:
        def act(connection: sqlite3.Connection) -> None:
            for seen in found:
                store(connection, seen.path, seen.data, seen.authors)
                insert(connection, seen.passages)
            connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (_DONE, str(event)))

        self.journal.database.write(act)
        return max(event, done)

    def _look(self, entry: Entry, gone: Sequence[str]) -> _Seen | None:
        data = self.journal.content(entry.sha) if entry.sha else None
        if data is None or entry.sha is None or self.versions.authors(entry.path, entry.sha) is not None:
            return None
        lines = lines_of(Content(data))
        base = self._base(entry, gone) if entry.kind == "after" else None
        if base is None:
            return self._untold(entry, data, lines)
        return self._told(entry, data, lines, base)

    def _untold(self, entry: Entry, data: bytes, lines: Sequence[str]) -> _Seen:
        """A version that came about unseen: what is not known from elsewhere is nobody's."""
        known = settle([entry.path], lines, self.versions.near([entry.path], lines, data), [self.passages])
        return _Seen(entry.path, data, [author or NOBODY for author in known], ())

    def _told(self, entry: Entry, data: bytes, lines: Sequence[str], base: Version) -> _Seen:
        known = carry(base.lines, base.authors, lines)
        added = [at for at, author in enumerate(known) if author is None]
        came_back = self.passages.removed([entry.path], lines, added)
        new = {at: came_back.get(at) or entry.author for at in added}
        if entry.head and self._older(data, entry):  # git put it there, and no author of this event wrote it
            settled = settle([entry.path], lines, self.versions.near([entry.path], lines, data), [self.passages])
            new = {at: settled[at] or NOBODY for at in added}
        authors = [author or new[at] for at, author in enumerate(known)]
        written = {at: author for at, author in new.items() if author is entry.author}
        source = f"event {entry.event}"
        passages = [*passages_of(source, entry.path, lines, written), *_taken(entry.path, base, lines)]
        return _Seen(entry.path, data, authors, tuple(passages))

    def _base(self, entry: Entry, gone: Sequence[str]) -> Version | None:
        """What an author found; None where nobody saw it, and then nothing is this author's."""
        begun = self._begun(entry)
        if begun is None:
            return None
        before, head = begun
        ask = (
            "SELECT s.sha FROM snapshot s JOIN event e ON e.id = s.event WHERE s.path = ? AND e.worktree = ?"
            " AND s.event >= ? AND s.event < ? ORDER BY s.event DESC LIMIT 1"
        )
        key = (entry.path.encode("utf-8", "surrogateescape"), entry.worktree, before, entry.event)
        row = self.journal.database.read(lambda connection: connection.execute(ask, key).fetchone(), absent=None)
        if row:
            return self._version(entry.path, row[0])
        return self._committed(entry, head, gone) if head else None

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
        data, authors = self.journal.content(sha), self.versions.authors(path, sha)
        return None if data is None or authors is None else Version(lines_of(Content(data)), authors)

    def _committed(self, entry: Entry, head: str, gone: Sequence[str]) -> Version:
        """What was there before an author who may touch anything touched a file that did not differ from HEAD.

        A file that was not there may have had the name of one that is gone.
        """
        heads = tuple(dict.fromkeys((head, entry.head)))
        texts = self._texts(heads, [entry.path]) or self._texts(heads, gone)
        lines = [line for data in texts for line in lines_of(Content(data))]
        whole = b"".join(texts)
        names = [entry.path, *gone]
        known = settle(names, lines, self.versions.near(names, lines, whole), [self.passages])
        return Version(lines, [author or NOBODY for author in known])

    def _texts(self, heads: Sequence[str], paths: Sequence[str]) -> list[bytes]:
        texts = (self._blob(f"{head}:{path}") for head in heads for path in paths)
        return [data for data in texts if data is not None]

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


def _taken(path: str, base: Version, lines: Sequence[str]) -> Iterable[Passage]:
    """What an author took away, to be known again where the same or another one puts it back."""
    left = carry(lines, [NOBODY] * len(lines), base.lines)
    gone = {at: author for at, (author, keeps) in enumerate(zip(base.authors, left, strict=True)) if keeps is None}
    return passages_of(REMOVED, path, base.lines, gone)


def read_at_most(read: Callable[..., bytes | None]) -> ReadBlob:
    """A reader of git's objects that holds no text that the journal would not."""
    return lambda name: read(name, at_most=MOST_BYTES)
