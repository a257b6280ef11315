"""The entries that travel with commits: in the notes of `refs/notes/countermark`, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from countermark.git import process
from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .entry import Entry, Malformed, from_value

REF = "refs/notes/countermark"
KEY = "reviews"
_MOST_BYTES = 8_000_000  # of one note
_FIELDS = 3


@frozen
class Noted:
    """An entry and the commit whose note holds it; ``fault`` says what is wrong with one that cannot be read."""

    commit: str
    entry: Entry | None
    fault: str = ""


def noted(repository: Repository, commits: Iterable[str] | None = None, ref: str = REF) -> Iterator[Noted]:
    """The entries in the notes of some commits, or of all of them. A note that is none of ours holds none."""
    wanted = None if commits is None else frozenset(commits)
    notes = [(commit, oid) for commit, oid in _notes(repository, ref) if wanted is None or commit in wanted]
    if not notes:
        return
    with Objects(repository) as objects:
        for commit, blobs in objects.fetch(((commit, (oid,)) for commit, oid in notes), at_most=_MOST_BYTES):
            if isinstance(blobs[0], bytes):
                yield from _entries(commit, blobs[0])


def lines(repository: Repository, commits: Iterable[str] | None = None, ref: str = REF) -> list[bytes]:
    """The same as lines, as a ledger has them."""
    return [found.entry.line for found in noted(repository, commits, ref) if found.entry is not None]


def values(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as a note holds them."""
    return [entry.value for entry in entries]


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
    try:
        value = json.loads(note)
    except (ValueError, RecursionError):
        return
    listed = value.get(KEY) if isinstance(value, dict) else None
    for one in listed if isinstance(listed, list) else ():
        try:
            yield Noted(commit, from_value(one))
        except Malformed as fault:
            yield Noted(commit, None, str(fault))
