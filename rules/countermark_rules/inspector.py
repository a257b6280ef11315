"""Look at some files: engine, then triage, then judge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import Self

from attrs import evolve, frozen

from countermark.change import FileChange, Skipped
from countermark.finding import Finding, Rule
from countermark.placing import place
from countermark.project import Project
from countermark.verdict import Failure, Judged, Remark, Suppressed

from .authorship import Stretches, attributed
from .detector import Detector
from .engine import Examined, examine
from .judge import Judge
from .once import told_once
from .registry import detectors


@frozen
class Outcome:
    """What is to be said about a chunk of files."""

    files: int = 0
    judged: tuple[Judged, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()
    late: int = 0  # files that nobody looked at, because the time was over

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Self:
        """All of them as one."""
        every = list(outcomes)
        return cls(
            files=sum(one.files for one in every),
            judged=tuple(judged for one in every for judged in one.judged),
            suppressed=tuple(suppressed for one in every for suppressed in one.suppressed),
            failures=tuple(dict.fromkeys(failure for one in every for failure in one.failures)),
            skipped=tuple(skipped for one in every for skipped in one.skipped),
            remarks=tuple(dict.fromkeys(remark for one in every for remark in one.remarks)),
            late=sum(one.late for one in every),
        )


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

    @property
    def batches(self) -> bool:
        """Whether a detector would rather see many files at once."""
        return any(detector.batch for detector in self._detectors)

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
        verdicts = [(finding, self._judge.judge(finding)) for finding in examined.findings]
        live = [(finding, verdict.level) for finding, verdict in verdicts if verdict is not None]
        triaged = self._sort(examined.file, told_once(live), complete=not examined.failures)
        suppressed += triaged.suppressed
        secrets = [span for finding in examined.findings for span in finding.secrets]
        return [*triaged.kept, *place(examined.file, triaged.about, secrets)]
