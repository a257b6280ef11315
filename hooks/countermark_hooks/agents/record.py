"""Put a report into the journal of the repository that it is about, with what its files hold right now."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from countermark.errors import CountermarkError
from countermark.provenance.events import MOST_BYTES, Event, Kind, valid_path
from countermark.provenance.journal import Dirty, Journal
from countermark.provenance.model import Author, State

from . import queue
from .place import Place, around, content, located
from .report import Report

_MANY = 16  # events that a commit reads in no time


class Seen(NamedTuple):
    """An event, and what its files held when it was told of."""

    journal: Journal
    event: Event
    contents: Mapping[str, bytes | None]


def seen(report: Report, environ: Mapping[str, str]) -> Iterator[Seen]:
    """What there is to keep of a report. Of named files they are read at once; what a shell may touch has to be asked of git."""
    for place, names in _places(report).items():
        journal = Journal.of((Path(place.worktree), Path(place.git_dir)))
        kept = [name for name in names if valid_path(name)]
        if names and not kept:
            continue
        try:
            dirty = journal.dirty_paths(environ) if report.anywhere else Dirty("", tuple(kept))
        except CountermarkError:
            continue  # the repository is broken, and whoever works in it will hear so from git
        event = _event(report, dirty)
        yield Seen(journal, event, {path: content(place.worktree, path, MOST_BYTES) for path in event.paths})


def keep(found: Iterable[Seen], environ: Mapping[str, str]) -> None:
    """Put it into the journal, and tell git-ai where that is installed; what the journal cannot take now waits beside it."""
    for one in found:
        queue.drain(one.journal)
        try:
            news = one.journal.append(one.event, one.contents)
        except CountermarkError:
            queue.put(*one)
            continue
        if news:
            from countermark.provenance.git_ai import tell  # nothing here needs it before the journal has its entry

            tell(one.event, one.journal.worktree, environ)
            _read_up(one.journal, environ)


def _read_up(journal: Journal, environ: Mapping[str, str]) -> None:
    """Draw conclusions from what came in, now that nobody waits, so that the next commit does not have to."""
    if journal.unread() < _MANY:
        return
    from countermark.git.repository import discover
    from countermark.provenance.attribute import Attributor

    with suppress(CountermarkError):  # then the commit does
        repository = discover(journal.worktree, environ)
        if repository is not None:
            with Attributor.of(repository):
                pass  # entering reads all that is new


def _places(report: Report) -> dict[Place, list[str]]:
    if report.paths:
        return located(report.paths, report.cwd)
    place = around(report.cwd) if os.path.isabs(report.cwd) else None  # noqa: PTH117 - light
    return {} if place is None else {place: []}


def _event(report: Report, dirty: Dirty) -> Event:
    now = time.time()
    author = Author(State.AI, report.agent, report.model, report.session, int(now))
    key = f"{report.agent}:{report.session}:{report.call}" if report.call else ""
    kind: Kind = "after" if report.kind == "after" else "before"
    return Event(kind, key, author, dirty.paths, report.prompt, now, dirty.head)
