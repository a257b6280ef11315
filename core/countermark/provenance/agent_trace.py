"""Agent Trace 0.1.0: write what is noted of commits as its records, and read the records of other tools.

A record says positions in some version of a file, often one that nobody has any more, and tools in use are known to write them wrongly.
So a range counts as evidence only where it names its lines by a hash and they are found; without one it is a suspicion.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from countermark import __version__
from countermark.display import escape

from .blame import Blamed, Range
from .events import valid_path
from .model import Author, State

VERSION = "0.1.0"
KEY = "dev.countermark"  # under `metadata`, whose keys belong to vendors
_SPACE = uuid.UUID("6f0f1a1e-5d0b-5c7a-9a8e-0d1b5e0c4a11")
_TYPES = {State.AI: "ai", State.HUMAN: "human", State.SUSPECTED: "unknown"}
_STATES = {"ai": State.AI, "human": State.HUMAN}
_NAME, _MODEL = 200, 250
_MOST_RECORDS, _MOST_RANGES = 50_000, 10_000
_MOST_LINE = 1_000_000  # bytes of one record


def record(commit: str, at: int, files: Sequence[Blamed]) -> dict[str, Any] | None:
    """The record of one commit, whose author's time is ``at``; None where nobody is known to have written anything."""
    told = [(file, [one for one in file.ranges if one.author.state in _TYPES]) for file in files]
    told = [(file, ranges) for file, ranges in told if ranges]
    if not told:
        return None
    reviews = {one.hunk: dict(one.review) for _, ranges in told for one in ranges if one.hunk and one.review}
    return {
        "version": VERSION,
        "id": str(uuid.uuid5(_SPACE, commit)),
        "timestamp": datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z"),
        "vcs": {"type": "git", "revision": commit},
        "tool": {"name": "countermark", "version": __version__},
        "files": [
            {"path": escape(file.path), "conversations": list(_conversations(file, ranges))} for file, ranges in told
        ],
        "metadata": {KEY: {"schema": "countermark/trace/1", "reviews": reviews}},
    }


def _conversations(file: Blamed, ranges: Sequence[Range]) -> Iterator[dict[str, Any]]:
    for author, group in groupby(sorted(ranges, key=lambda one: (_key(one.author), one.start)), lambda one: one.author):
        contributor = {"type": _TYPES[author.state]} | ({"model_id": author.model[:_MODEL]} if author.model else {})
        said = {"agent": author.agent, "session": author.session, "state": author.state.value}
        yield {
            "contributor": contributor,
            "ranges": [_range(file, one) for one in group],
            "metadata": {KEY: {key: value for key, value in said.items() if value}},
        }


def _key(author: Author) -> tuple[str, ...]:
    return (author.state.value, author.agent, author.model, author.session, str(author.at))


def _range(file: Blamed, one: Range) -> dict[str, Any]:
    lines = file.lines[one.start - 1 : one.end]
    return {"start_line": one.start, "end_line": one.end, "content_hash": f"sha256:{_hash(lines)}"}


def _hash(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


class Claim(NamedTuple):
    """What a record says of one range of lines; ``digest`` is the SHA-256 of its lines, where the record has it."""

    path: str
    start: int
    end: int
    digest: str | None
    author: Author


def claims(lines: Iterable[bytes]) -> Iterator[Claim]:
    """What the records, one a line, say of files, as far as it makes sense; anything else is passed over."""
    for _, line in zip(range(_MOST_RECORDS), lines, strict=False):
        if len(line) > _MOST_LINE:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield from _claims(value)


def _claims(value: Mapping[str, Any]) -> Iterator[Claim]:
    tool = value.get("tool")
    agent = _text(tool.get("name")) if isinstance(tool, dict) else ""
    for file in _dicts(value.get("files")):
        path = file.get("path")
        if not isinstance(path, str) or not valid_path(path):
            continue
        for conversation in _dicts(file.get("conversations")):
            for one in _dicts(conversation.get("ranges")):
                contributor = one.get("contributor", conversation.get("contributor"))
                if (author := _author(contributor, conversation, agent)) and (claim := _claim(path, one, author)):
                    yield claim


def _author(contributor: object, conversation: Mapping[str, Any], tool: str) -> Author | None:
    kind = contributor.get("type") if isinstance(contributor, dict) else None
    state = _STATES.get(kind) if isinstance(kind, str) else None
    if state is None or not isinstance(contributor, dict):
        return None
    metadata = conversation.get("metadata")
    ours = metadata.get(KEY) if isinstance(metadata, dict) else None
    said = ours if isinstance(ours, dict) else {}
    agent = (_text(said.get("agent")) or tool) if state is State.AI else ""
    return Author(state, agent, _text(contributor.get("model_id")), _text(said.get("session")))


def _claim(path: str, one: Mapping[str, Any], author: Author) -> Claim | None:
    start, end, name = one.get("start_line"), one.get("end_line"), one.get("content_hash")
    if type(start) is not int or type(end) is not int or not 1 <= start <= end < start + 1_000_000:
        return None
    digest = name.removeprefix("sha256:") if isinstance(name, str) and name.startswith("sha256:") else None
    return Claim(path, start, end, digest, author)


def placed(claim: Claim, lines: Sequence[str]) -> dict[int, Author]:
    """The lines (by index) that a claim is about: those that have its hash; else, as a suspicion, those where it says.

    A claim about line 1 alone, without a hash, is what tools write that do not know where.
    """
    size, author = claim.end - claim.start + 1, claim.author
    if claim.digest:
        starts = sorted(range(max(len(lines) - size + 1, 0)), key=lambda at: abs(at - claim.start + 1))
        found = next((at for at in starts[:_MOST_RANGES] if _hash(lines[at : at + size]) == claim.digest), None)
        return {} if found is None else dict.fromkeys(range(found, found + size), author)
    if claim.end > len(lines) or claim.end == 1 or author.state is not State.AI:
        return {}
    return dict.fromkeys(range(claim.start - 1, claim.end), author._replace(state=State.SUSPECTED))


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value[:_MOST_RANGES] if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return escape(value[:_NAME])[:_NAME] if isinstance(value, str) else ""
