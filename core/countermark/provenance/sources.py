"""Where else there is evidence of who wrote lines that the journal does not know: notes, git-ai, signs of agents in commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, field

from countermark.change import FileChange
from countermark.changes.raw import FLAGS, parse
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .database import InMemory
from .lines import line_hash
from .model import Author, State
from .passages import Passages

if TYPE_CHECKING:  # imported once they are needed: most commits hold no line that is not known without them
    from .git_ai_log import WorkingLog
    from .notes import Note
    from .shelf import Shelf

Source = Callable[[list[int]], Mapping[int, Author]]  # the authors of those unknown lines that it knows


@define(eq=False)
class Sources:
    """What there is besides the journal; see Attributor for the fields."""

    repository: Repository
    objects: Objects
    commits: tuple[str, ...]
    suspects: bool
    ref: str
    _logs: dict[str, WorkingLog | None] = field(init=False, factory=dict)

    def renew(self) -> None:
        """Forget what others may have added to since."""
        self._logs.clear()

    def of(self, file: FileChange, lines: Sequence[str], commit: str | None) -> Iterator[Source]:
        """What may know of a file's lines, the surest first; none is looked into before it is asked."""
        from . import git_ai

        if commit:
            yield lambda unknown: _those(unknown, self._noted(file.path, lines, commit))
            if self._has_theirs:
                yield lambda unknown: _those(unknown, git_ai.noted(self.objects, commit, file.path))
        if not self.commits and (log := self._working_log(f"{commit}^" if commit else "HEAD")):
            yield lambda unknown: _those(unknown, log.authors(file.path, lines))
        if self.commits or commit:
            names = names_of(file) if commit else tuple(_all_names(file, self._renames))
            yield lambda unknown: self._from_notes.recall(names, lines, unknown)
        if self.suspects:
            yield lambda unknown: self._suspected(unknown, file.path, commit)

    def _noted(self, path: str, lines: Sequence[str], commit: str) -> dict[int, Author]:
        """What the note of the very commit says of lines that are still as the note has them."""
        return noted_authors(self.shelf.of([commit])[commit], path, lines)

    @cached_property
    def _has_theirs(self) -> bool:
        """Whether git-ai has noted anything here; asked once, since most repositories have none of its notes."""
        from .git_ai import has_notes

        return has_notes(self.repository)

    def _working_log(self, base: str) -> WorkingLog | None:
        """What git-ai knows of what was done on top of a commit."""
        if base not in self._logs:
            from .git_ai_log import WorkingLog

            self._logs[base] = WorkingLog.of(self.repository, base)
        return self._logs[base]

    @cached_property
    def _from_notes(self) -> Passages:
        """What the notes of the commits know, and those that were written last: a forge's squash has none of its own."""
        passages = Passages(InMemory())
        known = [*self.shelf.latest.items(), *self.shelf.own.items()]
        passages.add(hunk.passage(commit) for commit, note in known for hunk in note.hunks)
        return passages

    @cached_property
    def _renames(self) -> Mapping[str, Sequence[str]]:
        """The names that files had before, in the commits: a net change does not tell, and notes have the names of their time."""
        args = ("diff-tree", "--stdin", "-r", "--diff-filter=R", *FLAGS)
        said = self.repository.git(*args, input="".join(f"{commit}\n" for commit in self.commits).encode())
        found: dict[str, list[str]] = {}
        for raw in parse(said.split(b"\0")):
            if raw.old_path:
                found.setdefault(raw.path, []).append(raw.old_path)
        return found

    def _suspected(self, unknown: list[int], path: str, commit: str | None) -> dict[int, Author]:
        suspect = self._suspect(path, commit)
        return dict.fromkeys(unknown, suspect) if suspect else {}

    def _suspect(self, path: str, commit: str | None) -> Author | None:
        """Whom the commit, or one of the commits that touched the file, names as its author, where that is an agent."""
        if commit:
            asked = self._suspects if commit in self._known else self._marked([commit])
            return asked.get(commit, {}).get(path)
        return next((files[path] for files in self._suspects.values() if path in files), None)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.commits)

    @cached_property
    def _suspects(self) -> Mapping[str, Mapping[str, Author]]:
        return self._marked(self.commits)

    def _marked(self, commits: Sequence[str]) -> Mapping[str, Mapping[str, Author]]:
        from .suspicion import suspects

        notes = self.shelf.of(commits) if commits else {}
        agents = {commit for commit, note in notes.items() if any(one.author.state is State.AI for one in note.hunks)}
        return suspects(self.repository, commits, agents)

    @cached_property
    def shelf(self) -> Shelf:
        """The notes."""
        from .shelf import Shelf

        return Shelf(self.repository, self.objects, self.commits, self.ref)


def noted_authors(note: Note, path: str, lines: Sequence[str]) -> dict[int, Author]:
    """The authors of lines (by index) that a note of this very version names; a line that is another than it says is left out."""
    return {
        at: hunk.author
        for hunk in note.hunks
        if hunk.path == path
        for at, value in enumerate(hunk.lines, hunk.first - 1)
        if at < len(lines) and line_hash(lines[at]) == value
    }


def _those(wanted: Iterable[int], known: Mapping[int, Author]) -> dict[int, Author]:
    return {at: known[at] for at in wanted if at in known}


def _all_names(file: FileChange, renames: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names that a file has or had, as far as commits tell."""
    waiting, seen = list(names_of(file)), set[str]()
    while waiting:
        if (name := waiting.pop(0)) not in seen:
            seen.add(name)
            yield name
            waiting += renames.get(name, ())


def names_of(file: FileChange) -> tuple[str, ...]:
    """The names that a file has or had."""
    return (file.path, file.old_path) if file.old_path else (file.path,)
