"""A summary in Markdown, as forges show it beside a change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countermark.display import escape
from countermark.verdict import Judged, Level, Report

from .values import sentence, word

_MOST = 100  # rows; a forge cuts a long summary off
_SIGNIFICANT = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@:-])")


def markdown(report: Report, *, fail_on: Level) -> str:
    """The report as a headline, a table of what was found, and what could not be looked at."""
    return "\n".join(_lines(report, fail_on)) + "\n"


def _lines(report: Report, fail_on: Level) -> Iterator[str]:
    failing = sum(item.verdict.level >= fail_on for item in report.judged)
    verdict = "could not look at everything" if report.failures else "fails" if failing else "passes"
    yield f"### Countermark {verdict}"
    yield ""
    counts = [f"{report.count(level)} {word(level)}" for level in reversed(Level) if report.count(level)]
    yield (", ".join(counts) or "Nothing was found") + "."
    if report.judged:
        yield from ("", "| verdict | place | what | why |", "| --- | --- | --- | --- |")
        yield from (_row(item) for item in report.judged[:_MOST])
    if len(report.judged) > _MOST:
        yield from ("", f"... and {len(report.judged) - _MOST} more.")
    for failure in report.failures:
        where = f" on {_plain(failure.path)}" if failure.path is not None else ""
        yield from ("", f"- {_plain(failure.part)} failed{where}: {_plain(failure.message)}")
    if failing and report.review:
        yield from ("", "In a terminal of your own:", "", f"    {escape(report.review)}")


def _row(item: Judged) -> str:
    finding = item.finding
    commit = f" in {finding.commit[:12]}" if finding.commit else ""
    place = _plain(f"{finding.path}:{finding.start.line}{commit}")
    what = f"{_plain(finding.rule.title)} ({_plain(finding.rule.id)})"
    return f"| {word(item.verdict.level)} | {place} | {what} | {_plain(finding.message)} |"


def _plain(text: str) -> str:
    """Text that Markdown takes for nothing but text."""
    return _SIGNIFICANT.sub(r"\\\1", sentence(text))
