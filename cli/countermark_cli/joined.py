"""Reports of several repositories as one, its paths relative to what holds them all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from countermark.finding import Finding
from countermark.verdict import Judged, Report


def joined(reports: Sequence[Report]) -> Report:
    """One report; a single one is left as it is."""
    if len(reports) == 1:
        return reports[0]
    common = os.path.commonpath([report.root for report in reports])
    folders = [Path(report.root).relative_to(common).as_posix() for report in reports]
    moved = [_below(report, folder) for report, folder in zip(reports, folders, strict=True)]
    return Report(
        root=common,
        files=sum(report.files for report in moved),
        # A repository within another is skipped there, and looked at by itself.
        skipped=tuple(item for report in moved for item in report.skipped if item.path not in folders),
        failures=tuple(item for report in moved for item in report.failures),
        judged=tuple(sorted((item for report in moved for item in report.judged), key=_risk)),
        suppressed=tuple(item for report in moved for item in report.suppressed),
        remarks=tuple(dict.fromkeys(item for report in moved for item in report.remarks)),
    )


def _below(report: Report, folder: str) -> Report:
    """The report as seen from a folder further up."""

    def below(path: str) -> str:
        return path if folder == "." else f"{folder}/{path}"

    def moved(finding: Finding) -> Finding:
        related = tuple(evolve(other, path=below(other.path)) for other in finding.related)
        return evolve(finding, path=below(finding.path), related=related)

    return evolve(
        report,
        skipped=tuple(evolve(item, path=below(item.path)) for item in report.skipped),
        failures=tuple(evolve(item, path=None if item.path is None else below(item.path)) for item in report.failures),
        judged=tuple(evolve(item, finding=moved(item.finding)) for item in report.judged),
        suppressed=tuple(evolve(item, finding=moved(item.finding)) for item in report.suppressed),
    )


def _risk(item: Judged) -> tuple[int, int, int]:
    return -item.verdict.level, -item.finding.severity, -item.finding.confidence
