"""GitLab's Code Quality report: a JSON list that it compares between the branches of a merge request."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from countermark.finding import Severity
from countermark.verdict import Failure, Judged, Report

from .values import PART_FAILED, exact, sentence

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def gitlab(report: Report) -> str:
    """The report as GitLab reads it. It knows no failures, so each is an entry: an incomplete result must not look clean."""
    entries = [*(_finding(item) for item in report.judged), *(_failure(failure) for failure in report.failures)]
    return json.dumps(entries, indent=2) + "\n"


def _finding(item: Judged) -> dict[str, Any]:
    finding = item.finding
    return {
        "description": sentence(f"{finding.rule.title}: {finding.message}"),
        "check_name": finding.rule.id,
        # Ours tells findings of one file apart; GitLab wants one that is unique in the whole report.
        "fingerprint": _unique(finding.fingerprint, finding.path, finding.commit or ""),
        "severity": _SEVERITIES[finding.severity],
        "location": _location(finding.path, finding.start.line, finding.end.line),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "description": sentence(f"{failure.part} could not look at everything: {failure.message}"),
        "check_name": PART_FAILED,
        "fingerprint": _unique(PART_FAILED, failure.part, failure.path or ""),
        "severity": "blocker",
        "location": _location(failure.path or ".", 1, 1),
    }


def _location(path: str, begin: int, end: int) -> dict[str, Any]:
    return {"path": exact(path), "lines": {"begin": max(begin, 1), "end": max(end, 1)}}


def _unique(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
