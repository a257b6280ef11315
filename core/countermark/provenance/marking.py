"""Say by hand, or by another tool's record, who wrote some lines of a file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from countermark.change import FileChange
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.diff import lines_of
from countermark.errors import UsageError
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .attribute import Attributor
from .blame import Origin, origins_of, worktree_content
from .hunks import digest
from .journal import Journal
from .model import Author, MarkedHunk
from .notes import Note, NotedHunk, write_notes
from .passages import insert, passages_of
from .versions import store


def mark(repository: Repository, path: str, authors: Mapping[int, Author], limits: Limits) -> None:
    """Say who wrote lines (by index) of a file of the worktree: of this version, and in the notes of the commits that brought them.

    Raises UsageError for lines that the file does not have.
    """
    content = worktree_content(repository, path, limits)
    lines = lines_of(content)
    if outside := [at + 1 for at in authors if not 0 <= at < len(lines)]:
        raise UsageError(f"{path} has {len(lines)} lines, and no line {outside[0]}")
    told = {at: author._replace(at=author.at or int(time.time())) for at, author in authors.items()}
    with Objects(repository) as objects, Attributor.of(repository) as attributor:
        head = objects.read(f"HEAD:{path}", at_most=limits.file_bytes)
        file = FileChange(path, content, before=None if head is None else Content(head))
        known = [one.author for one in attributor.stretches(file) for _ in range(one.first, one.last + 1)]
        for at, author in told.items():
            known[at] = author
        passages = list(passages_of("mark", path, lines, told))
        database = Journal.of(repository).database
        database.write(lambda connection: store(connection, path, content.data, known, anew=True))
        database.write(lambda connection: insert(connection, passages))
        database.close()
        origins = {at: origin for at, origin in origins_of(repository, path).items() if at in told} if head else {}
        write_notes(repository, _notes(objects, origins, told, limits), lambda old, new: old.joined(new))


def _notes(
    objects: Objects, origins: Mapping[int, Origin], authors: Mapping[int, Author], limits: Limits
) -> dict[str, Note]:
    """What is to be noted of the commits that brought the lines."""
    places: dict[tuple[str, str], list[tuple[int, Author]]] = {}
    for at, origin in origins.items():
        places.setdefault((origin.commit, origin.path), []).append((origin.line, authors[at]))
    notes: dict[str, Note] = {}
    for (commit, path), numbers in places.items():
        data = objects.read(f"{commit}:{path}", at_most=limits.file_bytes)
        lines = lines_of(Content(data or b""))
        hunks = tuple(NotedHunk.of(hunk, lines) for hunk in _hunks(path, lines, numbers))
        notes[commit] = notes.get(commit, Note()).joined(Note(hunks))
    return notes


def _hunks(path: str, lines: Sequence[str], numbers: Iterable[tuple[int, Author]]) -> Iterable[MarkedHunk]:
    placed = sorted((number, author) for number, author in numbers if number <= len(lines))
    for _, group in groupby(enumerate(placed), lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        run = [number for _, (number, _) in group]
        text = tuple(lines[run[0] - 1 : run[-1]])
        if name := digest(text):
            yield MarkedHunk(name, path, run[0], run[-1], dict(placed)[run[0]], text)
