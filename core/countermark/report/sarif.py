"""SARIF 2.1.0: what code scanning services and editors read.

Paths are relative to SRCROOT, which the reader fills in: an absolute path would tell strangers about the machine that ran the check.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from typing import Any
from urllib.parse import quote

from countermark import __version__
from countermark.content import Position
from countermark.finding import Confidence, Edit, Finding, Fix, Related, Rule, Severity
from countermark.verdict import Judged, Level, Report, Suppressed

from .findings import origin
from .rule_page import cwe_link, markdown, page
from .values import PART_FAILED, REMARK, SKIPPED, exact, grade, placed, sentence, word

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# In the middle of the ranges by which code scanning services name a severity.
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.5",
    Severity.INFO: "0.0",
}
_PRECISIONS = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "warning",
    Severity.INFO: "note",
}
_ROOT = "SRCROOT"
_EXITS = {
    0: "the check passes",
    1: "the check fails",
    3: "a part failed, so the result is incomplete",
}


def sarif(report: Report, *, rules: Sequence[Rule], fail_on: Level) -> str:
    """The report as one SARIF run. Every rule is listed; those that found something are explained, for there are a thousand of them."""
    found = [*(item.finding for item in report.judged), *(item.finding for item in report.suppressed)]
    known = _known(rules, found)
    order = {rule.id: index for index, rule in enumerate(known)}
    run = {
        "tool": {"driver": _driver(known, {finding.rule.id for finding in found})},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository, or of what was checked."}}},
        "invocations": [_invocation(report, fail_on)],
        "results": [
            *(_judged(item, order, fail_on) for item in report.judged),
            *(_suppressed(item, order) for item in report.suppressed),
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _known(rules: Sequence[Rule], found: Iterable[Finding]) -> list[Rule]:
    return list({rule.id: rule for rule in (*rules, *(finding.rule for finding in found))}.values())


def _driver(rules: Sequence[Rule], found: Container[str]) -> dict[str, Any]:
    return {
        "name": "Countermark",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [{**_rule(rule), **(_explained(rule) if rule.id in found else {})} for rule in rules],
        "notifications": [
            {"id": PART_FAILED, "shortDescription": {"text": "A part broke or ran out of time."}},
            {"id": SKIPPED, "shortDescription": {"text": "A file was not looked at, on purpose."}},
            {"id": REMARK, "shortDescription": {"text": "A part did all of its work, but not in its usual way."}},
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"enabled": rule.enabled, "level": _LEVELS[rule.severity]},
    }


def _explained(rule: Rule) -> dict[str, Any]:
    tags = ["security", rule.family, *rule.cwe, *(f"external/cwe/{cwe.lower()}" for cwe in rule.cwe)]
    tags += [f"owasp/{entry.lower()}" for entry in rule.owasp]
    link = next(iter((*rule.references, *(cwe_link(cwe) for cwe in rule.cwe))), None)
    return {
        "name": rule.title,
        "fullDescription": {"text": rule.why},
        "help": {"text": page(rule), "markdown": markdown(rule)},
        "properties": {
            "security-severity": _SCORES[rule.severity],
            "precision": _PRECISIONS[rule.confidence],
            "tags": tags,
        },
        **({"helpUri": link} if link else {}),
    }


def _invocation(report: Report, fail_on: Level) -> dict[str, Any]:
    code = int(report.exit_code(fail_on))
    failures = [
        _notification(PART_FAILED, "error", f"{failure.part}: {failure.message}", failure.path)
        for failure in report.failures
    ]
    skipped = [_notification(SKIPPED, "note", f"not looked at: {item.why}", item.path) for item in report.skipped]
    remarks = [_notification(REMARK, "note", f"{item.part}: {item.message}", None) for item in report.remarks]
    return {
        "executionSuccessful": not report.failures,
        "exitCode": code,
        "exitCodeDescription": _EXITS[code],
        "toolExecutionNotifications": [*failures, *skipped, *remarks],
    }


def _notification(kind: str, level: str, message: str, path: str | None) -> dict[str, Any]:
    about: dict[str, Any] = {"descriptor": {"id": kind}, "level": level, "message": {"text": sentence(message)}}
    return about if path is None else {**about, "locations": [{"physicalLocation": _artifact(path)}]}


def _judged(item: Judged, order: dict[str, int], fail_on: Level) -> dict[str, Any]:
    result = _result(item.finding, order, grade(item.verdict.level, fail_on))
    verdict = {"verdict": word(item.verdict.level), "reason": sentence(item.verdict.reason)}
    return {**result, "properties": {**result["properties"], **verdict}}


def _suppressed(item: Suppressed, order: dict[str, int]) -> dict[str, Any]:
    suppression = {
        "kind": "inSource" if item.in_source else "external",
        "status": "accepted",
        "justification": sentence(item.why),
    }
    return {**_result(item.finding, order, _LEVELS[item.finding.severity]), "suppressions": [suppression]}


def _result(finding: Finding, order: dict[str, int], level: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": order[finding.rule.id],
        "level": level,
        "message": {"text": sentence(finding.message)},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"countermark/v1": finding.fingerprint},
        "properties": {
            "severity": word(finding.severity),
            "confidence": word(finding.confidence),
            "lifetime": finding.lifetime.value if finding.lifetime else None,
            "touched": finding.touched,
            **({"commit": finding.commit} if finding.commit else {}),
            **({"origin": origin(finding.origin)} if finding.origin else {}),
        },
    }
    if finding.related:
        result["relatedLocations"] = [_related(related) for related in finding.related]
    if fixes := [
        _fix(fix, finding.path) for fix in finding.fixes if all(edit.start and edit.end for edit in fix.edits)
    ]:
        result["fixes"] = fixes
    return result


def _place(finding: Finding) -> dict[str, Any]:
    location = _artifact(finding.path)
    if not placed(finding):
        return location
    snippet = {"snippet": {"text": sentence(finding.excerpt.text)}} if finding.excerpt.text else {}
    return {**location, "region": {**_region(finding.start, finding.end), **snippet}}


def _artifact(path: str) -> dict[str, Any]:
    return {"artifactLocation": {"uri": uri(path), "uriBaseId": _ROOT}}


def uri(path: str) -> str:
    """A relative path as a relative URI; bytes that are no UTF-8 are percent-encoded as they are."""
    # A lone surrogate that stands for no byte can come from an editor alone.
    raw = exact(path) if any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in path) else path
    return quote(raw.encode("utf-8", "surrogateescape"))


def _region(start: Position | None, end: Position | None) -> dict[str, int]:
    if start is None or end is None:
        return {"startLine": 1}
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _related(related: Related) -> dict[str, Any]:
    location = _artifact(related.path)
    if related.start is not None and related.end is not None:
        location["region"] = _region(related.start, related.end)
    version = {"properties": {"before": True}} if related.before else {}
    return {"physicalLocation": location, "message": {"text": sentence(related.message)}, **version}


def _fix(fix: Fix, path: str) -> dict[str, Any]:
    return {
        "description": {"text": sentence(f"{fix.title} ({'safe' if fix.safe else 'unsafe'})")},
        "artifactChanges": [{**_artifact(path), "replacements": [_replacement(edit) for edit in fix.edits]}],
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": exact(edit.replacement)}}
