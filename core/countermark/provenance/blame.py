"""Who wrote the lines of a file or of commits, and who has answered for them: what `blame`, `show` and `stats` tell."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from attrs import field, frozen

from countermark.change import FileChange
from countermark.changes.range import commits as changes_of
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.diff import lines_of
from countermark.errors import UsageError
from countermark.git.objects import Objects
from countermark.git.process import run
from countermark.git.repository import Repository
from countermark.git.revisions import ends
from countermark.git.worktree import NotRegular, Worktree

from .attribute import Attributor
from .hunks import marked_hunks
from .lines import line_hash
from .model import NOBODY, Author
from .notes import Note, Review, read_notes
from .record import commit_changes

_ORIGIN = re.compile(rb"([0-9a-f]{40}|[0-9a-f]{64}) (\d+) (\d+)(?: \d+)?")
_DIGITS = 64  # of a hunk's text in its id
_NO_ONE = re.compile(r"0+")

Reviews = Callable[[str], Review | None]  # the last review of a hunk, by its id


@frozen
class Range:
    """Neighbouring lines of one author; ``hunk`` is the id of the hunk that they are, where it is known."""

    start: int
    end: int
    author: Author
    hunk: str | None = None
    review: Review | None = None

    @property
    def answered(self) -> bool:
        """Whether somebody answers for these lines; whoever rejects them does not."""
        return self.review is not None and self.review.get("decision") != "reject"

    def as_value(self) -> dict[str, Any]:
        """The range as JSON has it."""
        author = self.author
        return {
            "start": self.start,
            "end": self.end,
            "state": author.state.value,
            "agent": author.agent or None,
            "model": author.model or None,
            "session": author.session or None,
            "hunk": self.hunk,
            "review": None if self.review is None else dict(self.review),
        }


@frozen
class Blamed:
    """A file, the ranges that were asked about, and its lines."""

    path: str
    ranges: tuple[Range, ...]
    lines: Sequence[str] = field(repr=False)

    def as_value(self) -> dict[str, Any]:
        """The file as JSON has it."""
        return {"path": self.path, "ranges": [one.as_value() for one in self.ranges]}


@frozen
class Origin:
    """Where a line of a file comes from: a commit, the file's name there, and the line's number there."""

    commit: str
    path: str
    line: int


def blame_file(repository: Repository, path: str, limits: Limits, own: Sequence[Review] = ()) -> Blamed:
    """Every line of a file of the worktree; ``own`` are reviews of this clone. Raises UsageError for a file that cannot be read."""
    content = worktree_content(repository, path, limits)
    lines = lines_of(content)
    with Objects(repository) as objects, Attributor.of(repository) as attributor:
        head = objects.read(f"HEAD:{path}", at_most=limits.file_bytes)
        file = FileChange(path, content, before=None if head is None else Content(head))
        stretches = attributor.stretches(file)
        authors = [one.author for one in stretches for _ in range(one.first, one.last + 1)]
        hunks: dict[int, str] = {
            at: hunk.id for hunk in marked_hunks(file, stretches) for at in range(hunk.first - 1, hunk.last)
        }
        origins = {} if head is None else origins_of(repository, path)
        notes = dict(read_notes(repository, {one.commit for one in origins.values()}, objects))
    for at, (author, name) in _noted(notes, origins, lines).items():
        authors[at] = author if authors[at] == NOBODY else authors[at]
        hunks.setdefault(at, name)
    return Blamed(path, tuple(_ranges(range(len(lines)), authors, hunks, reviews_in(notes, own))), lines)


def blame_range(repository: Repository, spec: str, limits: Limits, own: Sequence[Review] = ()) -> list[Blamed]:
    """The lines that a range of commits adds; see blame_file for ``own``."""
    base, tip = ends(repository, spec)
    made = repository.git("rev-list", tip, f"^{base}").decode().split()
    with Attributor.of(repository, made) as attributor:
        seen: Counter[str] = Counter()
        known = reviews_in(attributor.notes, own)
        found = [
            _added(attributor, file, known, seen)
            for file in changes_of(repository, spec, limits).entries
            if isinstance(file, FileChange) and file.commit is None
        ]
    return [one for one in found if one.ranges]


def blame_commits(
    repository: Repository, commits: Sequence[str], own: Sequence[Review] = ()
) -> Iterator[tuple[str, list[Blamed]]]:
    """The lines that each of some commits adds; see blame_file for ``own``."""
    with Attributor.of(repository, commits) as attributor:
        known = reviews_in(attributor.notes, own)
        for commit, files in commit_changes(repository, commits):
            seen: Counter[str] = Counter()
            yield commit, [found for file in files if (found := _added(attributor, file, known, seen)).ranges]


def worktree_content(repository: Repository, path: str, limits: Limits) -> Content:
    """A file of the worktree. Raises UsageError for one that cannot be read as text."""
    try:
        content = Content(Worktree(repository.root).read(path, at_most=limits.file_bytes))
    except NotRegular as fault:
        raise UsageError(f"{path}: {fault}") from None
    if content.is_binary:
        raise UsageError(f"{path}: it is binary, so it has no lines")
    return content


def origins_of(repository: Repository, path: str) -> dict[int, Origin]:
    """Where each line (by index) of a file of the worktree comes from, without those that no commit has."""
    args = ("blame", "--porcelain", "--contents", path, "--", path)
    done = run(args, cwd=repository.root, environ=repository.environ)
    origins: dict[int, Origin] = {}
    names: dict[str, str] = {}
    commit, old, new = "", 0, 0
    for line in done.stdout.split(b"\n"):
        if line.startswith(b"\t"):
            if not _NO_ONE.fullmatch(commit):
                origins[new - 1] = Origin(commit, names.get(commit, path), old)
        elif line.startswith(b"filename "):
            names[commit] = os.fsdecode(line.removeprefix(b"filename "))
        elif found := _ORIGIN.fullmatch(line):
            commit, old, new = found[1].decode(), int(found[2]), int(found[3])
    return origins


def reviews_in(notes: Mapping[str, Note], own: Sequence[Review] = ()) -> Reviews:
    """What the notes of commits, and reviews of one's own, say of a hunk: the last review of its text."""
    reviews = [*own, *(review for note in notes.values() for review in note.reviews)]
    known = {str(review.get("hunk"))[:_DIGITS]: review for review in sorted(reviews, key=_at)}
    return lambda hunk: known.get(hunk[:_DIGITS])


def _noted(
    notes: Mapping[str, Note], origins: Mapping[int, Origin], lines: Sequence[str]
) -> dict[int, tuple[Author, str]]:
    """What the notes of the commits that brought them say of lines, with the id of the hunk; only of those that are still the same."""
    known = {
        (commit, hunk.path, number): (hunk.author, hunk.id, value)
        for commit, note in notes.items()
        for hunk in note.hunks
        for number, value in enumerate(hunk.lines, hunk.first)
    }
    found: dict[int, tuple[Author, str]] = {}
    for at, origin in origins.items():
        told = known.get((origin.commit, origin.path, origin.line))
        if told and at < len(lines) and told[2] == line_hash(lines[at]):
            found[at] = told[:2]
    return found


def _added(attributor: Attributor, file: FileChange, reviews: Reviews, seen: Counter[str]) -> Blamed:
    stretches = attributor.stretches(file)
    authors = [one.author for one in stretches for _ in range(one.first, one.last + 1)]
    marked = list(marked_hunks(file, stretches, seen))
    hunks = {at: hunk.id for hunk in marked for at in range(hunk.first - 1, hunk.last)}
    return Blamed(file.path, tuple(_ranges(sorted(hunks), authors, hunks, reviews)), lines_of(file.after))


def _ranges(
    lines: Sequence[int], authors: Sequence[Author], hunks: Mapping[int, str], reviews: Reviews
) -> Iterator[Range]:
    for (_, author, hunk), group in groupby(
        enumerate(lines), lambda pair: (pair[1] - pair[0], authors[pair[1]], hunks.get(pair[1]))
    ):
        run = [at for _, at in group]
        yield Range(run[0] + 1, run[-1] + 1, author, hunk, reviews(hunk) if hunk else None)


def _at(review: Review) -> int:
    at = review.get("at")
    return at if isinstance(at, int) else 0
