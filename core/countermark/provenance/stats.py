"""How deep agents took part in a range of commits: shares of the lines that it added, by path, author, agent and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import define, frozen

from countermark.git.repository import Repository
from countermark.git.revisions import ends

from .blame import Range, blame_commits
from .model import State
from .notes import Review

_MOST_BUCKETS = 30
_DAY = 86_400
_MOST_TIME = 253_402_300_799  # the last second of the year 9999


@define
class Count:
    """Lines that were added: all of them, an agent's, suspected and a person's, and how many of an agent's were answered for."""

    lines: int = 0
    ai: int = 0
    suspected: int = 0
    human: int = 0
    reviewed: int = 0

    def add(self, one: Range) -> None:
        """Count a range."""
        size = one.end - one.start + 1
        state = one.author.state
        self.lines += size
        self.ai += size * (state is State.AI)
        self.suspected += size * (state is State.SUSPECTED)
        self.human += size * (state is State.HUMAN)
        self.reviewed += size * (state is State.AI and one.answered)

    @property
    def share(self) -> float:
        """The share of an agent's lines."""
        return self.ai / self.lines if self.lines else 0.0

    @property
    def reviewed_share(self) -> float:
        """The share of an agent's lines that somebody has answered for."""
        return self.reviewed / self.ai if self.ai else 0.0

    def as_value(self) -> dict[str, Any]:
        """The count as JSON has it."""
        counts = {
            "lines": self.lines,
            "ai": self.ai,
            "suspected": self.suspected,
            "human": self.human,
            "reviewed": self.reviewed,
        }
        return {**counts, "ai_share": round(self.share, 4), "reviewed_share": round(self.reviewed_share, 4)}


@frozen
class Stats:
    """All the counts; ``over_time`` has the first day of each part of the time."""

    commits: int
    total: Count
    by_path: Mapping[str, Count]
    by_author: Mapping[str, Count]
    by_agent: Mapping[str, Count]
    over_time: Mapping[str, Count]

    def as_value(self) -> dict[str, Any]:
        """The statistics as JSON has them."""
        parts = {
            "by_path": self.by_path,
            "by_author": self.by_author,
            "by_agent": self.by_agent,
            "over_time": self.over_time,
        }
        values = {name: {key: count.as_value() for key, count in part.items()} for name, part in parts.items()}
        return {"commits": self.commits, "total": self.total.as_value(), **values}


def stats(repository: Repository, spec: str, own: Sequence[Review] = ()) -> Stats:
    """The statistics of a range of commits. Raises UsageError for one that does not exist."""
    base, tip = ends(repository, spec)
    said = repository.git(
        "log", "--no-show-signature", "--no-patch", "--encoding=UTF-8", "--format=%H%x00%at%x00%aN", tip, f"^{base}"
    )
    about = [line.split("\0") for line in said.decode("utf-8", "replace").split("\n") if line]
    times = {commit: min(int(at), _MOST_TIME) if at.isdigit() else 0 for commit, at, _ in about}
    people = {commit: name for commit, _, name in about}
    total = Count()
    paths, authors, agents, days = _Counts(), _Counts(), _Counts(), _Counts()
    buckets = _buckets(times.values())
    for commit, files in blame_commits(repository, list(times), own):
        day = next(start for start in reversed(buckets) if start <= times[commit])
        for path, one in ((file.path, one) for file in files for one in file.ranges):
            agent = one.author.agent if one.author.state in {State.AI, State.SUSPECTED} else ""
            keys = ((paths, path), (authors, people[commit]), (days, _date(day)), *([(agents, agent)] if agent else []))
            total.add(one)
            for counts, key in keys:
                counts.of(key).add(one)
    over_time = {_date(start): days.known.get(_date(start), Count()) for start in buckets}
    return Stats(len(times), total, paths.ranked(), authors.ranked(), agents.ranked(), over_time)


class _Counts:
    def __init__(self) -> None:
        self.known: dict[str, Count] = {}

    def of(self, key: str) -> Count:
        return self.known.setdefault(key, Count())

    def ranked(self) -> dict[str, Count]:
        return dict(sorted(self.known.items(), key=lambda item: (-item[1].ai, -item[1].lines, item[0])))


def _buckets(times: Iterable[int]) -> Sequence[int]:
    """Where parts of the time begin: days, or as many days together as keep them few."""
    days = sorted(at // _DAY for at in times)
    if not days:
        return []
    size = (days[-1] - days[0]) // _MOST_BUCKETS + 1
    return [day * _DAY for day in range(days[0], days[-1] + 1, size)]


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
