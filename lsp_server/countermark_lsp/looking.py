"""What the worker process makes of each request."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from uuid import uuid4

from attrs import evolve

from countermark.change import Change, FileChange
from countermark.config.schema import Settings
from countermark.errors import CountermarkError, UsageError
from countermark.project import Project, own_baseline
from countermark.provenance.events import Event, Kind
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
from countermark.report.guide import Guide
from countermark.review.desk import Watch, reviewer
from countermark.review.editor import decide, hunks
from countermark.review.entry import Decision
from countermark.review.gate import Asked, author
from countermark.review.person import Refused
from countermark.review.session import Opinion
from countermark.verdict import Failure, Report
from countermark_rules.inspect import inspect
from countermark_rules.registry import detectors, guide

from .files import files
from .job import Answer, Decided, Deciding, Job, Knowing, Listing, Mark, Part, Reply, Request, Rotating, Suspecting
from .knowing import record
from .sites import Sites

_SLOW = ("patterns", "dependencies", "local")
_FAST = frozenset({"secrets", "credentials", "suppressions", "review"})


def answer(request: Request, sites: Sites, environ: Mapping[str, str]) -> Reply:
    """The reply to a request. Whatever goes wrong is said in it."""
    match request:
        case Job():
            return look(request, sites)
        case Deciding():
            return _said(lambda: _decided(request, sites, environ), lambda why: Decided(refused=why))
        case Knowing():
            return _said(lambda: _recorded(request, sites), str)
        case Suspecting():
            return _said(lambda: _suspected(request, sites), str)
        case Listing():
            return _said(lambda: files(request, sites), lambda _why: ())
        case Rotating():
            return _said(lambda: guide(request.rule), lambda why: Guide((), (why,)))


def look(job: Job, sites: Sites) -> Answer:
    """What is to be said of a text."""
    try:
        change, project = sites.change(job)
        return (_slowly if job.part is Part.SLOW else _fast)(change, project, sites)
    except UsageError as fault:
        return _failed("settings", None, str(fault))
    except CountermarkError as fault:
        return _failed("engine", job.name, str(fault))
    except Exception as fault:  # noqa: BLE001 - the border; the message of a fault may quote the text
        return _failed("engine", job.name, f"broke with {type(fault).__name__}")


def _fast(change: Change, project: Project, sites: Sites) -> Answer:
    """Secrets, suppressions, and who answers for the lines that differ from HEAD."""
    watch = sites.watch(change, project)
    settings, by_author = project.settings, _by_author(project)
    authors = watch.attribution.stretches if watch and by_author else None
    report = inspect(change, project, only=_FAST, look=watch.file if watch else None, stretches=authors)
    return Answer(
        report,
        tuple(map(_mark, watch.asked)) if watch else (),
        _closed(project),
        settings.policy.longest_suppression,
        settings.review.longest_waiver,
        "comments" in settings.organisation.allow,
        "baselines" in settings.organisation.allow and own_baseline(settings) is not None,
        by_author,
    )


def _slowly(change: Change, project: Project, sites: Sites) -> Answer:
    """What Semgrep finds. All is looked for: fingerprints leave out every secret of a line, and comments may be of use to others."""
    watch = sites.watch(change, project) if _by_author(project) else None
    report = inspect(change, project, stretches=watch.attribution.stretches if watch else None)
    judged = tuple(item for item in report.judged if item.finding.rule.family in _slow_families())
    return Answer(evolve(report, judged=judged))


def _by_author(project: Project) -> bool:
    """Whether the policy is stricter about lines that an AI wrote; who wrote them has to be asked only then."""
    return project.settings.policy.ai.raise_ > 0


@cache
def _slow_families() -> Collection[str]:
    made = detectors(Settings(), _SLOW[:-1])
    return frozenset([*_SLOW, "suppressions", *(rule.family for detector in made for rule in detector.rules)])


def _mark(asked: Asked) -> Mark:
    hunk, standing = asked.hunk, asked.standing
    by = tuple(dict.fromkeys(entry.name or entry.mail for entry in standing.by))
    return Mark(
        hunk.id, hunk.first, hunk.last, hunk.author.state, author(hunk), standing.answer.value, standing.why[:600], by
    )


def _closed(project: Project) -> str:
    settings = project.settings.review
    if not settings.editors:
        return "review.editors is false: reviews are given in a terminal"
    return "review.challenge asks for a terminal" if settings.challenge else ""


def _decided(request: Deciding, sites: Sites, environ: Mapping[str, str]) -> Decided:
    """Keep the decisions, hunk by hunk; the first that is refused ends it."""
    opinion = Opinion(request.decision, request.comment, request.reason, request.expires)
    done: list[str] = []
    for hunk, seconds in request.hunks.items():
        try:
            change, project = sites.change(request.job)
            watch = sites.watch(change, project)
            file = next((entry for entry in change.entries if isinstance(entry, FileChange)), None)
            if watch is None or file is None:
                return Decided(tuple(done), "nothing in this text needs an answer")
            _decide(watch, file, hunk, opinion, seconds, environ)
        except (Refused, CountermarkError) as fault:
            return Decided(tuple(done), str(fault))
        done.append(hunk)
    return Decided(tuple(done))


def _decide(
    watch: Watch, file: FileChange, hunk: str, opinion: Opinion, seconds: float, environ: Mapping[str, str]
) -> None:
    if not _already(watch, file, hunk, opinion):
        decide(watch.desk, watch.attribution, file, hunk, opinion, seconds=seconds, environ=environ)


def _already(watch: Watch, file: FileChange, hunk: str, opinion: Opinion) -> bool:
    """Whether this person has said just that of the hunk: a click that comes twice is one decision."""
    asked = next((one for one in hunks(watch.desk, watch.attribution, file) if one.hunk.id == hunk), None)
    if asked is None or opinion.comment or opinion.decision is Decision.WAIVE:
        return False
    _, mail = reviewer(watch.desk.repository)
    return any(entry.mail == mail and entry.decision is opinion.decision for entry in asked.standing.by)


def _recorded(request: Knowing, sites: Sites) -> str:
    """Record a finding that is still there; what became of it."""
    change, project = sites.change(request.job)
    findings = [item.finding for item in inspect(change, project).judged]
    found = next((one for one in findings if one.fingerprint == request.fingerprint), None)
    return record(found, project, os.path.realpath(change.root), sites.repository(change)) if found else "it is gone"


def _suspected(request: Suspecting, sites: Sites) -> str:
    """Report it as a guess, which is all that it can be."""
    change, _ = sites.change(request.job)
    repository = sites.repository(change)
    file = next((entry for entry in change.entries if isinstance(entry, FileChange)), None)
    if repository is None or file is None or request.job.path is None:
        return ""
    journal, key = Journal.of(repository), uuid4().hex
    try:
        for kind, data in _reports(request.before, file):
            journal.append(Event(kind, key, Author(State.SUSPECTED), (file.path,)), {file.path: data})
    finally:
        journal.database.close()
    return "suspected"


def _reports(before: str, file: FileChange) -> tuple[tuple[Kind, bytes], ...]:
    return ("before", before.encode("utf-8", "surrogateescape")), ("after", file.after.data)


def _said(act: Callable[[], Reply], refuse: Callable[[str], Reply]) -> Reply:
    try:
        return act()
    except CountermarkError as fault:
        return refuse(str(fault))
    except Exception as fault:  # noqa: BLE001 - the border, as above
        return refuse(f"it broke with {type(fault).__name__}")


def _failed(part: str, path: str | None, said: str) -> Answer:
    return Answer(Report(root="", files=0, failures=(Failure(part, path, said),)))
