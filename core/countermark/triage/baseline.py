"""The baseline: findings that are known, so that only new ones stop a change.

One JSON object a line, sorted, without line numbers, time stamps or excerpts: two people who record the same tree get the same bytes,
and code that moves keeps its entries. Lines are sorted by fingerprint, which scatters the entries of one file, so that two branches
seldom add neighbours and git merges them by itself. Neighbours do conflict, unless .gitattributes says

    .countermark/baseline.jsonl merge=union

Then git keeps the lines of both sides; what that doubles or leaves unsorted is read all the same, and put right by the next update.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from attrs import evolve, frozen

from countermark.display import escape
from countermark.errors import UsageError
from countermark.finding import Finding

FILE = ".countermark/baseline.jsonl"

Status = Literal["known", "accepted", "false-positive"]

_MOST_BYTES = 50_000_000
_LONGEST_LINE = 20_000
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_KEYS = ("fingerprint", "rule", "path", "status", "reason")
# Of two answers that a merge brought together, the least forgiving one counts.
_RANK: Mapping[Status | None, int] = {"known": 0, "accepted": 1, "false-positive": 2, None: 3}


@frozen
class Entry:
    """One finding that is known. ``path`` and ``rule`` are for people; the fingerprint alone decides.

    ``status`` is None until somebody has looked: "known" is a true problem, "accepted" a risk that is taken for a reason.
    """

    fingerprint: str
    rule: str
    path: str
    status: Status | None = None
    reason: str | None = None


@frozen
class Baseline:
    """Entries in order, each finding once for each path."""

    entries: tuple[Entry, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Baseline:
        """A baseline of entries in any order, doubled or not."""
        best: dict[tuple[str, str], Entry] = {}
        for entry in sorted(entries, key=_forgiving):
            best.setdefault((entry.fingerprint, entry.path), entry)
        return cls(tuple(best[key] for key in sorted(best)))


@frozen
class Updated:
    """A baseline that was brought up to date, and how many entries that added and dropped."""

    baseline: Baseline
    added: int
    dropped: int


def parse(data: bytes, name: str) -> Baseline:
    """The entries of a file. Raises UsageError with ``name`` and the line for anything that is no entry."""
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name}: larger than {_MOST_BYTES} bytes, so nobody read it")
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return Baseline.of(_entry(line, f"{name}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def render(baseline: Baseline) -> bytes:
    """The file's bytes."""
    return b"".join(_line(entry) for entry in baseline.entries)


def update(baseline: Baseline, findings: Iterable[Finding]) -> Updated:
    """The baseline of these findings. What was answered about a finding stays, also when its file has moved."""
    answered = {entry.fingerprint: entry for entry in reversed(baseline.entries)}
    answered |= {entry.fingerprint: entry for entry in reversed(baseline.entries) if entry.status}
    fresh = [Entry(finding.fingerprint, finding.rule.id, finding.path) for finding in findings]
    new = Baseline.of(
        evolve(entry, status=old.status, reason=old.reason) if (old := answered.get(entry.fingerprint)) else entry
        for entry in fresh
    )
    before, after = answered.keys(), {entry.fingerprint for entry in new.entries}
    return Updated(new, added=len(after - before), dropped=len(before - after))


def _line(entry: Entry) -> bytes:
    said = {key: value for key in _KEYS if (value := getattr(entry, key)) is not None}
    return json.dumps(said).encode("ascii") + b"\n"


def _forgiving(entry: Entry) -> tuple[int, str, str]:
    return _RANK[entry.status], entry.reason or "", entry.rule


def _entry(line: bytes, place: str) -> Entry:
    if line.startswith(tuple(mark.encode() for mark in _MARKERS)):
        raise UsageError(f"{place}: a conflict marker; keep the lines of both sides, remove the markers, and try again")
    if len(line) > _LONGEST_LINE:
        raise UsageError(f"{place}: longer than {_LONGEST_LINE} bytes")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"{place}: not a JSON object; `countermark baseline update` writes this file") from None
    return _checked(said, place)


def _checked(said: Any, place: str) -> Entry:
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise UsageError(f"{place}: an entry is a JSON object of texts")
    if unknown := [key for key in said if key not in _KEYS]:
        raise UsageError(f"{place}: unknown key '{escape(unknown[0][:40])}'")
    if missing := [key for key in _KEYS[:3] if not said.get(key)]:
        raise UsageError(f"{place}: the key '{missing[0]}' is missing")
    if not _FINGERPRINT.fullmatch(said["fingerprint"]):
        raise UsageError(f"{place}: 'fingerprint' is not made of hexadecimal digits")
    if said.get("status") not in {None, *get_args(Status)}:
        raise UsageError(f"{place}: 'status' is not one of {', '.join(get_args(Status))}")
    return Entry(**said)
