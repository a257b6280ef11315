"""Notes on commits in ``refs/notes/countermark``: which lines of a commit somebody wrote, and who has answered for them.

A note is JSON lines, so that git's ``cat_sort_uniq`` joins two of them: one for the schema, one for each hunk and each review.
Whoever can push can write notes: what is read is checked, limited, and compared to the lines themselves before anything is believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from countermark.display import escape
from countermark.files import locked
from countermark.git.objects import Objects
from countermark.git.process import run
from countermark.git.repository import Repository

from .events import valid_path
from .lines import from_hex, hashes, to_hex
from .model import Author, MarkedHunk, State
from .passages import Passage, of_note
from .where import FOLDER, NOTES

SCHEMA = "countermark/note/1"
_MOST_BYTES = 5_000_000  # of one note
_MOST_RECORDS = 20_000
_NAME = 200  # characters
_IDENTITY = b"Countermark <countermark@localhost>"
_MOST_NUMBER = 2**40
_ID = re.compile(r"[0-9a-f]{64}(-[1-9][0-9]{0,5})?")

# Where the note of a commit may be: git spreads notes over folders as they become many.
_NAMES: tuple[Callable[[str], str], ...] = (
    lambda commit: f"{commit[:2]}/{commit[2:]}",
    lambda commit: commit,
    lambda commit: f"{commit[:2]}/{commit[2:4]}/{commit[4:]}",
)

Review = Mapping[str, Any]


@frozen
class NotedHunk:
    """A hunk of a commit as its note has it; ``lines`` and ``around`` are hashes (see lines.py)."""

    id: str
    path: str
    first: int
    last: int
    author: Author
    lines: tuple[int, ...]
    around: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, hunk: MarkedHunk, lines: Sequence[str]) -> NotedHunk:
        """A hunk, and the lines of the file that it is in."""
        near = (lines[at] if 0 <= at < len(lines) else "" for at in (hunk.first - 2, hunk.last))
        before, after = hashes(tuple(near))
        return cls(hunk.id, hunk.path, hunk.first, hunk.last, hunk.author, hashes(hunk.lines), (before, after))

    def passage(self, commit: str) -> Passage:
        """The hunk as lines to be found again."""
        return Passage(of_note(commit), self.path, self.author, self.lines, self.around)


@frozen
class Note:
    """What is noted of one commit. A review is a JSON object; its ``hunk`` is the id of the hunk that it is about."""

    hunks: tuple[NotedHunk, ...] = ()
    reviews: tuple[Review, ...] = ()

    def joined(self, other: Note) -> Note:
        """Both, each record once."""
        return parse(render(self) + render(other))


def render(note: Note) -> bytes:
    """A note as it is stored."""
    records = [
        {"schema": SCHEMA},
        *({"hunk": _fields(hunk)} for hunk in note.hunks),
        *({"review": dict(review)} for review in note.reviews),
    ]
    lines = {json.dumps(record, sort_keys=True, separators=(",", ":")) for record in records}
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def parse(data: bytes) -> Note:
    """A note as it was stored, by whomever: what is no record of ours is left out, and all of it where the schema is another."""
    records = [
        record for line in dict.fromkeys(data.split(b"\n")[:_MOST_RECORDS]) if line and (record := _record(line))
    ]
    if {"schema": SCHEMA} not in records:
        return Note()
    hunks = (_hunk(record["hunk"]) for record in records if isinstance(record.get("hunk"), dict))
    reviews = (record["review"] for record in records if isinstance(record.get("review"), dict))
    return Note(tuple(hunk for hunk in hunks if hunk), tuple(reviews))


def read_notes(
    repository: Repository, commits: Iterable[str], objects: Objects | None = None, ref: str = NOTES
) -> Iterator[tuple[str, Note]]:
    """The notes of those commits that have one, through one git process; ``ref`` may be the commit of notes that are on their way."""
    wanted = list(dict.fromkeys(commits))
    reader = objects or Objects(repository)
    try:
        for name in _NAMES:  # all notes lie equally deep, unless git is about to change that
            missing: list[str] = []
            asked = ((commit, [f"{ref}:{name(commit)}".encode()]) for commit in wanted)
            for commit, (blob,) in reader.fetch(asked, at_most=_MOST_BYTES):
                if isinstance(blob, bytes):
                    yield commit, parse(blob)
                else:
                    missing.append(commit)
            wanted = missing
    finally:
        if objects is None:
            reader.close()


def recent(repository: Repository, most: int, ref: str = NOTES) -> list[str]:
    """The commits whose notes were written last, the newest first."""
    args = ("log", f"-n{most}", "--format=", "--name-only", "--no-renames", "--no-show-signature", "-m", ref, "--")
    done = run(args, cwd=repository.root, environ=repository.environ)
    names = done.stdout.decode("ascii", "replace").split("\n") if done.returncode == 0 else []
    return list(dict.fromkeys(name.replace("/", "") for name in names if name))[:most]


def changed(repository: Repository, before: str, after: str) -> list[str]:
    """The commits whose notes differ between two versions of the notes."""
    said = repository.git("diff-tree", "-r", "--name-only", "--no-renames", before, after)
    return [name.replace("/", "") for name in said.decode("ascii", "replace").split("\n") if name]


def write_note(
    repository: Repository, commit: str, hunks: Sequence[NotedHunk] = (), reviews: Sequence[Review] = ()
) -> None:
    """Add to the note of a commit. Raises PartFailed."""
    write_notes(repository, {commit: Note(tuple(hunks), tuple(reviews))}, lambda old, new: old.joined(new))


def write_notes(
    repository: Repository, notes: Mapping[str, Note], join: Callable[[Note, Note], Note] = lambda _, new: new
) -> None:
    """Write the notes of many commits at once; ``join`` makes one of what is there and what is new. Raises PartFailed."""
    if not notes:
        return
    with locked(repository.common_dir / FOLDER / "notes.lock"):
        old = dict(read_notes(repository, notes))
        joined = {commit: join(old.get(commit, Note()), note) for commit, note in notes.items()}
        news = {commit: note for commit, note in joined.items() if note != old.get(commit, Note())}
        if news:
            _import(repository, news)


def tip(repository: Repository) -> str | None:
    """The commit that holds the notes now."""
    args = ("rev-parse", "--verify", "--quiet", f"{NOTES}^{{commit}}")
    done = run(args, cwd=repository.root, environ=repository.environ)
    return done.stdout.decode().strip() if done.returncode == 0 else None


def _import(repository: Repository, notes: Mapping[str, Note]) -> None:
    """fast-import changes many notes in one process, asks for no identity, and refuses when the ref moved meanwhile."""
    before = tip(repository)
    stream = [b"commit %s\ncommitter %s now\ndata 0\n" % (NOTES.encode(), _IDENTITY)]
    stream += [f"from {before}\n".encode()] if before else []
    for commit, note in notes.items():
        text = render(note) if note != Note() else b""
        if text:
            stream.append(b"N inline %s\ndata %d\n%s\n" % (commit.encode(), len(text), text))
        else:
            stream.append(b"N %s %s\n" % (b"0" * len(commit), commit.encode()))
    repository.git("fast-import", "--quiet", "--date-format=now", input=b"".join(stream))


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _fields(hunk: NotedHunk) -> dict[str, Any]:
    author = hunk.author
    return {
        "id": hunk.id, "path": hunk.path, "first": hunk.first, "last": hunk.last, "state": author.state.value,
        "agent": author.agent, "model": author.model, "session": author.session, "at": author.at,
        "lines": to_hex(hunk.lines), "around": to_hex(hunk.around),
    }  # fmt: skip


def _hunk(fields: Mapping[str, Any]) -> NotedHunk | None:
    try:
        words = [fields[key] for key in ("id", "path", "state", "agent", "model", "session", "lines", "around")]
        numbers = [fields[key] for key in ("first", "last", "at")]
        if not all(isinstance(word, str) for word in words) or not all(type(number) is int for number in numbers):
            return None
        name, path, state, *names, text, near = words
        first, last, at = numbers
        lines, (before, after) = from_hex(text), from_hex(near)
        agent, model, session = (escape(word[:_NAME]) for word in names)
        author = Author(State(state), agent, model, session, at)
    except (KeyError, ValueError):
        return None
    sound = 1 <= first <= last < _MOST_NUMBER and len(lines) == last - first + 1 and 0 <= at < _MOST_NUMBER
    if not sound or not valid_path(path) or not _ID.fullmatch(name):
        return None
    return NotedHunk(name, path, first, last, author, lines, (before, after))
