"""git-ai's working log: what it knows of lines that are not in a commit yet, for which it has no note.

The format is git-ai's own affair and may change with any version of it, so a checkpoint counts only where it says that it is of the
version known here, and a text only where it has the hash that it is named by. Whatever else is there is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from countermark.content import Content
from countermark.diff import lines_of
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.git.revisions import resolve

from .carry import carry
from .events import MOST_BYTES
from .git_ai import agent_of, author_of
from .model import NOBODY, Author, State
from .where import GIT_AI

_LOGS = "working_logs"
_VERSION = "checkpoint/1.0.0"
_MOST_LOG = 16_000_000  # bytes at the end of a log that git-ai lets grow to a gigabyte
_MOST_RANGES = 20_000
_MOST_LINES = 1_000_000
_BLOB = re.compile(r"[0-9a-f]{64}")
_UNBORN = "initial"


def folder_of(repository: Repository) -> Path:
    """Where the working logs of a worktree are, if git-ai is used in it."""
    linked = repository.git_dir != repository.common_dir
    base = repository.common_dir / GIT_AI
    return (base / "worktrees" / repository.git_dir.name if linked else base) / _LOGS


class _Entry(NamedTuple):
    """What was last said of a file: the name of its text, and whose lines are which."""

    blob: str
    ranges: Sequence[Any]


class WorkingLog:
    """The log of what was done on top of one commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _Entry] = {}
        self._about: dict[str, dict[str, Any]] = {"sessions": {}, "prompts": {}}
        self._begin(_json(_read(folder / "INITIAL", MOST_BYTES)))
        for line in _tail(folder / "checkpoints.jsonl").split(b"\n"):
            self._add(_json(line))

    @classmethod
    def of(cls, repository: Repository, base: str) -> WorkingLog | None:
        """The log of what was done on top of a revision; None where git-ai keeps none. After a commit it is put aside."""
        logs = folder_of(repository)
        if not logs.is_dir():
            return None
        try:
            name = resolve(repository, base)
        except UsageError:
            name = _UNBORN
        found = next((folder for folder in (logs / name, logs / f"old-{name}") if folder.is_dir()), None)
        return None if found is None else cls(found)

    def authors(self, path: str, lines: Sequence[str]) -> dict[int, Author]:
        """The authors of lines (by index) of a version of a file, as far as the version that git-ai saw last has them too."""
        entry = self._files.get(path)
        data = _read(self._folder / "blobs" / entry.blob, MOST_BYTES) if entry else b""
        if entry is None or sha256(data).hexdigest() != entry.blob:
            return {}
        seen = lines_of(Content(data))
        authors = [NOBODY] * len(seen)
        for first, last, author in self._ranges(entry.ranges):
            authors[first - 1 : last] = [author] * len(authors[first - 1 : last])
        known = enumerate(carry(seen, authors, lines))
        return {at: author for at, author in known if author is not None and author != NOBODY}

    def _begin(self, initial: Mapping[str, Any]) -> None:
        """What was known when the log began: after a reset, or when a stash came back."""
        for table in self._about:
            self._about[table] |= _mapping(initial.get(table))
        blobs = _mapping(initial.get("file_blobs"))
        for path, ranges in _mapping(initial.get("files")).items():
            self._keep(path, blobs.get(path), ranges)

    def _add(self, checkpoint: Mapping[str, Any]) -> None:
        if checkpoint.get("api_version") != _VERSION or not isinstance(entries := checkpoint.get("entries"), list):
            return
        if agent := agent_of(checkpoint):
            digest = sha256(f"{agent.agent}:{agent.session}".encode("utf-8", "surrogatepass")).hexdigest()
            self._about["sessions"][f"s_{digest[:14]}"] = checkpoint
            self._about["prompts"] |= {digest[:16]: checkpoint, digest[:7]: checkpoint}
        for entry in map(_mapping, entries):
            self._keep(entry.get("file"), entry.get("blob_sha"), entry.get("line_attributions"))

    def _keep(self, path: object, blob: object, ranges: object) -> None:
        if isinstance(path, str) and isinstance(blob, str) and _BLOB.fullmatch(blob) and isinstance(ranges, list):
            self._files[path] = _Entry(blob, ranges[:_MOST_RANGES])

    def _ranges(self, ranges: Sequence[Any]) -> Iterator[tuple[int, int, Author]]:
        for one in map(_mapping, ranges):
            first, last, key = one.get("start_line"), one.get("end_line"), one.get("author_id")
            if type(first) is int and type(last) is int and 0 < first <= last < _MOST_LINES and isinstance(key, str):
                author = author_of(key, self._about)
                if author is not None and author.state in {State.AI, State.HUMAN}:
                    yield first, last, author


def _tail(file: Path) -> bytes:
    """The end of a log, from the first whole line on."""
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
            opened.seek(max(size - _MOST_LOG, 0))
            return opened.read(_MOST_LOG)
    except OSError:
        return b""


def _read(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError:
        return b""
    return data if len(data) <= most else b""


def _json(data: bytes) -> Mapping[str, Any]:
    try:
        return _mapping(json.loads(data))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
