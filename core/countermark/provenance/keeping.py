"""How an event and its texts get into the tables of the journal, and how the oldest go again. All of it within one transaction."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Mapping
from hashlib import sha1, sha256
from pathlib import Path

from countermark.display import escape

from .events import MOST_BYTES, Event

MOST_PATHS = 1000  # of one event
_MOST_TEXT = 64_000_000  # bytes of compressed texts that are kept
_MOST_EVENTS = 20_000
_DAYS = 90
_AT_LEAST = 1000  # events that stay however old the clock says they are
_PRUNED_EACH = 64  # events
_PROMPT, _NAME = 2000, 200  # characters
_TWICE = 2.0  # seconds within which two reports of one result are one
_UNKNOWN = b""  # stands for a text that is too large or no text; None stands for a file that is not there

_UNUSED = """
DELETE FROM blob WHERE sha NOT IN (SELECT sha FROM snapshot WHERE sha IS NOT NULL)
AND sha NOT IN (SELECT sha FROM version WHERE id > (SELECT max(id) FROM version) - 1000)
"""
_LAST = """
SELECT s.sha, e.at FROM snapshot s JOIN event e ON e.id = s.event
WHERE s.path = ? AND e.kind = 'after' AND e.worktree = ? ORDER BY s.event DESC LIMIT 1
"""


def append(
    connection: sqlite3.Connection, event: Event, folder: Path, objects: Path, contents: Mapping[str, bytes | None]
) -> bool:
    """Keep an event of the worktree ``folder`` and what its files hold; whether it was news. ``objects`` is git's folder of them."""
    worktree = os.fsencode(folder)
    texts = {path: _text(contents[path]) for path in event.paths[:MOST_PATHS] if path in contents}
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
        connection.execute(
            "INSERT INTO snapshot VALUES (?, ?, ?, ?)", (at, path.encode("utf-8", "surrogateescape"), sha, older)
        )
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
    last = connection.execute(_LAST, (path.encode("utf-8", "surrogateescape"), worktree)).fetchone()
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


def keep_text(connection: sqlite3.Connection, data: bytes) -> bytes:
    """Keep a text within a transaction, and name it."""
    sha = sha256(data).digest()
    row = (sha, zlib.compress(data, 1), len(data))
    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", row)
    return sha


def text_of(data: bytes, size: int) -> bytes:
    """What ``keep_text`` kept: never more than was put in, whatever somebody wrote into the file."""
    return zlib.decompressobj().decompress(data, size or 1)
