"""Passages: neighbouring lines that somebody wrote, known by the hashes of their lines, and found again wherever they turn up.

This is what carries authorship across whatever git does to commits: nothing asks which operation it was. A lone common line proves
nothing; a run of lines counts, in the same file a shorter one than elsewhere, and what is left in doubt stays untracked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from .database import Database
from .lines import from_hex, hashes, line_hash, weight
from .model import Author, State

_HERE, _ELSEWHERE = (
    12,
    60,
)  # letters and digits that a run of lines needs in the file that the passage is from, and in others
_LINES_ELSEWHERE = 2
_MOST_PLACES = 24  # passages of one line: more, and the line is a common one
_MOST_PASSAGES = 20_000
_ASKED = 500  # hashes at once
_NOTE = "note "
REMOVED = "removed"  # the source of lines that were taken away, and may come back elsewhere


class Passage(NamedTuple):
    """Lines of one author. ``around`` are the hashes of the nearest lines before and after, which belong to others; 0 for none."""

    source: str
    path: str
    author: Author
    lines: tuple[int, ...]
    around: tuple[int, int] = (0, 0)

    @property
    def whole(self) -> tuple[int, ...]:
        """The hashes of the lines with those around."""
        return (self.around[0], *self.lines, self.around[1])


class _Run(NamedTuple):
    """A run of lines that a passage has too: ``at`` in the file, ``of`` in the passage with its surroundings."""

    weight: int
    number: int
    at: int
    of: int
    length: int
    passage: Passage


@frozen
class Passages:
    """The passages in a database."""

    database: Database

    def add(self, passages: Iterable[Passage]) -> None:
        """Remember passages; those that are known already stay as they are. Raises PartFailed."""
        if news := list(passages):
            self.database.write(lambda connection: insert(connection, news))

    def recall(self, names: Sequence[str], lines: Sequence[str], unknown: Iterable[int]) -> dict[int, Author]:
        """The authors of those of the unknown lines (by index) that are known from somewhere.

        ``names`` are those that the file has or had: there a run of lines may be shorter than elsewhere.
        """
        wanted = {at for at in unknown if weight(lines[at])}
        if not wanted:
            return {}
        return self.database.read(lambda connection: _recall(connection, names, lines, wanted), absent={})

    def removed(self, names: Sequence[str], lines: Sequence[str], unknown: Iterable[int]) -> dict[int, Author]:
        """The same, of lines that were taken away not long ago."""
        wanted = {at for at in unknown if weight(lines[at])}
        ask = lambda connection: _recall(connection, names, lines, wanted, removed=True)  # noqa: E731 - as above
        return self.database.read(ask, absent={}) if wanted else {}

    def commits(self, lines: Sequence[str]) -> list[str]:
        """The commits whose notes have any of these lines, the latest first; lines that could be anybody's are not looked up."""
        asked = list(dict.fromkeys(line_hash(line) for line in lines if weight(line)))[:_ASKED]
        ask = (
            "SELECT DISTINCT p.source FROM line JOIN passage p ON p.id = passage "  # noqa: S608 - question marks alone
            f"WHERE hash IN ({','.join('?' * len(asked))}) AND p.source LIKE '{_NOTE}%' ORDER BY p.id DESC LIMIT {_MOST_PLACES}"
        )
        none: list[tuple[str]] = []
        rows = self.database.read(lambda connection: connection.execute(ask, asked).fetchall(), absent=none)
        return [source.removeprefix(_NOTE) for (source,) in rows]


def of_note(commit: str) -> str:
    """The source of passages that the note of a commit tells of."""
    return _NOTE + commit


def insert(connection: sqlite3.Connection, passages: Iterable[Passage]) -> None:
    """Add passages within a transaction."""
    number = 0
    for passage in passages:
        told = [value for value in dict.fromkeys(passage.lines) if value]
        whole = b"".join(value.to_bytes(4, "big") for value in passage.whole)
        row = (passage.source, passage.path.encode("utf-8", "surrogateescape"), author_text(passage.author), whole)
        made = connection.execute(
            "INSERT OR IGNORE INTO passage (source, path, author, lines) VALUES (?, ?, ?, ?)", row
        )
        if made.rowcount == 1 and made.lastrowid:
            number = made.lastrowid
            connection.executemany("INSERT OR IGNORE INTO line VALUES (?, ?)", ((value, number) for value in told))
    if number % 64 == 0 and number > _MOST_PASSAGES:
        connection.execute("DELETE FROM line WHERE passage < ?", (number - _MOST_PASSAGES,))
        connection.execute("DELETE FROM passage WHERE id < ?", (number - _MOST_PASSAGES,))


def author_text(author: Author) -> str:
    """An author as one value of the database."""
    import json

    return json.dumps([author.state.value, *author[1:]])


def author_of(text: str) -> Author:
    """What ``author_text`` wrote."""
    import json

    state, *rest = json.loads(text)
    return Author(State(state), *rest)


def _recall(
    connection: sqlite3.Connection,
    names: Sequence[str],
    lines: Sequence[str],
    wanted: set[int],
    *,
    removed: bool = False,
) -> dict[int, Author]:
    places = _places(connection, (line_hash(lines[at]) for at in wanted), removed=removed)
    if not places:
        return {}
    values, weights = hashes(lines), [weight(line) for line in lines]
    runs = set(_runs(connection, values, weights, wanted, places))
    found: dict[int, Author] = {}
    for run in sorted(
        _enough(runs, names, weights), key=lambda run: (run.passage.path in names, run[:3]), reverse=True
    ):
        for at, of in zip(range(run.at, run.at + run.length), range(run.of, run.of + run.length), strict=True):
            if 0 < of <= len(run.passage.lines):
                found.setdefault(at, run.passage.author)
    return found


def _runs(
    connection: sqlite3.Connection,
    values: Sequence[int],
    weights: Sequence[int],
    wanted: set[int],
    places: Mapping[int, Sequence[int]],
) -> Iterator[_Run]:
    """Every run of lines that a passage has too; ``places`` are the passages that have a line."""
    reached: dict[tuple[int, int], int] = {}  # per passage and diagonal, up to where it was followed
    known: dict[int, Passage] = {}
    for at in sorted(wanted):
        for number in places.get(values[at], ()):
            passage = known.get(number) or known.setdefault(number, _passage(connection, number))
            for of, value in enumerate(passage.whole):
                key = (number, at - of)
                if value == values[at] and reached.get(key, -1) < at and 0 < of <= len(passage.lines):
                    start, length = _follow(passage.whole, values, at, of)
                    reached[key] = start + length - 1
                    score = sum(weights[start : start + length])
                    yield _Run(score, number, start, of - at + start, length, passage)


def _follow(whole: Sequence[int], values: Sequence[int], at: int, of: int) -> tuple[int, int]:
    """The longest run around a line that is the same: where it starts, and its length."""
    first = 0
    while at - first > 0 and of - first > 0 and values[at - first - 1] == whole[of - first - 1]:
        first += 1
    last = 0
    while at + last + 1 < len(values) and of + last + 1 < len(whole) and values[at + last + 1] == whole[of + last + 1]:
        last += 1
    return at - first, first + last + 1


def _enough(runs: Iterable[_Run], names: Sequence[str], weights: Sequence[int]) -> list[_Run]:
    """The runs that say enough: in a file that shares much with this one, as much as in this one."""
    shared: dict[str, set[int]] = {}
    for run in runs:
        telling = (at for at in range(run.at, run.at + run.length) if weights[at])
        shared.setdefault(run.passage.path, set()).update(telling)
    akin = {
        name
        for name, lines in shared.items()
        if name in names or (len(lines) >= _LINES_ELSEWHERE and sum(weights[at] for at in lines) >= _ELSEWHERE)
    }
    return [run for run in runs if run.passage.path in akin and run.weight >= _HERE]


def _places(connection: sqlite3.Connection, values: Iterable[int], *, removed: bool) -> dict[int, list[int]]:
    """The latest passages that have each hash."""
    places: dict[int, list[int]] = {}
    asked = list(dict.fromkeys(values))
    for start in range(0, len(asked), _ASKED):
        batch = asked[start : start + _ASKED]
        marks = ",".join("?" * len(batch))
        ask = (
            "SELECT hash, passage FROM line JOIN passage p ON p.id = passage "  # noqa: S608 - question marks, and a word of ours
            f"WHERE hash IN ({marks}) AND p.source {'=' if removed else '!='} ? ORDER BY passage DESC"
        )
        for value, number in connection.execute(ask, (*batch, REMOVED)):
            if len(known := places.setdefault(value, [])) < _MOST_PLACES:
                known.append(number)
    return places


def _passage(connection: sqlite3.Connection, number: int) -> Passage:
    source, path, author, whole = connection.execute(
        "SELECT source, path, author, lines FROM passage WHERE id = ?", (number,)
    ).fetchone()
    before, *lines, after = from_hex(whole.hex())
    return Passage(source, path.decode("utf-8", "surrogateescape"), author_of(author), tuple(lines), (before, after))


def passages_of(source: str, path: str, lines: Sequence[str], authors: Mapping[int, Author]) -> Iterator[Passage]:
    """The runs of lines (by index) of one author each, as passages."""
    run: list[int] = []
    for at in [*sorted(authors), -1]:
        if run and (at != run[-1] + 1 or authors[at] != authors[run[-1]]):
            values = hashes(lines[run[0] : run[-1] + 1])
            if any(values):
                near = (
                    line_hash(lines[beside]) if 0 <= beside < len(lines) else 0 for beside in (run[0] - 1, run[-1] + 1)
                )
                before, after = near
                yield Passage(source, path, authors[run[0]], values, (before, after))
            run = []
        run.append(at)
