"""From a change to a report: engine, then triage, then judge. Every face calls this, so every face shows the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TypeAlias

from attrs import evolve, frozen

from countermark.change import Change, FileChange, Skipped
from countermark.finding import Finding, Rule
from countermark.placing import place
from countermark.project import Project
from countermark.verdict import Failure, Judged, Remark, Report, Suppressed

from .authorship import Stretches, attributed
from .detector import Detector
from .engine import Examined, examine
from .inputs import Inputs
from .judge import Judge
from .registry import check_settings, detectors

# Processes cost some 50 ms to start, and what they look at has to be handed to them: it pays where looking takes long.
_PAYS_SECONDS = 0.2


# What a process does with a chunk.
_Look: TypeAlias = "Callable[[Sequence[FileChange]], Outcome]"


@frozen
class Outcome:
    """What is to be said about a chunk of files."""

    files: int
    judged: tuple[Judged, ...]
    suppressed: tuple[Suppressed, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Inspector:
    """Detectors, triage and judge, made once for a run."""

    def __init__(
        self,
        project: Project,
        made: Sequence[Detector] | None = None,
        *,
        only: Collection[str] = (),
        stretches: Stretches | None = None,
    ) -> None:
        """``stretches`` tells who wrote the lines of a file; it is asked of files in which something was found."""
        self._project = project
        settings, today = project.settings, project.triage.today
        self._detectors = (
            detectors(settings, only, today=today, own=project.rules, local=project.local) if made is None else made
        )
        self._stretches = stretches
        self._judge = Judge(project.settings, only)
        self._sort = evolve(project.triage, rules=self._heard).apply

    def prepare(self) -> None:
        """Load what the detectors need, which forked processes then share. One that cannot is reported with the first file."""
        for detector in self._detectors:
            with suppress(Exception):
                detector.prepare()

    def _heard(self) -> list[Rule]:
        """The rules that this run looks for; hundreds, so they are only made when a comment raises the question."""
        return [rule for detector in self._detectors for rule in detector.rules if self._judge.hears(rule)]

    def outcome(self, files: Sequence[FileChange]) -> Outcome:
        """Look at some files."""
        judged: list[Judged] = []
        suppressed: list[Suppressed] = []
        failures: list[Failure] = []
        skipped: list[Skipped] = []
        remarks: list[Remark] = []
        for examined in map(self._attributed, examine(files, self._detectors, self._project.settings.limits)):
            failures += examined.failures
            skipped += examined.skipped
            remarks += examined.remarks
            kept = self._triage(examined, suppressed)
            judged += [
                Judged(finding, verdict) for finding in kept if (verdict := self._judge.judge(finding)) is not None
            ]
        there = sum(not file.gone for file in files)
        return Outcome(
            there, tuple(judged), tuple(suppressed), tuple(failures), tuple(skipped), tuple(dict.fromkeys(remarks))
        )

    def _attributed(self, examined: Examined) -> Examined:
        return examined if self._stretches is None or examined.file.gone else attributed(examined, self._stretches)

    def _triage(self, examined: Examined, suppressed: list[Suppressed]) -> list[Finding]:
        if not examined.findings and examined.file.commit:
            return []  # nobody can mend the comments of an old version
        # A rule that is switched off says nothing, so nothing of it can be suppressed, and no suppression of it is used.
        live = [finding for finding in examined.findings if self._judge.judge(finding) is not None]
        triaged = self._sort(examined.file, live, complete=not examined.failures)
        suppressed += triaged.suppressed
        secrets = [span for finding in examined.findings for span in finding.secrets]
        return [*triaged.kept, *place(examined.file, triaged.about, secrets)]


def inspect(
    change: Change,
    project: Project,
    *,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
    only: Collection[str] = (),
    look: Callable[[FileChange], Iterable[Judged | Failure]] | None = None,
    stretches: Stretches | None = None,
) -> Report:
    """Look at a change and judge what is found.

    ``jobs`` is how many processes may share the work, where that pays. ``progress`` is called with the number of files that are done.
    ``only`` are families of rules: nothing else is looked for. ``stretches`` tells who wrote which lines of a
    file; one process alone can ask it.
    ``look`` is asked about each file besides: whether somebody answers for its lines. What it says is judged already, and neither a
    comment nor a baseline can silence it: an agent could write those.
    A detector that breaks is a failure in the report; only settings that cannot be meant raise UsageError.
    """
    check_settings(project.settings, project.rules)
    jobs = 1 if stretches else jobs
    inputs = Inputs(project, look)
    outcomes: list[Outcome] = []
    for outcome in _outcomes(
        inputs.chunks(chain(change.entries, change.gone)), partial(_worker, project, only, stretches), jobs
    ):
        outcomes.append(outcome)
        if progress is not None:
            progress(outcome.files)
    return Report(
        root=change.root,
        files=sum(outcome.files for outcome in outcomes),
        skipped=(*inputs.skipped, *(skipped for outcome in outcomes for skipped in outcome.skipped)),
        failures=tuple(
            dict.fromkeys((*inputs.failures, *(failure for outcome in outcomes for failure in outcome.failures)))
        ),
        judged=tuple(sorted((*inputs.judged, *(item for outcome in outcomes for item in outcome.judged)), key=by_risk)),
        suppressed=tuple(item for outcome in outcomes for item in outcome.suppressed),
        remarks=tuple(dict.fromkeys(remark for outcome in outcomes for remark in outcome.remarks)),
    )


def extended(report: Report, said: Iterable[Judged | Failure], *, review: str = "") -> Report:
    """The report with what was said besides, of commits for one; ``review`` is the command that answers it."""
    found = list(said)
    return evolve(
        report,
        review=review,
        failures=(*report.failures, *(one for one in found if isinstance(one, Failure))),
        judged=tuple(sorted((*report.judged, *(one for one in found if isinstance(one, Judged))), key=by_risk)),
    )


def _outcomes(chunks: Iterator[list[FileChange]], make: Callable[[], _Look], jobs: int) -> Iterator[Outcome]:
    """Work through the chunks: here, or in several processes once it is clear that there is enough to do."""
    look = make()
    spent = 0.0
    for chunk in chunks:
        begun = time.monotonic()
        outcome = look(chunk)
        spent += time.monotonic() - begun
        yield outcome
        if jobs > 1 and spent > _PAYS_SECONDS:
            yield from _shared(chunks, make, jobs)


def _shared(chunks: Iterator[list[FileChange]], make: Callable[[], _Look], jobs: int) -> Iterator[Outcome]:
    """What is left, in several processes; forked ones share what has been loaded."""
    following = next(chunks, None)
    if following is None:
        return
    from .pool import Lost, spread

    try:
        yield from spread(chain([following], chunks), make, jobs)
    except Lost as lost:
        yield Outcome(0, (), (), (lost.failure(),))


def _worker(project: Project, only: Collection[str], stretches: Stretches | None) -> _Look:
    return Inspector(project, only=only, stretches=stretches).outcome


def by_risk(item: Judged) -> tuple[int, int, int, str, int, str]:
    """The order of risk: what blocks first, then harm, then certainty; the place makes it the same on every run."""
    finding = item.finding
    return (
        -item.verdict.level,
        -finding.severity,
        -finding.confidence,
        finding.path,
        finding.span.start,
        finding.rule.id,
    )
