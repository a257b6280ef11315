"""Agents and people at work in a real repository, for tests of who wrote what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.config.schema import Limits
from countermark.git.repository import Repository as Found
from countermark.git.repository import discover
from countermark.provenance.attribute import Attributor
from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
from countermark.provenance.record import note_commits
from tests.support import Repository

AGENT = Author(State.AI, "robot", "robot-1", "session-1", 1)
PERSON = Author(State.HUMAN, session="editor", at=1)


def found(repository: Repository, path: Path | None = None) -> Found:
    """The repository as our code sees it."""
    at = discover(path or repository.path, repository.env)
    assert at is not None
    return at


class Actors:
    """Who works in a repository; ``write`` lines are joined with LF."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.journal = Journal.of(found(repository))
        self._calls = 0

    def agent(self, path: str, *lines: str, author: Author = AGENT) -> None:
        """An agent writes a file with a tool that names it."""
        self._calls += 1
        self._report("before", author, path)
        self.person(path, *lines)
        self._report("after", author, path)

    def person(self, path: str, *lines: str) -> None:
        """A person writes a file, and nobody reports it."""
        self.repository.write(path, "".join(f"{line}\n" for line in lines))

    def editor(self, path: str, *lines: str) -> None:
        """A person writes a file in an editor that reports it."""
        self._calls += 1
        self.person(path, *lines)
        self._report("after", PERSON, path)

    def shell(self, kind: str) -> None:
        """What the hook of a shell tool reports, ``before`` and ``after``."""
        dirty = self.journal.dirty_paths(self.repository.env)
        self._calls += kind == "before"
        event = Event(
            "before" if kind == "before" else "after", f"call-{self._calls}", AGENT, dirty.paths, head=dirty.head
        )
        self.journal.append(event, {path: self._data(path) for path in dirty.paths})

    def commit(self, *, note: bool = True) -> str:
        """Commit everything, and note who wrote it."""
        self.repository.stage().commit()
        commit = self.repository.git("rev-parse", "HEAD").stdout.strip()
        if note:
            note_commits(found(self.repository), [commit])
        return commit

    def staged(self) -> dict[str, str]:
        """A letter for each staged line of each file: a(i), h(uman), s(uspected), u(ntracked), or - for one that is not new."""
        repository = found(self.repository)
        with Attributor.of(repository) as attributor:
            return {
                file.path: letters(file, attributor)
                for file in staged(repository, Limits()).entries
                if isinstance(file, FileChange)
            }

    def _report(self, kind: str, author: Author, path: str) -> None:
        event = Event("before" if kind == "before" else "after", f"call-{self._calls}", author, (path,))
        self.journal.append(event, {path: self._data(path)})

    def _data(self, path: str) -> bytes | None:
        file = self.repository.path / path
        return file.read_bytes() if file.exists() else None


def letters(file: FileChange, attributor: Attributor, commit: str | None = None) -> str:
    """A letter for each line; see ``Actors.staged``."""
    said = "".join(
        one.author.state.value[0] * (one.last - one.first + 1) for one in attributor.stretches(file, commit=commit)
    )
    new = {
        at
        for hunk in file.hunks
        for at in range(file.after.line_at(hunk.after.start), file.after.line_at(max(hunk.after.end - 1, 0)) + 1)
        if hunk.after.start < hunk.after.end
    }
    return "".join(letter if at in new else "-" for at, letter in enumerate(said))


def numbered(word: str, count: int) -> Sequence[str]:
    """Lines that are like no others."""
    return [f"{word}_{number} = compute({word}, {number})" for number in range(count)]
