"""The versions of files whose every line is known, and how others are worked out from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from attrs import frozen

from countermark.content import Content
from countermark.diff import lines_of

from .carry import Known, carry
from .database import Database
from .events import MOST_BYTES
from .keeping import keep_text, text_of
from .lines import squeezed, weight
from .model import Author, State
from .passages import Passages

_NEAR = 8  # versions of a file that are looked at for the nearest
_FEW = 3  # a file with fewer may have had another name
_ALIKE = 40  # the latest versions that such a file is compared to
_BASES = 3  # of them that lines are carried from
_SURE = 12  # letters and digits of a run of lines that a second version has
_MOST_VERSIONS = 5000


class Version(NamedTuple):
    """The lines of a file and the author of each."""

    lines: Sequence[str]
    authors: Sequence[Author]


@frozen
class Versions:
    """The known versions in a database, by path and the hash of their text."""

    database: Database

    def authors(self, path: str, sha: bytes) -> list[Author] | None:
        """Who wrote each line of a version, where that is known."""
        ask = "SELECT authors FROM version WHERE path = ? AND sha = ?"
        row = self.database.read(lambda connection: connection.execute(ask, (_key(path), sha)).fetchone(), absent=None)
        return _authors_of(row[0]) if row else None

    def knows(self, path: str, sha: bytes) -> bool:
        """Whether a version is known."""
        ask = "SELECT 1 FROM version WHERE path = ? AND sha = ?"
        row = self.database.read(lambda connection: connection.execute(ask, (_key(path), sha)).fetchone(), absent=None)
        return row is not None

    def near(self, paths: Sequence[str], lines: Sequence[str], data: bytes) -> list[Version]:
        """The versions of a file (under any of its names) that have most in common with its lines, the nearest first."""
        recent = [version for path in paths for version in self._recent(path)]
        if len(recent) < _FEW:
            recent += self._alike(paths, lines, data)
        if not recent:
            return []
        wanted = set(lines)
        shared = [len(wanted & set(version.lines)) - abs(len(version.lines) - len(lines)) / 1000 for version in recent]
        ranked = sorted(range(len(recent)), key=lambda at: (-shared[at], at))
        return [recent[at] for at in ranked[:_BASES]]

    def _alike(self, paths: Sequence[str], lines: Sequence[str], data: bytes) -> list[Version]:
        """The versions of other files that have half of these lines or more: the file may have had another name."""
        ask = (
            "SELECT b.data, b.bytes, v.authors FROM version v JOIN blob b ON b.sha = v.sha"  # noqa: S608 - question marks alone
            f" WHERE b.bytes BETWEEN ? AND ? AND v.path NOT IN ({','.join('?' * len(paths))}) ORDER BY v.id DESC LIMIT ?"
        )
        key = (len(data) // 2, len(data) * 2, *map(_key, paths), _ALIKE)
        if not (found := self._found(ask, key)):
            return []
        wanted = {squeezed(line) for line in lines if weight(line)}
        shared = [len(wanted & {squeezed(line) for line in version.lines}) for version in found]
        ranked = sorted(range(len(found)), key=lambda at: (-shared[at], at))
        return [found[at] for at in ranked[:1] if wanted and shared[at] * 2 >= len(wanted)]

    def _recent(self, path: str) -> list[Version]:
        ask = (
            "SELECT b.data, b.bytes, v.authors FROM version v JOIN blob b ON b.sha = v.sha"
            " WHERE v.path = ? ORDER BY v.id DESC LIMIT ?"
        )
        return self._found(ask, (_key(path), _NEAR))

    def _found(self, ask: str, key: tuple[object, ...]) -> list[Version]:
        none: list[tuple[bytes, int, str]] = []
        rows = self.database.read(lambda connection: connection.execute(ask, key).fetchall(), absent=none)
        return [Version(lines_of(Content(text_of(data, size))), _authors_of(authors)) for data, size, authors in rows]


def store(
    connection: sqlite3.Connection, path: str, data: bytes, authors: Sequence[Author], *, anew: bool = False
) -> None:
    """Keep a version, within a transaction; one that is known already stays as it is, unless it is told ``anew``."""
    if len(data) > MOST_BYTES:
        return
    sha = keep_text(connection, data)
    row = (_key(path), sha, authors_text(authors))
    if anew:
        connection.execute("DELETE FROM version WHERE path = ? AND sha = ?", row[:2])
    number = connection.execute("INSERT OR IGNORE INTO version (path, sha, authors) VALUES (?, ?, ?)", row).lastrowid
    if number and number % 64 == 0:
        connection.execute("DELETE FROM version WHERE id < ?", (number - _MOST_VERSIONS,))


def settle(
    names: Sequence[str],
    lines: Sequence[str],
    bases: Sequence[Version],
    passages: Sequence[Passages],
    wanted: Collection[int] | None = None,
) -> Known:
    """The authors of lines as far as other versions and passages tell; None where nothing does.

    ``names`` are those that the file has or had. ``wanted`` are the lines (by index) that passages are asked about; without it all are.
    """
    known: Known = [None] * len(lines)
    for number, base in enumerate(bases):
        if None not in known:
            break
        carried = carry(base.lines, base.authors, lines)
        sure = set(range(len(lines))) if number == 0 else _sure(carried, lines)
        known = [carried[at] if author is None and at in sure else author for at, author in enumerate(known)]
    for memory in passages:
        unknown = [at for at, author in enumerate(known) if author is None and (wanted is None or at in wanted)]
        for at, author in memory.recall(names, lines, unknown).items():
            if known[at] is None:
                known[at] = author
    return known


def sha_of(data: bytes) -> bytes:
    """How a text is named in the journal."""
    return sha256(data).digest()


def _sure(carried: Known, lines: Sequence[str]) -> set[int]:
    """The lines of those runs that say enough: a second version may share a brace with this one by chance."""
    sure: set[int] = set()
    for has, group in groupby(range(len(lines)), lambda at: carried[at] is not None):
        run = list(group)
        if has and sum(weight(lines[at]) for at in run) >= _SURE:
            sure.update(run)
    return sure


def authors_text(authors: Sequence[Author]) -> str:
    """Authors line by line as one value of the database: who there is, and runs of lines."""
    table = list(dict.fromkeys(authors))
    numbers = {author: at for at, author in enumerate(table)}
    runs = [(numbers[author], len(list(group))) for author, group in groupby(authors)]
    return json.dumps([[[author.state.value, *author[1:]] for author in table], runs])


def _authors_of(text: str) -> list[Author]:
    table, runs = json.loads(text)
    authors = [Author(State(state), *rest) for state, *rest in table]
    return [authors[number] for number, count in runs for _ in range(count)]


def _key(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
