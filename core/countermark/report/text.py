"""The report for a terminal: what a tired person needs when a commit is stopped, and nothing when there is nothing to say.

What blocks comes first and is explained; the same explanation is given once. Notes, and warnings about lines that the change left
alone, are a line each, so that they never push the others off the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import define, field

from countermark.display import escape
from countermark.finding import Lifetime, Origin
from countermark.verdict import Judged, Level, Report

from .layout import fit
from .rule_page import suppression
from .terminal import columns
from .values import sentence, word

_MOST_BRIEF = 20  # lines for what is not explained; JSON has them all
_MOST_NAMES = 5
_WIDTHS = (40, 120)  # narrower is unreadable however it is wrapped, wider tires the eye
_COLOURS = {Level.BLOCK: "1;31", Level.REVIEW: "1;35", Level.WARN: "1;33", Level.NOTE: "36"}
_GUTTER = 7
_LONGEST_NAME = 60  # whoever commits chooses it
_LIFETIMES = {Lifetime.UNKNOWN: "lifetime unknown"}  # the others speak for themselves


def text(report: Report, *, fail_on: Level, colour: bool = False, width: int | None = None) -> str:
    """The report as lines; empty when there is nothing to say. ``width`` in columns, None asks the terminal."""
    page = _Text(fail_on, colour, min(max(width or columns(), _WIDTHS[0]), _WIDTHS[1]))
    return "".join(f"{line}\n" for line in page.lines(report))


@define
class _Text:
    """One report as it is written; it remembers what has been explained."""

    fail_on: Level
    colour: bool
    width: int
    said: set[tuple[str, str]] = field(factory=set)

    def lines(self, report: Report) -> Iterator[str]:
        full = [item for item in report.judged if self._explained(item)]
        brief = [item for item in report.judged if not self._explained(item)]
        for title, items in _by_file(full):
            yield self._paint("1", title)
            for item in items:
                yield from self._finding(item)
                yield ""
        for item in brief[:_MOST_BRIEF]:
            yield self._brief(item)
        if len(brief) > _MOST_BRIEF:
            yield f"... and {len(brief) - _MOST_BRIEF} more; --format json lists them all"
        if brief:
            yield ""
        yield from self._unseen(report)
        if report.judged:
            yield from self._summary(report)

    def _explained(self, item: Judged) -> bool:
        level = item.verdict.level
        return level >= min(self.fail_on, Level.REVIEW) or (level is Level.WARN and item.finding.touched)

    def _finding(self, item: Judged) -> Iterator[str]:
        finding, level = item.finding, item.verdict.level
        place = f"{finding.start.line}:{finding.start.column}"
        yield f"  {place}  {self._paint(_COLOURS[level], word(level))}  {self._paint('1', finding.rule.title)}"
        if finding.excerpt.text:
            shown = fit(finding.excerpt, self.width - _GUTTER - 2)
            carets = " " * shown.start + self._paint(_COLOURS[level], "^" * shown.length)
            more = f" to line {finding.end.line}" if finding.end.line > finding.start.line else ""
            yield f"{finding.start.line:>{_GUTTER - 1}} │ {shown.text}"
            yield f"{'':{_GUTTER - 1}} │ {carets}{more}"
        if finding.origin and finding.commit:
            yield from self._labelled("from:", origin(finding.commit, finding.origin))
        yield from self._once("why: ", finding.rule.id, finding.message)
        yield from self._once("do:  ", finding.rule.id, finding.rule.remedy)
        for fix in finding.fixes:
            yield from self._labelled("fix: ", f"{fix.title} ({'safe' if fix.safe else 'check what it changes'})")
        for related in finding.related:
            line = f":{related.start.line}" if related.start else ""
            yield from self._labelled("see: ", f"{related.path}{line} {related.message}")
        kind = f", {_LIFETIMES.get(finding.lifetime, finding.lifetime.value)}" if finding.lifetime else ""
        yield from self._labelled(
            "rule:", f"{finding.rule.id}{kind}; {word(level)} by {item.verdict.reason}", style="2"
        )

    def _once(self, label: str, rule: str, said: str) -> Iterator[str]:
        if (rule, said) not in self.said:
            self.said.add((rule, said))
            yield from self._labelled(label, said)

    def _labelled(self, label: str, said: str, *, style: str = "") -> Iterator[str]:
        indent = " " * 4
        body = textwrap.wrap(
            sentence(said),
            max(self.width - len(indent) - len(label) - 1, 20),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, line in enumerate(body):
            head = label if number == 0 else " " * len(label)
            yield indent + self._paint(style, f"{head} {line}")

    def _brief(self, item: Judged) -> str:
        finding, level = item.finding, item.verdict.level
        place = f"{escape(finding.path)}:{finding.start.line}:{finding.start.column}"
        return f"{place}  {self._paint(_COLOURS[level], word(level))}  {finding.rule.title}  {finding.rule.id}"

    def _unseen(self, report: Report) -> Iterator[str]:
        if report.skipped:
            yield f"not looked at: {_files(len(report.skipped))}"
            for why, items in groupby(sorted(report.skipped, key=lambda item: item.why), key=lambda item: item.why):
                yield f"  {sentence(why)}: {_names([item.path for item in items])}"
        for failure in report.failures:
            where = f" on {escape(failure.path)}" if failure.path is not None else ""
            yield self._paint(_COLOURS[Level.BLOCK], f"failed: {failure.part}{where}: {sentence(failure.message)}")
        for remark in report.remarks:
            yield f"note: {remark.part}: {sentence(remark.message)}"
        if report.failures:
            yield "The result is incomplete: what failed may hide more. `countermark doctor` checks every part."

    def _summary(self, report: Report) -> Iterator[str]:
        failing = [item for item in report.judged if item.verdict.level >= self.fail_on]
        counts = [f"{report.count(level)} {word(level)}" for level in reversed(Level) if report.count(level)]
        if report.suppressed:
            counts.append(f"{len(report.suppressed)} suppressed")
        found = f"countermark: {', '.join(counts)} in {_files(report.files)}"
        if not failing:
            yield f"{found}; the check passes"
            return
        yield self._paint(_COLOURS[Level.BLOCK], f"{found}; the check fails")
        reviews = [item for item in failing if item.finding.rule.family == "review"]
        if reviews:
            hunks = "1 hunk needs" if len(reviews) == 1 else f"{len(reviews)} hunks need"
            yield f"  {hunks} a person's answer. In a terminal of your own:"
            yield f"    {escape(report.review) or 'countermark review'}"
        others = [item for item in failing if item.finding.rule.family != "review"]
        if not others:
            return
        rule = others[0].finding.rule.id
        yield "  Fix it and check again. Only if it is wrong, or accepted, answer for it in a comment on its line:"
        yield f"    # {suppression(rule)}"
        yield f"  More about a rule: countermark check --explain {rule}"

    def _paint(self, style: str, said: str) -> str:
        return f"\x1b[{style}m{said}\x1b[0m" if self.colour and style else said


def origin(commit: str, of: Origin) -> str:
    """Where in the history a finding comes from, and what that means for whoever reads it."""
    now = "still in HEAD" if of.in_head else "gone from HEAD, but not from the history, so revoke it"
    return f"commit {commit[:12]} by {of.author[:_LONGEST_NAME]}, {of.date}; {now}"


def _by_file(items: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Files in the order of their worst finding, and in each its findings in order of risk."""
    groups: dict[str, list[Judged]] = {}
    for item in items:
        finding = item.finding
        commit = f" in commit {finding.commit[:12]}" if finding.commit and not finding.origin else ""
        groups.setdefault(escape(finding.path) + commit, []).append(item)
    yield from groups.items()


def _names(paths: Sequence[str]) -> str:
    shown = ", ".join(escape(path) for path in paths[:_MOST_NAMES])
    return shown + (f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else "")


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
