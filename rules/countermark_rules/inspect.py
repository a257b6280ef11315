"""From a change to a report: engine, then triage, then judge. Every face calls this, so every face shows the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from attrs import evolve

from countermark.change import Change, FileChange
from countermark.config.schema import Limits
from countermark.project import Project
from countermark.verdict import Failure, Judged, Report

from .authorship import Stretches
from .inputs import Inputs
from .inspector import Outcome
from .registry import check_settings
from .sharing import outcomes


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
    said: list[Outcome] = []
    for outcome in outcomes(change, project, inputs, jobs=jobs, only=only, stretches=stretches):
        said.append(outcome)
        if progress is not None:
            progress(outcome.files)
    whole = Outcome.of([inputs.taken(), *said])
    return Report(
        root=change.root,
        files=whole.files,
        skipped=whole.skipped,
        failures=(*whole.failures, *_late(whole.late, project.settings.limits)),
        judged=tuple(sorted(whole.judged, key=by_risk)),
        suppressed=whole.suppressed,
        remarks=whole.remarks,
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


def _late(files: int, limits: Limits) -> Iterator[Failure]:
    if files:
        said = f"the {limits.total_seconds:g} s of limits.total-seconds were over, so {files} files were not looked at"
        yield Failure("engine", None, said)


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
