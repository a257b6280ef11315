"""The entries that travel with commits, in their notes, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from countermark.git import process
from countermark.git.objects import Objects
from countermark.git.repository import Repository
from countermark.provenance.notes import REF, Note, NotedHunk, write_notes

from .entry import Entry, Malformed, from_value, parse
from .ledger import Ledger

_REVIEW = b'{"review":'
_MOST_BYTES = 8_000_000  # of one note
_FIELDS = 3
_MOST_NEARBY = 200


@frozen
class Noted:
    """An entry and the commit whose note holds it; ``fault`` says what is wrong with one that cannot be read."""

    commit: str
    entry: Entry | None
    fault: str = ""


def noted(repository: Repository, commits: Iterable[str] | None = None, ref: str | None = None) -> Iterator[Noted]:
    """The entries in the notes of some commits, or of all of them. A note that is none of ours holds none."""
    wanted = None if commits is None else frozenset(commits)
    notes = [(commit, oid) for commit, oid in _notes(repository, ref or REF) if wanted is None or commit in wanted]
    if not notes:
        return
    with Objects(repository) as objects:
        for commit, blobs in objects.fetch(((commit, (oid,)) for commit, oid in notes), at_most=_MOST_BYTES):
            if isinstance(blobs[0], bytes):
                yield from _entries(commit, blobs[0])


def lines(repository: Repository, commits: Iterable[str] | None = None, ref: str | None = None) -> list[bytes]:
    """The same as lines, as a ledger has them."""
    return [found.entry.line for found in noted(repository, commits, ref) if found.entry is not None]


def note(repository: Repository, written: Iterable[tuple[str, Entry]]) -> None:
    """Add entries to the notes of the commits that they are about, so that they travel with them. Raises PartFailed."""
    notes: dict[str, list[Mapping[str, Any]]] = {}
    for commit, entry in written:
        if commit:
            notes.setdefault(commit, []).append(entry.value)
    made = {commit: Note((), tuple(reviews)) for commit, reviews in notes.items()}
    write_notes(repository, made, lambda old, new: old.joined(new))


def about(repository: Repository) -> Callable[[str, Sequence[NotedHunk]], list[dict[str, Any]]]:
    """What the ledger has to add to the note of a commit with certain hunks: the entries about them.

    Of a hunk that was cut anew the last entries about its file go along, for its pieces are among them.
    """
    entries = [parse(line) for line in Ledger.of(repository).lines()]

    def reviews(_commit: str, hunks: Sequence[NotedHunk]) -> list[dict[str, Any]]:
        digests = {hunk.id[:64] for hunk in hunks}
        cut = {hunk.path for hunk in hunks if hunk.id[:64] not in known}
        exact = [one for one in entries if one.digest in digests]
        nearby = [one for one in entries if one.path in cut and one.digest not in digests]
        return [one.value for one in (*exact, *nearby[-_MOST_NEARBY:])]

    known = {entry.digest for entry in entries}
    return reviews


def _notes(repository: Repository, ref: str) -> Iterator[tuple[str, bytes]]:
    """Each note's commit and blob; git spreads many notes over folders that are named after the first digits."""
    done = process.run(
        ("ls-tree", "-r", "-z", "--end-of-options", ref), cwd=repository.root, environ=repository.environ
    )
    if done.returncode:
        return  # no such ref: nobody has written a note yet
    for line in done.stdout.split(b"\0"):
        words, _, name = line.partition(b"\t")
        fields = words.split()
        if len(fields) == _FIELDS and fields[1] == b"blob":
            yield name.replace(b"/", b"").decode("ascii", "replace"), fields[2]


def _entries(commit: str, note: bytes) -> Iterator[Noted]:
    """The lines of a note that are reviews; JSON has many forms of one line, and ours begins in one way alone."""
    for line in note.split(b"\n"):
        if not line.startswith(_REVIEW):
            continue
        try:
            yield Noted(commit, from_value(json.loads(line)["review"]))
        except (Malformed, ValueError, RecursionError) as fault:
            yield Noted(commit, None, str(fault) if isinstance(fault, Malformed) else "it is no JSON")
