"""The JSON of Countermark itself, `countermark/findings/1`; findings.schema.json beside this file describes it.

Fixed: other tools read it. A key may be added, none may vanish or change its meaning under this name.
"""

from __future__ import annotations

import json
from typing import Any

from countermark import __version__
from countermark.content import Position
from countermark.display import escape
from countermark.finding import Edit, Finding, Fix, Origin, Related
from countermark.verdict import Failure, Judged, Level, Report

from .values import exact, sentence, word

SCHEMA = "countermark/findings/1"


def findings(report: Report) -> str:
    """The report as JSON, in ASCII, so that no terminal and no locale can spoil it; a line for each finding.

    Indented, a report of thousands took longer to write than they took to find: only the other way is the encoder in C.
    """
    value = as_value(report)
    lines = [json.dumps(item) for item in value.pop("findings")]
    listed = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return json.dumps(value, indent=2).removesuffix("\n}") + f',\n  "findings": {listed}\n}}\n'


def json_schema() -> dict[str, Any]:
    """The JSON Schema of this format."""
    from importlib.resources import files  # a report has no need of it

    schema: dict[str, Any] = json.loads(files(__package__).joinpath("findings.schema.json").read_bytes())
    return schema


def as_value(report: Report) -> dict[str, Any]:
    """The report as the value that JSON holds."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "countermark", "version": __version__},
        "summary": {
            "files": report.files,
            "skipped": [{"path": exact(item.path), "why": sentence(item.why)} for item in report.skipped],
            **{word(level): report.count(level) for level in reversed(Level)},
            "failures": [_failure(failure) for failure in report.failures],
            "remarks": [{"part": item.part, "message": sentence(item.message)} for item in report.remarks],
        },
        "findings": [_finding(item) for item in report.judged],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    path = None if failure.path is None else exact(failure.path)
    return {"part": failure.part, "path": path, "message": sentence(failure.message)}


def _finding(item: Judged) -> dict[str, Any]:
    finding = item.finding
    return {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "message": sentence(finding.message),
        "severity": word(finding.severity),
        "confidence": word(finding.confidence),
        "verdict": word(item.verdict.level),
        "reason": sentence(item.verdict.reason),
        "path": exact(finding.path),
        "start": _position(finding.start),
        "end": _position(finding.end),
        "fingerprint": finding.fingerprint,
        "cwe": list(finding.rule.cwe),
        "lifetime": finding.lifetime.value if finding.lifetime else None,
        "excerpt": escape(finding.excerpt.text),
        "ai": None,
        "written": finding.written.value if finding.written else None,
        "fixes": [_fix(fix) for fix in finding.fixes],
        "related": [_related(related) for related in finding.related],
        **_version(finding),
    }


def _version(finding: Finding) -> dict[str, Any]:
    """A finding in a version that a later commit replaced cannot be told by its path and lines alone."""
    commit = {"commit": finding.commit} if finding.commit else {}
    return {**commit, "origin": origin(finding.origin)} if finding.origin else commit


def origin(of: Origin) -> dict[str, Any]:
    """Who brought a finding, when, and whether it is still there."""
    return {"author": sentence(of.author), "date": of.date, "in_head": of.in_head}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": sentence(fix.title),
        "safety": "safe" if fix.safe else "unsafe",
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": _position(edit.start), "end": _position(edit.end), "replacement": exact(edit.replacement)}


def _related(related: Related) -> dict[str, Any]:
    return {
        "path": exact(related.path),
        "start": _position(related.start),
        "end": _position(related.end),
        "message": sentence(related.message),
        **({"before": True} if related.before else {}),
    }


def _position(position: Position | None) -> dict[str, int] | None:
    return None if position is None else {"line": position.line, "column": position.column}
