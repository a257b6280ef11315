"""The SQLite file that keeps what is known of authorship: one for a repository and all its worktrees, in the folder git shares.

Many processes write at once (agents' hooks, git's hooks, an editor) and any may be killed at any moment: SQLite's write-ahead log makes
each transaction whole or absent. A file that is damaged nonetheless is put aside, and the next begins empty: what was lost is then
untracked, never guessed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from countermark.display import escape
from countermark.errors import PartFailed

from .where import NAME

_PATIENCE = 5.0  # seconds that a writer waits for another; every transaction is a matter of milliseconds
_VERSION = 1
_T = TypeVar("_T")

_SCHEMA = """
CREATE TABLE blob (sha BLOB PRIMARY KEY, data BLOB NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, worktree BLOB NOT NULL,
    head TEXT NOT NULL, state TEXT NOT NULL, agent TEXT NOT NULL, model TEXT NOT NULL, session TEXT NOT NULL,
    since INTEGER NOT NULL, prompt TEXT NOT NULL
);
CREATE UNIQUE INDEX event_key ON event (key, kind) WHERE key != '';
CREATE INDEX event_session ON event (session, kind);
CREATE TABLE snapshot (
    event INTEGER NOT NULL, path BLOB NOT NULL, sha BLOB, older INTEGER NOT NULL, PRIMARY KEY (event, path)
) WITHOUT ROWID;
CREATE INDEX snapshot_path ON snapshot (path, event);
CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB NOT NULL, sha BLOB NOT NULL, authors TEXT NOT NULL, UNIQUE (path, sha)
);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, path BLOB NOT NULL, author TEXT NOT NULL, lines BLOB NOT NULL,
    UNIQUE (source, path, author, lines)
);
CREATE TABLE line (hash INTEGER NOT NULL, passage INTEGER NOT NULL, PRIMARY KEY (hash, passage)) WITHOUT ROWID;
CREATE INDEX line_passage ON line (passage);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Database:
    """A connection that is opened when it is first used. ``file`` need not exist."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection: sqlite3.Connection | None = None

    def write(self, act: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do something in one transaction; once more, on an empty file, where the file turns out to be damaged. Raises PartFailed."""
        try:
            return self._transaction(act)
        except sqlite3.DatabaseError as fault:
            if not _damaged(fault):
                raise self._failed(fault) from None
        self._put_aside()
        try:
            return self._transaction(act)
        except sqlite3.Error as fault:
            raise self._failed(fault) from None

    def read(self, act: Callable[[sqlite3.Connection], _T], *, absent: _T) -> _T:
        """Ask something; ``absent`` where there is no file, or one that is damaged."""
        if self._connection is None and not self.file.exists():
            return absent
        try:
            return act(self._opened())
        except sqlite3.DatabaseError as fault:
            if _damaged(fault):
                return absent
            raise self._failed(fault) from None

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _transaction(self, act: Callable[[sqlite3.Connection], _T]) -> _T:
        connection = self._opened()
        with _immediately(connection):
            return act(connection)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _open(self.file)
        return self._connection

    def _put_aside(self) -> None:
        """Keep one damaged copy for who wants to look; the log goes with it, else SQLite would mend the new file from it."""
        self.close()
        with suppress(OSError):
            self.file.replace(self.file.with_name(NAME + ".damaged"))
        for more in ("-wal", "-shm"):
            with suppress(OSError):
                self.file.with_name(NAME + more).unlink()

    def _failed(self, fault: sqlite3.Error) -> PartFailed:
        return PartFailed(f"{escape(str(self.file))}: {escape(str(fault))}")


class InMemory(Database):
    """A database that lasts as long as the object."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.executescript(_SCHEMA)


def _open(file: Path) -> sqlite3.Connection:
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        # Texts of files are for their owner alone; SQLite gives its log the mode of the file.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError as fault:
        raise PartFailed(f"{escape(str(file))} cannot be opened: {fault.strerror}") from None
    connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=NORMAL")
        if _version(connection) != _VERSION:
            _create(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    with _immediately(connection):
        found = _version(connection)  # another process may have come first
        if found > _VERSION:
            raise PartFailed(f"{escape(str(file))} was written by a newer Countermark; upgrade this one")
        if found == 0:
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={_VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _immediately(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that takes the write lock at once, so that it waits its turn rather than fail midway."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _damaged(fault: sqlite3.DatabaseError) -> bool:
    return getattr(fault, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or (
        "no such table" in str(fault)
    )
