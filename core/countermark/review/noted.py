"""The entries that travel with commits, in their notes, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from attrs import frozen

from countermark.git import process
from countermark.git.objects import Objects
from countermark.git.repository import Repository
from countermark.provenance.notes import Note, NotedHunk, write_notes
from countermark.provenance.where import NOTES

from .entry import Entry, Malformed, from_value, parse
from .ledger import Ledger
from .reviews import Reviews

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


def noted(repository: Repository) -> Iterator[Noted]:
    """The entries in all notes, for an audit. A note that is none of ours holds none."""
    with Objects(repository) as objects:
        wanted = ((commit, (oid,)) for commit, oid in _notes(repository))
        for commit, blobs in objects.fetch(wanted, at_most=_MOST_BYTES):
            if isinstance(blobs[0], bytes):
                yield from _entries(commit, blobs[0])


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
    lines = Ledger.of(repository).lines()
    known = Reviews(lines)

    def reviews(_commit: str, hunks: Sequence[NotedHunk]) -> list[dict[str, Any]]:
        found = {hunk: known.about(hunk.id[:64]) for hunk in hunks}
        cut = {hunk.path for hunk, entries in found.items() if not entries}
        entries = [*(entry for entries in found.values() for entry in entries), *_nearby(lines, cut)]
        return [entry.value for entry in dict.fromkeys(entries)]

    return reviews


def _nearby(lines: Sequence[bytes], paths: Iterable[str]) -> list[Entry]:
    """The last entries about some files."""
    names = [b'"path":%s,' % json.dumps(path).encode() for path in paths]
    latest = (line for line in reversed(lines) if any(name in line for name in names))
    return [parse(line) for line in islice(latest, _MOST_NEARBY)]


def _notes(repository: Repository) -> Iterator[tuple[str, bytes]]:
    """Each note's commit and blob; git spreads many notes over folders that are named after the first digits."""
    done = process.run(("ls-tree", "-r", "-z", NOTES), cwd=repository.root, environ=repository.environ)
    if done.returncode:
        return  # no such ref: nobody has written a note yet
    for line in done.stdout.split(b"\0"):
        words, _, name = line.partition(b"\t")
        fields = words.split()
        if len(fields) == _FIELDS and fields[1] == b"blob":
            yield name.replace(b"/", b"").decode("ascii", "replace"), fields[2]


def _entries(commit: str, note: bytes) -> Iterator[Noted]:
    """The lines of a note that are reviews, or were before somebody broke them."""
    for line in note.split(b"\n"):
        try:
            record = json.loads(line)
            if isinstance(record, dict) and "review" in record:
                yield Noted(commit, from_value(record["review"]))
        except (Malformed, ValueError, RecursionError) as fault:
            if isinstance(fault, Malformed) or line.startswith(_REVIEW):
                yield Noted(commit, None, str(fault) if isinstance(fault, Malformed) else "it is no JSON")
