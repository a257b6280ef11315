"""What a review goes through: the hunks of what is staged or of a range, each with what else was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

from countermark.change import Change, FileChange
from countermark.config.schema import Gate, Reviewing
from countermark.errors import PartFailed
from countermark.finding import Finding
from countermark.git.repository import Repository
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot
from countermark.project import Project
from countermark.review.desk import Watch
from countermark.review.entry import Face
from countermark.review.gate import Asked
from countermark.review.noted import note
from countermark.review.session import Item, Pen, Session
from countermark.review.watching import listed, revisions, watching
from countermark.verdict import Failure, Judged

from .targets import Targets

if TYPE_CHECKING:
    from countermark.provenance.journal import Journal


@frozen
class Found:
    """A session, and the settings that it is held under."""

    session: Session
    settings: Reviewing


@contextmanager
def session(targets: Targets, spec: str | None, *, everything: bool, plain: bool) -> Iterator[Found]:
    """The session about a range, or about what is staged. Raises PartFailed where something could not be looked at."""
    repository = targets.repository(worktree=spec is None)
    face = Face.TERMINAL if plain else Face.TUI
    with _staged(targets, repository) if spec is None else _range(targets, repository, spec) as (watch, project):
        asked = [one for one in watch.asked if everything or not one.standing.passes]
        pen = Pen.of(watch.desk, face, present=None if spec else lambda: _present(targets, repository))
        items = _items(asked, project, repository)
        title = f"the range {spec}" if spec else "the staged change"
        held = Session(title, items, pen)
        try:
            yield Found(held, project.settings.review)
        finally:
            note(repository, held.written)


@contextmanager
def _staged(targets: Targets, repository: Repository) -> Iterator[tuple[Watch, Project]]:
    target = targets.staged()
    settings, index = target.project.settings, IndexSnapshot(repository)
    with watching(
        repository, settings.review, index, targets.today, here=Gate.COMMIT, exclude=settings.exclude
    ) as watch:
        _run_through(
            said for entry in target.change.entries if isinstance(entry, FileChange) for said in watch.file(entry)
        )
        yield watch, target.project


@contextmanager
def _range(targets: Targets, repository: Repository, spec: str) -> Iterator[tuple[Watch, Project]]:
    named = revisions(repository, spec)
    snapshot = CommitSnapshot(repository, named[0])
    project = targets.project(snapshot, repository)
    known = listed(repository, named)
    with watching(repository, project.settings.review, snapshot, targets.today, here=Gate.PUSH, commits=known) as watch:
        _run_through(watch.commits(named, project.settings.limits))
        yield watch, project


def _run_through(said: Iterable[Judged | Failure]) -> None:
    """Look at everything; what was asked is in the watch. A file that nobody could look at has hunks that nobody would see."""
    for one in said:
        if isinstance(one, Failure):
            raise PartFailed(f"{one.path or one.part}: {one.message}")


def _present(targets: Targets, repository: Repository) -> frozenset[str]:
    """The hunks that are staged now."""
    with _staged(targets, repository) as (watch, _):
        return frozenset(one.hunk.id for one in watch.asked)


def _items(asked: Sequence[Asked], project: Project, repository: Repository) -> tuple[Item, ...]:
    from countermark.provenance.journal import Journal
    from countermark_rules.inspect import inspect

    files = list({id(one.file): one.file for one in asked}.values())
    report = inspect(Change(str(repository.root), files, total=len(files)), project)
    findings = [item.finding for item in report.judged]
    journal = Journal.of(repository)
    return tuple(Item(one, _within(one, findings), _prompt(one, journal)) for one in asked)


def _within(asked: Asked, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    hunk = asked.hunk
    return tuple(
        one
        for one in findings
        if (one.path, one.commit) == (hunk.path, asked.file.commit) and hunk.first <= one.start.line <= hunk.last
    )


def _prompt(asked: Asked, journal: Journal) -> str:
    """What the agent was asked last before it wrote the hunk."""
    author = asked.hunk.author
    if not author.session:
        return ""
    said = [words for at, words in journal.prompts(author.session) if not author.at or at <= author.at]
    return said[-1] if said else ""
