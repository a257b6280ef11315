"""What agents and editors report, kept as it comes: which files they are about to touch, and what these held before and after.

Appending is all that happens while an agent waits: no git, no comparison. Whoever asks for authors later reads the entries in order.
Texts are kept compressed and once each; the oldest entries go when the file has grown too large or they are too old. Order is the order
of arrival: a clock that jumps changes what is shown, and nothing else.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha1, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from countermark.display import escape
from countermark.errors import UsageError

from .database import Database
from .model import Author, State
from .where import FOLDER, NAME

if TYPE_CHECKING:
    from countermark.git.repository import Repository

Kind = Literal["before", "after"]
REPLAYED = "replayed"  # the fact that names the last event that was looked at

MOST_BYTES = 2_000_000  # of one text; a larger one is noted as unknown
_MOST_PATHS = 1000  # of one event
_MOST_TEXT = 64_000_000  # bytes of compressed texts that are kept
_MOST_EVENTS = 20_000
_DAYS = 90
_AT_LEAST = 1000  # events that stay however old the clock says they are
_PRUNED_EACH = 64  # events
_PROMPT, _NAME = 2000, 200  # characters
_TWICE = 2.0  # seconds within which two reports of one result are one
_UNBORN = "0" * 40  # stands for HEAD before the first commit, as in git
_UNKNOWN = b""  # stands for a text that is too large or no text; None stands for a file that is not there


def valid_path(path: str) -> bool:
    """Whether a name stays inside the worktree and out of git's own folder: relative, plain, with ``/``."""
    parts = path.split("/")
    return (
        0 < len(path) <= 4096  # noqa: PLR2004 - the longest that Linux takes
        and "\0" not in path
        and "\\" not in (path if os.name == "nt" else "")
        and not any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts)
    )


class Event(NamedTuple):
    """One report. ``before`` says that the author is about to act, ``after`` that it has; ``key`` joins the two.

    ``paths`` are relative to the worktree. ``head`` is the commit at HEAD where nobody knows which files the author will touch: then
    ``paths`` are all that differed from it (see ``Journal.dirty_paths``). ``prompt`` is what the agent was asked. ``at`` is in seconds
    since 1970, 0 for now.
    """

    kind: Kind
    key: str
    author: Author
    paths: tuple[str, ...]
    prompt: str = ""
    at: float = 0.0
    head: str = ""


class Dirty(NamedTuple):
    """The files that differ from the commit at HEAD (``head``, "" where there is none yet), those without a commit included."""

    head: str
    paths: tuple[str, ...]


class Entry(NamedTuple):
    """One file of one event, in the order of arrival; ``sha`` names its text, None where the file was not there.

    ``older``: git had this very text before the author began, so it was git that put it there.
    """

    event: int
    kind: Kind
    key: str
    author: Author
    worktree: bytes
    head: str
    at: float
    path: str
    sha: bytes | None
    older: bool


class Journal(NamedTuple):
    """The journal of a repository, as one of its worktrees writes it."""

    worktree: Path
    database: Database

    @classmethod
    def of(cls, place: Repository | tuple[Path, Path]) -> Journal:
        """The journal of a repository, or of a worktree and its git dir, which no git process has to be asked for."""
        if isinstance(place, tuple):
            worktree, git_dir = place
            return cls(worktree, Database(_common(git_dir) / FOLDER / NAME))
        return cls(place.root, Database(place.common_dir / FOLDER / NAME))

    def append(self, event: Event, contents: Mapping[str, bytes | None]) -> bool:
        """Keep a report with what its files hold now (None: not there); whether it was news. Raises PartFailed.

        A second report of the same key and kind, or of the same result within two seconds, is dropped. Raises UsageError for a path
        that leaves the worktree.
        """
        if (outside := next((path for path in event.paths if not valid_path(path)), None)) is not None:
            raise UsageError(f"not a file inside the worktree: {escape(outside[:200])}")
        event = event if event.at else event._replace(at=time.time())
        texts = {path: _text(contents[path]) for path in event.paths[:_MOST_PATHS] if path in contents}
        objects = self.database.file.parent.parent / "objects"
        return self.database.write(lambda connection: _append(connection, event, self.worktree, objects, texts))

    def unread(self) -> int:
        """How many events nobody has drawn conclusions from yet (see replay.py)."""
        ask = "SELECT (SELECT max(id) FROM event), (SELECT value FROM fact WHERE name = ?)"
        row = self.database.read(lambda connection: connection.execute(ask, (REPLAYED,)).fetchone(), absent=None)
        return int(row[0] or 0) - int(row[1] or 0) if row else 0

    def entries(self, since: int = 0) -> Iterator[Entry]:
        """What came after an event, file by file."""
        none: list[Any] = []
        for row in self.database.read(
            lambda connection: connection.execute(_ENTRIES, (since,)).fetchall(), absent=none
        ):
            event, kind, key, worktree, head, at, state, agent, model, session, seconds, path, sha, older = row
            author = Author(State(state), agent, model, session, seconds)
            yield Entry(
                event, kind, key, author, worktree, head, at, path.decode("utf-8", "surrogateescape"), sha, bool(older)
            )

    def prompts(self, session: str) -> tuple[tuple[int, str], ...]:
        """What the agent of a session was asked, and when, the oldest first."""
        ask = "SELECT min(at), prompt FROM event WHERE session = ? AND prompt != '' GROUP BY prompt ORDER BY min(id)"
        none: list[Any] = []
        rows = self.database.read(lambda connection: connection.execute(ask, (session,)).fetchall(), absent=none)
        return tuple((int(at), prompt) for at, prompt in rows)

    def content(self, sha: bytes) -> bytes | None:
        """A text of an entry; None where it is unknown."""
        ask = "SELECT data, bytes FROM blob WHERE sha = ?"
        row = self.database.read(lambda connection: connection.execute(ask, (sha,)).fetchone(), absent=None)
        return text_of(*row) if row else None

    def dirty_paths(self, environ: Mapping[str, str] | None = None) -> Dirty:
        """What differs from HEAD, for an author who may touch anything, such as a shell: one `git status`. Raises PartFailed."""
        from countermark.git.process import git

        args = ("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames")
        said = git([*args, "--ignore-submodules=all"], cwd=self.worktree, environ=environ)
        return _dirty(said.decode("utf-8", "surrogateescape").split("\0"))


_ENTRIES = """
SELECT e.id, e.kind, e.key, e.worktree, e.head, e.at, e.state, e.agent, e.model, e.session, e.since, s.path, s.sha, s.older
FROM event e JOIN snapshot s ON s.event = e.id WHERE e.id > ? ORDER BY e.id, s.path
"""
_UNUSED = """
DELETE FROM blob WHERE sha NOT IN (SELECT sha FROM snapshot WHERE sha IS NOT NULL)
AND sha NOT IN (SELECT sha FROM version WHERE id > (SELECT max(id) FROM version) - 1000)
"""
_LAST = """
SELECT s.sha, e.at FROM snapshot s JOIN event e ON e.id = s.event
WHERE s.path = ? AND e.kind = 'after' AND e.worktree = ? ORDER BY s.event DESC LIMIT 1
"""


def keep_text(connection: sqlite3.Connection, data: bytes) -> bytes:
    """Keep a text within a transaction, and name it."""
    sha = sha256(data).digest()
    row = (sha, zlib.compress(data, 1), len(data))
    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", row)
    return sha


def text_of(data: bytes, size: int) -> bytes:
    """What ``keep_text`` kept: never more than was put in, whatever somebody wrote into the file."""
    return zlib.decompressobj().decompress(data, size or 1)


def _append(
    connection: sqlite3.Connection,
    event: Event,
    folder: Path,
    objects: Path,
    texts: Mapping[str, tuple[bytes | None, bytes]],
) -> bool:
    worktree = os.fsencode(folder)
    if (
        event.key
        and connection.execute("SELECT 1 FROM event WHERE key = ? AND kind = ?", (event.key, event.kind)).fetchone()
    ):
        return False
    news = {path: text for path, text in texts.items() if not _twice(connection, event, worktree, path, text[0])}
    if texts and not news:
        return False
    at = connection.execute(
        "INSERT INTO event (at, kind, key, worktree, head, state, agent, model, session, since, prompt)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.at, event.kind, event.key, worktree, event.head, event.author.state.value, *_names(event)),
    ).lastrowid
    begun = _begun(connection, event)
    for path, (sha, data) in news.items():
        if sha:
            keep_text(connection, data)
        older = bool(sha) and _older(objects, event, begun, data)
        connection.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (at, _bytes(path), sha, older))
    if at is not None and at % _PRUNED_EACH == 0:
        _prune(connection, event.at)
    return True


def _begun(connection: sqlite3.Connection, event: Event) -> float | None:
    """When an author who may touch anything began."""
    if not event.head or event.kind == "before":
        return None
    ask = "SELECT max(at) FROM event WHERE key = ? AND session = ? AND kind = 'before'"
    found = connection.execute(ask, (event.key, _plain(event.author.session, _NAME))).fetchone()
    return float(found[0]) if found[0] else None


def _older(objects: Path, event: Event, begun: float | None, data: bytes) -> bool:
    """Whether git wrote an object of this text before that. Only now can be told: staging the text makes the object look new."""
    if begun is None:
        return False
    name = object_name(event.head, data)
    try:
        return os.stat(objects / name[:2] / name[2:]).st_mtime < begun  # noqa: PTH116 - light
    except OSError:
        return False


def object_name(head: str, data: bytes) -> str:
    """The id that git gives to a text, in a repository with such ids of commits."""
    algorithm = sha256 if len(head) == 64 else sha1  # noqa: PLR2004 - digits
    return algorithm(b"blob %d\0" % len(data) + data).hexdigest()


def _names(event: Event) -> tuple[str, str, str, int, str]:
    author = event.author
    agent, model, session = (_plain(text, _NAME) for text in (author.agent, author.model, author.session))
    return agent, model, session, author.at or int(event.at), _plain(event.prompt, _PROMPT)


def _plain(text: str, most: int) -> str:
    return escape(text[:most])[:most]


def _twice(connection: sqlite3.Connection, event: Event, worktree: bytes, path: str, sha: bytes | None) -> bool:
    """Whether the same result of the same file was just reported, by another hook that the same agent started."""
    if event.kind == "before":
        return False
    last = connection.execute(_LAST, (_bytes(path), worktree)).fetchone()
    return last is not None and last[0] == sha and abs(event.at - last[1]) <= _TWICE


def _text(data: bytes | None) -> tuple[bytes | None, bytes]:
    """How a text is named, and its bytes."""
    if data is None:
        return None, b""
    if len(data) > MOST_BYTES or b"\0" in data[:8000]:
        return _UNKNOWN, b""
    return sha256(data).digest(), data


def _prune(connection: sqlite3.Connection, now: float) -> None:
    """Drop the oldest events: those that are too old, and a quarter when there is too much."""
    newest = connection.execute("SELECT max(id) FROM event").fetchone()[0]
    old = connection.execute("SELECT max(id) FROM event WHERE at < ?", (now - _DAYS * 86_400,)).fetchone()[0] or 0
    first = min(old + 1, newest - _AT_LEAST)
    size, count = connection.execute("SELECT (SELECT sum(length(data)) FROM blob), count(*) FROM event").fetchone()
    if (size or 0) > _MOST_TEXT or count > _MOST_EVENTS:
        oldest = connection.execute("SELECT min(id) FROM event").fetchone()[0]
        first = max(first, oldest + (newest - oldest) // 4 + 1)
    connection.execute("DELETE FROM event WHERE id < ?", (first,))
    connection.execute("DELETE FROM snapshot WHERE event < ?", (first,))
    connection.execute(_UNUSED)


def _dirty(tokens: Sequence[str]) -> Dirty:
    """See "Porcelain Format Version 2" in git-status(1); ``--no-renames`` keeps one name to a line."""
    head, paths = "", []
    for token in tokens:
        if token.startswith("# branch.oid "):
            head = token.removeprefix("# branch.oid ").replace("(initial)", _UNBORN)
        elif fields := {"1": 8, "u": 10, "?": 1}.get(token[:1]):
            paths.append(token.split(" ", fields)[-1])
    return Dirty(head, tuple(path for path in paths if valid_path(path))[:_MOST_PATHS])


def _common(git_dir: Path) -> Path:
    """The folder that all worktrees of a repository share."""
    try:
        named = (git_dir / "commondir").read_text("utf-8", "surrogateescape").strip()
    except OSError:
        return git_dir
    return Path(os.path.normpath(git_dir / named))


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
