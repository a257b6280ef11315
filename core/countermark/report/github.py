"""Workflow commands of GitHub Actions: annotations in the change, without a token and without an upload."""

from __future__ import annotations

from countermark.finding import Finding
from countermark.verdict import Judged, Level, Report

from .values import PART_FAILED, SKIPPED, exact, grade, placed, sentence

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def github(report: Report, *, fail_on: Level) -> str:
    """One command a finding, a failure or a file that nobody looked at."""
    lines = [
        *(_finding(item, fail_on) for item in report.judged),
        *(
            _command("error", PART_FAILED, failure.path, f"{failure.part}: {failure.message}")
            for failure in report.failures
        ),
        *(_command("notice", SKIPPED, item.path, f"not looked at: {item.why}") for item in report.skipped),
    ]
    return "".join(f"{line}\n" for line in lines)


def _finding(item: Judged, fail_on: Level) -> str:
    finding = item.finding
    title = f"{finding.rule.title} ({finding.rule.id})"
    message = f"{finding.message} {finding.rule.remedy}"
    return _command(_COMMANDS[grade(item.verdict.level, fail_on)], title, finding.path, message, _region(finding))


def _region(finding: Finding) -> dict[str, int]:
    if not placed(finding):
        return {}
    lines = {"line": finding.start.line, "endLine": finding.end.line}
    if finding.start.line != finding.end.line:  # columns are refused for a range of lines
        return lines
    return {**lines, "col": finding.start.column, "endColumn": finding.end.column}


def _command(name: str, title: str, path: str | None, message: str, region: dict[str, int] | None = None) -> str:
    values = {**({} if path is None else {"file": exact(path)}), **(region or {}), "title": sentence(title)}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    return f"::{name} {properties}::{_data(sentence(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
