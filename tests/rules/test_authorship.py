"""Who wrote what was found, and what `policy.ai.raise` makes of it, through the inspector and a real change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from countermark.change import Change, FileChange
from countermark.config.schema import Assisted, Judging, RuleSetting, Settings, Threshold
from countermark.content import Content
from countermark.finding import Confidence, Severity
from countermark.project import Project
from countermark.provenance.model import Author, State, Stretch
from countermark.triage.triage import Triage
from countermark.verdict import Level, Report
from countermark_rules.inspect import inspect
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


def policy(raised: int, level: Level = Level.NOTE) -> Settings:
    """A policy under which the key gets a level."""
    never = Threshold(Severity.CRITICAL, Confidence.HIGH)
    least = Threshold(Severity.INFO, Confidence.LOW)
    if level is Level.REVIEW:
        return Settings(
            rules={"secrets/*": RuleSetting(at_least="review")},
            policy=Judging(block=never, warn=never, ai=Assisted(raised)),
        )
    block, warn = (least if level is Level.BLOCK else never), (least if level >= Level.WARN else never)
    return Settings(policy=Judging(block=block, warn=warn, ai=Assisted(raised)))


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
    block = Threshold(Severity.INFO if level is Level.BLOCK else Severity.CRITICAL, Confidence.HIGH)
    settings = Settings(policy=Judging(block=block, ai=Assisted(raised)), rules=_lower(level))

    [item] = looked(settings, [stretch(state)]).judged

    assert item.verdict.level is expected
    assert ("policy.ai.raise" in item.verdict.reason) is (expected is not level)


def _lower(_level: Level) -> dict[str, RuleSetting]:
    return {}


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
