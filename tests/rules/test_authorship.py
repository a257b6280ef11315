"""Who wrote what was found, and what `policy.ai.raise` makes of it, through the inspector and a real change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from attrs import evolve

from countermark.change import Change, FileChange
from countermark.config.schema import Assisted, Judging, RuleSetting, Settings
from countermark.content import Content, Span
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.project import Project
from countermark.provenance.model import Author, State, Stretch
from countermark.triage.triage import Triage
from countermark.verdict import Level, Report
from countermark_rules.inspect import inspect
from countermark_rules.judge import Judge
from tests.support import fake_aws_key

BEFORE = "a = 1\n"
AFTER = f"a = 1\nkey = '{fake_aws_key()}'\nb = 2\n"


def looked(
    settings: Settings, stretches: Sequence[Stretch] | None, *, before: str | None = BEFORE, broken: bool = False
) -> Report:
    file = FileChange("a.py", Content.of_text(AFTER), before=None if before is None else Content.of_text(before))

    def tell(asked: FileChange) -> Sequence[Stretch]:
        assert asked is file
        if broken:
            raise RuntimeError(AFTER)
        return stretches or ()

    project = Project(settings, Triage(today=date(2026, 1, 1)))
    return inspect(Change("/", [file]), project, only=("secrets",), stretches=None if stretches is None else tell)


def stretch(state: State, first: int = 2, last: int = 2) -> Stretch:
    return Stretch(first, last, Author(state, agent="an-agent"))


@pytest.mark.parametrize(
    ("stretches", "written"),
    [
        (None, None),
        ([], State.UNTRACKED),
        ([stretch(State.AI)], State.AI),
        ([stretch(State.AI, 1, 3)], State.AI),
        ([stretch(State.HUMAN)], State.HUMAN),
        ([stretch(State.SUSPECTED)], State.SUSPECTED),
        ([stretch(State.AI, 1, 1), stretch(State.AI, 3, 9)], State.UNTRACKED),
        ([stretch(State.HUMAN, 1, 2), stretch(State.AI, 2, 3)], State.AI),
    ],
)
def test_a_finding_knows_who_wrote_its_lines(stretches: list[Stretch] | None, written: State | None) -> None:
    [item] = looked(Settings(), stretches).judged

    assert item.finding.written is written


@pytest.mark.parametrize(
    ("raised", "level", "state", "expected"),
    [
        (0, Level.WARN, State.AI, Level.WARN),
        (1, Level.NOTE, State.AI, Level.WARN),
        (1, Level.WARN, State.AI, Level.REVIEW),
        (2, Level.WARN, State.AI, Level.BLOCK),
        (3, Level.WARN, State.AI, Level.BLOCK),
        (1, Level.BLOCK, State.AI, Level.BLOCK),
        (1, Level.WARN, State.HUMAN, Level.WARN),
        (1, Level.WARN, State.SUSPECTED, Level.WARN),
        (1, Level.WARN, State.UNTRACKED, Level.WARN),
    ],
)
def test_lines_that_an_ai_wrote_are_raised(raised: int, level: Level, state: State, expected: Level) -> None:
    severity = {Level.NOTE: Severity.INFO, Level.WARN: Severity.MEDIUM, Level.BLOCK: Severity.HIGH}[level]
    rule = Rule("py/x", "X", "Why.", "Do.", severity, Confidence.HIGH)
    finding = evolve(Finding.of(rule, "a.py", Span(0, 1)), written=state)

    verdict = Judge(Settings(policy=Judging(ai=Assisted(raised)))).judge(finding)

    assert verdict is not None
    assert verdict.level is expected
    assert ("policy.ai.raise" in verdict.reason) is (expected is not level)


def test_what_the_rules_fix_and_what_is_untouched_stays() -> None:
    fixed = Settings(rules={"secrets/*": RuleSetting(level="note")}, policy=Judging(ai=Assisted(3)))
    [item] = looked(fixed, [stretch(State.AI)]).judged
    assert item.verdict.level is Level.NOTE

    [item] = looked(Settings(policy=Judging(ai=Assisted(3))), [stretch(State.AI)], before=AFTER).judged
    assert item.verdict.level is Level.WARN


def test_where_nobody_can_tell_the_finding_stays_and_the_result_is_not_whole() -> None:
    report = looked(Settings(), [], broken=True)

    assert len(report.judged) == 1
    assert [(one.part, one.path, one.message) for one in report.failures] == [
        ("provenance", "a.py", "who wrote this is not known: RuntimeError")
    ]
