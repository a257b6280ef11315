"""Look for secrets in all that a repository ever held: what was published once is known, whether or not it was removed later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from multiprocessing.util import Finalize
from typing import Self

from attrs import evolve, frozen

from countermark.change import FileChange, Skipped, Unreadable
from countermark.changes.history import Past, Reader
from countermark.changes.ignore import matcher
from countermark.changes.raw import Raw
from countermark.errors import PartFailed
from countermark.finding import Finding, Origin
from countermark.project import Project
from countermark.verdict import Failure, Judged, Report, Suppressed

from .inspect import by_risk
from .inspector import Inspector, Outcome
from .judge import Judge
from .pool import Lost, spread
from .registry import check_settings
from .resume import Seen, Store

# What somebody could still use; insecure code that is gone can do no harm.
FAMILIES = ("secrets",)
_CHUNK = 200  # versions that one process looks at in one go
_SAVED = 30.0  # seconds between two times that what has been done is written down


@frozen
class Looked:
    """What comes of a chunk of versions; ``found`` are the ids of those in which something is, whoever brought it."""

    outcome: Outcome
    found: tuple[bytes, ...] = ()


def inspect_history(
    past: Past,
    project: Project,
    *,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
    resume: bool = True,
) -> Report:
    """Look at every version once; a finding that many versions have is told once, with the commit that brought it.

    An interrupted run (KeyboardInterrupt, or the end of its time) is continued by the next one, unless not to ``resume``. ``progress``
    is called with the number of commits that are done.
    """
    check_settings(project.settings)
    store = Store.of(past, project)
    run = _Run(past, project, (store.read() if resume else None) or Seen())
    try:
        run.go(jobs, progress, store)
        report = run.report()
    except BaseException:  # Ctrl-C above all
        store.write(run.seen)
        raise
    if report.failures:
        store.write(run.seen)
    else:
        store.forget()
    return report


class _Run:
    """One look at the history."""

    def __init__(self, past: Past, project: Project, seen: Seen) -> None:
        self._past = past
        self._project = project
        self._excluded = matcher(project.settings.exclude)
        seconds = project.settings.limits.total_seconds
        self._end = time.monotonic() + seconds if seconds else None
        self._commits: list[int] = []  # how many commits each chunk that is under way completes
        self.seen = seen
        self.failures: list[Failure] = []

    def go(self, jobs: int, progress: Callable[[int], None] | None, store: Store) -> None:
        """Look at what has not been looked at."""
        handed: list[list[Raw]] = []
        saved = time.monotonic()
        for looked in self._looked(self._kept(handed), jobs):
            chunk = handed.pop(0)
            self.failures += looked.outcome.failures
            if not looked.outcome.failures:
                self.seen.add(chunk, looked.outcome, looked.found)
            if progress is not None:
                progress(self._commits.pop(0))
            if time.monotonic() - saved > _SAVED:
                store.write(self.seen)
                saved = time.monotonic()

    def _looked(self, chunks: Iterator[list[Raw]], jobs: int) -> Iterator[Looked]:
        first = list(islice(chunks, 2))
        if jobs == 1 or len(first) == 1:
            with Worker(self._past, self._project) as here:
                yield from map(here, chain(first, chunks))
            return
        Inspector(self._project, only=FAMILIES).prepare()
        try:
            yield from spread(chain(first, chunks), partial(_in_process, self._past, self._project), jobs)
        except Lost as lost:
            self.failures.append(lost.failure())

    def _kept(self, handed: list[list[Raw]]) -> Iterator[list[Raw]]:
        """The chunks, each noted as it is handed out."""
        for chunk in self._chunks():
            handed.append(chunk)
            yield chunk

    def _chunks(self) -> Iterator[list[Raw]]:
        chunk: list[Raw] = []
        commits: set[str | None] = set()
        try:
            for raw in self._past.versions(set(self.seen.done)):
                commits.add(raw.commit)
                if self._excluded(raw.path):
                    self.seen.skip(Skipped(raw.path, "excluded by the settings"))
                    continue
                chunk.append(raw)
                if len(chunk) == _CHUNK:
                    self._commits.append(len(commits))
                    yield chunk
                    chunk, commits = [], set()
                    if self._end is not None and time.monotonic() > self._end:
                        self._late()
                        return
        except PartFailed as error:
            self.failures.append(Failure("reader", ".", str(error)))
        if chunk:
            self._commits.append(len(commits))
            yield chunk

    def _late(self) -> None:
        seconds = self._project.settings.limits.total_seconds
        said = f"the {seconds:g} s of limits.total-seconds were over; the same command goes on where this one stopped"
        self.failures.append(Failure("engine", None, said))

    def report(self) -> Report:
        """What was found, with who brought it and whether it is still there."""
        seen = self.seen
        there = self._there() if seen.findings or seen.suppressed else frozenset()
        commits = {finding.commit for finding in seen.findings if finding.commit}
        commits |= {item.finding.commit for item in seen.suppressed if item.finding.commit}
        origins = self._past.origins(commits)

        def told(finding: Finding) -> Finding:
            author, date = origins.get(finding.commit or "", ("", ""))
            return evolve(finding, origin=Origin(author, date, finding.fingerprint in there))

        judge = Judge(self._project.settings, FAMILIES)
        judged = [
            Judged(finding, verdict)
            for finding in map(told, seen.findings)
            if (verdict := judge.judge(finding)) is not None
        ]
        return Report(
            root=str(self._past.repository.root),
            files=seen.files,
            skipped=tuple(seen.skipped),
            failures=tuple(self.failures),
            judged=tuple(sorted(judged, key=by_risk)),
            suppressed=tuple(evolve(item, finding=told(item.finding)) for item in seen.suppressed),
        )

    def _there(self) -> frozenset[str]:
        """The fingerprints of what HEAD has. Only such files need a look that were not looked at, or in which something was."""
        seen = self.seen
        files = [
            raw
            for raw in self._past.present()
            if raw.regular and ((oid := bytes.fromhex(raw.oid.decode())) in seen.found or oid not in seen.done)
        ]
        if not files:
            return frozenset()
        with Worker(self._past, self._project) as here:
            outcome = here(files).outcome
        self.failures += outcome.failures
        findings = (*(item.finding for item in outcome.judged), *(item.finding for item in outcome.suppressed))
        return frozenset(finding.fingerprint for finding in findings)


class Worker:
    """Reads versions and looks at them; made once in each process."""

    def __init__(self, past: Past, project: Project) -> None:
        self._inspector = Inspector(project, only=FAMILIES)
        self._reader = Reader(past, project.settings.limits)

    def __call__(self, raws: Sequence[Raw]) -> Looked:
        """What is to be said of some versions."""
        files: list[FileChange] = []
        ids: dict[tuple[str, str | None], bytes] = {}
        failures: list[Failure] = []
        skipped: list[Skipped] = []
        for raw, entry in zip(raws, self._reader.entries(raws), strict=True):
            match entry:
                case Skipped():
                    skipped.append(entry)
                case Unreadable():
                    failures.append(Failure("reader", entry.path, entry.why))
                case FileChange():
                    files.append(entry)
                    ids[entry.path, entry.commit] = bytes.fromhex(raw.oid.decode())
        outcome = self._inspector.outcome(files)
        findings = (*(item.finding for item in outcome.judged), *(item.finding for item in outcome.suppressed))
        found = {ids[finding.path, finding.commit] for finding in findings}
        return Looked(
            evolve(
                outcome,
                judged=tuple(
                    evolve(item, finding=_bare(item.finding)) for item in outcome.judged if item.finding.touched
                ),
                suppressed=tuple(
                    evolve(item, finding=_bare(item.finding)) for item in outcome.suppressed if item.finding.touched
                ),
                failures=(*failures, *outcome.failures),
                skipped=(*skipped, *outcome.skipped),
            ),
            tuple(found),
        )

    def __enter__(self) -> Self:
        self._reader.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._reader.__exit__(*error)


def _in_process(past: Past, project: Project) -> Worker:
    worker = Worker(past, project)
    Finalize(None, worker.__exit__, exitpriority=0)  # processes of a pool end without their `finally`
    return worker


def _bare(finding: Finding) -> Finding:
    """Without what only helps to mend a file that is at hand."""
    return evolve(finding, secrets=(), related=(), fixes=())


__all__ = ["FAMILIES", "Suppressed", "inspect_history"]
