"""What agents and editors report, kept as it comes: which files they are about to touch, and what these held before and after.

Appending is all that happens while an agent waits: no git, no comparison. Whoever asks for authors later reads the entries in order.
Texts are kept compressed and once each; the oldest entries go when the file has grown too large or they are too old. Order is the order
of arrival: a clock that jumps changes what is shown, and nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.display import escape
from countermark.errors import UsageError

from .database import Database
from .events import Entry, Event, valid_path
from .keeping import MOST_PATHS, append, text_of
from .model import Author, State
from .where import FOLDER, NAME

if TYPE_CHECKING:
    from countermark.git.repository import Repository

REPLAYED = "replayed"  # the fact that names the last event that was looked at

_UNBORN = "0" * 40  # stands for HEAD before the first commit, as in git


class Dirty(NamedTuple):
    """The files that differ from the commit at HEAD (``head``, "" where there is none yet), those without a commit included."""

    head: str
    paths: tuple[str, ...]


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
        objects = self.database.file.parent.parent / "objects"
        return self.database.write(lambda connection: append(connection, event, self.worktree, objects, contents))

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


def _dirty(tokens: Sequence[str]) -> Dirty:
    """See "Porcelain Format Version 2" in git-status(1); ``--no-renames`` keeps one name to a line."""
    head, paths = "", []
    for token in tokens:
        if token.startswith("# branch.oid "):
            head = token.removeprefix("# branch.oid ").replace("(initial)", _UNBORN)
        elif fields := {"1": 8, "u": 10, "?": 1}.get(token[:1]):
            paths.append(token.split(" ", fields)[-1])
    return Dirty(head, tuple(path for path in paths if valid_path(path))[:MOST_PATHS])


def _common(git_dir: Path) -> Path:
    """The folder that all worktrees of a repository share."""
    try:
        named = (git_dir / "commondir").read_text("utf-8", "surrogateescape").strip()
    except OSError:
        return git_dir
    return Path(os.path.normpath(git_dir / named))
