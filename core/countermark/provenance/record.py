"""Note on commits who wrote their lines, when they are made and when git makes them anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from countermark.change import FileChange
from countermark.changes.raw import REGULAR, Raw
from countermark.changes.versions import versions
from countermark.content import Content
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .attribute import Attributor
from .events import MOST_BYTES
from .notes import Note, NotedHunk, Review, read_notes, write_notes

_AT_ONCE = 500  # commits named to one git process
Reviews = Callable[[str, Sequence[NotedHunk]], Sequence[Review]]


def commit_changes(repository: Repository, commits: Sequence[str]) -> Iterator[tuple[str, list[FileChange]]]:
    """What each commit changed; a merge only in files that differ from all its parents."""
    for start in range(0, len(commits), _AT_ONCE):
        raws = versions(repository, ("--no-walk=unsorted", *commits[start : start + _AT_ONCE]))
        with Objects(repository) as objects:
            for commit, group in groupby(_changes(raws, objects), lambda file: file.commit or ""):
                yield commit, list(group)


def note_commits(
    repository: Repository,
    commits: Sequence[str],
    replaced: Mapping[str, Sequence[str]] | None = None,
    reviews: Reviews = lambda _commit, _hunks: (),
) -> None:
    """Write the notes of commits. ``replaced`` names those that each one stands for since git rewrote them: their reviews go on.

    ``reviews`` gives what else is to be noted of a commit with these hunks. Raises PartFailed.
    """
    old = replaced or {}
    before = dict(read_notes(repository, {name for names in old.values() for name in names}))
    notes: dict[str, Note] = {}
    with Attributor.of(repository, before, suspects=False) as attributor:
        for commit, files in commit_changes(repository, commits):
            seen: Counter[str] = Counter()
            hunks = [
                hunk
                for file in files
                for hunk in attributor.remember(file, attributor.stretches(file, commit=commit), commit, seen)
            ]
            kept = [review for name in old.get(commit, ()) if name in before for review in before[name].reviews]
            notes[commit] = Note(tuple(hunks), (*kept, *reviews(commit, hunks)))
    write_notes(repository, notes, _renewed)


def _renewed(old: Note, new: Note) -> Note:
    """What is known now, and every review that there was."""
    return Note(new.hunks, Note((), old.reviews).joined(Note((), new.reviews)).reviews)


def _changes(raws: Iterator[Raw], objects: Objects) -> Iterator[FileChange]:
    files = (raw for raw in raws if raw.regular)
    wanted = ((raw, (raw.oid, *([raw.old_oid] if raw.old_mode in REGULAR else []))) for raw in files)
    for raw, (blob, *before) in objects.fetch(wanted, at_most=MOST_BYTES):
        if isinstance(blob, bytes) and not Content(blob).is_binary:
            old = Content(before[0]) if before and isinstance(before[0], bytes) else None
            yield FileChange(raw.path, Content(blob), before=old, old_path=raw.old_path, commit=raw.commit)
