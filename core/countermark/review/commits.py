"""What each commit of a range changed, against its parent: what a gate looks at that nobody can go past with --no-verify."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from countermark.change import FileChange
from countermark.changes.raw import REGULAR, Raw
from countermark.changes.versions import versions
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.diff import diff
from countermark.errors import PartFailed
from countermark.git.objects import Blob, Objects, TooLarge
from countermark.git.repository import Repository


@frozen
class Committed:
    """The files of one commit, and the address of its author. ``unread`` are those that could not be looked at, with the reason."""

    commit: str
    author: str
    files: tuple[FileChange, ...]
    unread: tuple[tuple[str, str], ...] = ()


def committed(repository: Repository, revisions: Sequence[str], limits: Limits) -> Iterator[Committed]:
    """The commits that revisions name, parents before children; of a merge only what none of its parents has."""
    authors = _authors(repository, revisions)
    raws = (raw for raw in versions(repository, ("--ignore-missing", *revisions)) if raw.regular and raw.commit)
    with Objects(repository) as objects:
        wanted = ((raw, _wanted(raw)) for raw in raws)
        found = objects.fetch(wanted, at_most=limits.file_bytes)
        for commit, group in groupby(found, key=lambda pair: pair[0].commit or ""):
            files: list[FileChange] = []
            unread: list[tuple[str, str]] = []
            for raw, blobs in group:
                made = _file(raw, blobs)
                if isinstance(made, FileChange):
                    files.append(made)
                elif made:
                    unread.append((raw.path, made))
            yield Committed(commit, authors.get(commit, ""), tuple(files), tuple(unread))


def _authors(repository: Repository, revisions: Sequence[str]) -> dict[str, str]:
    """Each commit's author as the commit itself says: a .mailmap comes with the change that is looked at."""
    listed = repository.git("rev-list", "--ignore-missing", "--format=%H %ae", *revisions, "--")
    pairs = (os.fsdecode(line).partition(" ") for line in listed.split(b"\n") if not line.startswith(b"commit "))
    return {commit: mail for commit, _, mail in pairs}


def _wanted(raw: Raw) -> Sequence[bytes]:
    if raw.others:
        return (raw.oid, *(oid for oid in (raw.old_oid, *raw.others) if oid.strip(b"0")))
    return (raw.oid, raw.old_oid) if raw.old_mode in REGULAR else (raw.oid,)


def _file(raw: Raw, blobs: Sequence[Blob]) -> FileChange | str:
    """The file, empty text for one that holds no lines, or why it cannot be looked at."""
    after, *earlier = blobs
    if isinstance(after, TooLarge | PartFailed):
        return str(after)
    if after is None:
        return "its content is not in this repository: a partial or a damaged clone"
    content = Content(after)
    if content.is_binary:
        return ""
    parents = [Content(blob) for blob in earlier if isinstance(blob, bytes)]
    before = _inherited(content, parents) if len(parents) > 1 else next(iter(parents), None)
    return FileChange(raw.path, content, before=before, old_path=raw.old_path, commit=raw.commit)


def _inherited(content: Content, parents: Sequence[Content]) -> Content:
    """What a merge took over from any of its parents: its text without the lines that none of them has."""
    new = set.intersection(*(_added(parent, content) for parent in parents))
    starts = (*content.line_starts, len(content.text))
    kept = (content.text[starts[line] : starts[line + 1]] for line in range(len(starts) - 1) if line not in new)
    return Content.of_text("".join(kept))


def _added(before: Content, after: Content) -> set[int]:
    """The lines, counted from 0, that are not in the version before."""
    spans = [hunk.after for hunk in diff(before, after) if hunk.after.start < hunk.after.end]
    return {line for span in spans for line in range(after.line_at(span.start), after.line_at(span.end - 1) + 1)}
