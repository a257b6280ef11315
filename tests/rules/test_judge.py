"""The judge: a level for each finding, and the line of the policy that says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from countermark.config.schema import (
    CredentialPath,
    Credentials,
    Judging,
    PathSetting,
    RuleLevel,
    RuleSetting,
    Settings,
    Threshold,
)
from countermark.content import Span
from countermark.finding import Confidence, Finding, Lifetime, Rule, Severity
from countermark.verdict import Level
from countermark_rules.judge import Judge

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def finding(severity: Severity = Severity.HIGH, confidence: Confidence = HIGH, **fields: Any) -> Finding:
    rule = Rule("fam/rule", "Title", "Why.", "Do.", severity, confidence, enabled=fields.pop("enabled", True))
    return evolve(Finding.of(rule, fields.pop("path", "src/a.py"), Span(0, 1)), **fields)


def settings(level: RuleLevel | None = None, key: str = "fam/rule", **fields: Any) -> Settings:
    return Settings(rules={key: RuleSetting(level)} if level else {}, **fields)


def floor(least: RuleLevel, level: RuleLevel | None = None) -> Settings:
    return Settings(rules={"fam/rule": RuleSetting(level, least)})


NOTES_IN_TESTS = (PathSetting(("tests/**",), Level.NOTE), PathSetting(("tests/live/**",), Level.BLOCK))


@pytest.mark.parametrize(
    ("judged", "policy", "level", "reason"),
    [
        (finding(), settings(), Level.BLOCK, "policy.block: severity from high, confidence from medium"),
        (finding(Severity.CRITICAL, MEDIUM), settings(), Level.BLOCK, "policy.block"),
        (finding(confidence=LOW), settings(), Level.WARN, "policy.warn"),
        (finding(Severity.MEDIUM), settings(), Level.WARN, "policy.warn"),
        (finding(Severity.INFO), settings(), Level.NOTE, "below policy.warn"),
        (
            finding(Severity.MEDIUM),
            settings(policy=Judging(block=Threshold(Severity.MEDIUM, HIGH))),
            Level.BLOCK,
            "severity from medium",
        ),
        (finding(), settings("note"), Level.NOTE, 'rules."fam/rule".level = "note"'),
        (finding(Severity.INFO), settings("review", "fam/*"), Level.REVIEW, 'rules."fam/*".level = "review"'),
        (finding(), settings("off"), None, ""),
        (finding(), floor("warn"), Level.BLOCK, "policy.block"),
        (finding(Severity.INFO), floor("warn"), Level.WARN, 'rules."fam/rule".at-least = "warn"'),
        (finding(Severity.INFO), floor("off"), Level.NOTE, "below policy.warn"),
        (finding(enabled=False), floor("note"), Level.NOTE, "at-least"),
        (finding(enabled=False), floor("off"), None, ""),
        (finding(), floor("review", "note"), Level.REVIEW, "at-least"),
        (finding(), floor("note", "off"), Level.NOTE, "at-least"),
        (finding(), floor("off", "off"), None, ""),
        (finding(enabled=False), settings(), None, ""),
        (finding(enabled=False), settings("warn"), Level.WARN, "rules."),
        (finding(touched=False), settings(), Level.WARN, "policy.untouched"),
        (finding(touched=False), settings(policy=Judging(untouched=Level.BLOCK)), Level.BLOCK, "policy.block"),
        (finding(touched=False), settings("note"), Level.NOTE, "rules."),
        (finding(path="tests/a.py"), settings(paths=NOTES_IN_TESTS), Level.NOTE, "paths: tests/** is at most note"),
        (finding(path="tests/live/a.py"), settings(paths=NOTES_IN_TESTS), Level.BLOCK, "policy.block"),
        (finding(path="src/a.py"), settings(paths=NOTES_IN_TESTS), Level.BLOCK, "policy.block"),
    ],
)
def test_level_and_reason(judged: Finding, policy: Settings, level: Level | None, reason: str) -> None:
    verdict = Judge(policy).judge(judged)

    assert (verdict.level if verdict else None) == level
    assert reason in (verdict.reason if verdict else "")


LONG, SHORT, EXPIRED, UNKNOWN = Lifetime.LONG, Lifetime.SHORT, Lifetime.EXPIRED, Lifetime.UNKNOWN
HOUR = timedelta(hours=1)
IN_PRODUCTION = (CredentialPath(("prod/",), timedelta(minutes=15)), CredentialPath(("prod/", "x/"), 2 * HOUR))


def allowed(longest: timedelta | None, **fields: Any) -> Settings:
    return Settings(credentials=Credentials(longest, paths=fields.pop("paths", ())), **fields)


@pytest.mark.parametrize(
    ("judged", "policy", "level", "reason"),
    [
        (finding(lifetime=LONG), settings(), Level.BLOCK, "policy.block"),
        (finding(lifetime=SHORT), settings(), Level.BLOCK, "policy.block"),
        (finding(lifetime=EXPIRED), settings(), Level.WARN, "credentials.expired: an expired one is at most warn"),
        (finding(Severity.INFO, lifetime=EXPIRED), settings(), Level.NOTE, "below policy.warn"),
        (finding(lifetime=EXPIRED), settings("block"), Level.BLOCK, "rules."),
        (finding(lifetime=EXPIRED), allowed(timedelta()), Level.WARN, "credentials.expired"),
        (
            finding(Severity.LOW, lifetime=LONG),
            allowed(HOUR),
            Level.BLOCK,
            'credentials.max-lifetime = "1h": it lives longer',
        ),
        (finding(Severity.LOW, LOW, lifetime=LONG), allowed(HOUR), Level.WARN, "policy.warn"),
        (finding(lifetime=SHORT), allowed(HOUR), Level.WARN, 'credentials.max-lifetime = "1h": it lives no longer'),
        (finding(Severity.LOW, lifetime=SHORT), allowed(timedelta()), Level.BLOCK, 'max-lifetime = "0"'),
        (finding(lifetime=UNKNOWN), allowed(HOUR), Level.BLOCK, "policy.block"),
        (finding(Severity.LOW, lifetime=UNKNOWN), allowed(timedelta()), Level.WARN, "policy.warn"),
        (finding(Severity.LOW), allowed(timedelta()), Level.WARN, "policy.warn"),
        (finding(lifetime=LONG, lasts=30 * HOUR), allowed(30 * HOUR), Level.WARN, "it lives no longer"),
        (finding(lifetime=LONG, lasts=30 * HOUR), allowed(29 * HOUR), Level.BLOCK, "it lives longer"),
        (finding(lifetime=SHORT, lasts=2 * HOUR), allowed(HOUR), Level.BLOCK, "it lives longer"),
        (finding(lifetime=LONG), settings("note", credentials=Credentials(HOUR)), Level.NOTE, "rules."),
        (finding(lifetime=LONG), settings("off", credentials=Credentials(HOUR)), None, ""),
        (finding(lifetime=LONG, enabled=False), allowed(HOUR), None, ""),
        (finding(lifetime=LONG, touched=False), allowed(HOUR), Level.WARN, "policy.untouched"),
        (finding(lifetime=SHORT, lasts=HOUR, path="prod/a"), allowed(None, paths=IN_PRODUCTION), Level.BLOCK, "prod/"),
        (finding(lifetime=SHORT, lasts=HOUR, path="x/a"), allowed(None, paths=IN_PRODUCTION), Level.WARN, '= "2h"'),
        (
            finding(lifetime=SHORT, lasts=HOUR, path="a"),
            allowed(None, paths=IN_PRODUCTION),
            Level.BLOCK,
            "policy.block",
        ),
        (finding(lifetime=SHORT, lasts=2 * HOUR, path="x/a"), allowed(HOUR, paths=IN_PRODUCTION), Level.BLOCK, '"1h"'),
    ],
)
def test_a_lifetime_counts_beside_the_thresholds(
    judged: Finding, policy: Settings, level: Level | None, reason: str
) -> None:
    verdict = Judge(policy).judge(judged)

    assert (verdict.level if verdict else None) == level
    assert reason in (verdict.reason if verdict else "")


def test_a_rule_outweighs_its_family() -> None:
    rules = {"fam/*": RuleSetting("off"), "fam/rule": RuleSetting("warn")}

    verdict = Judge(Settings(rules=rules)).judge(finding())

    assert verdict is not None
    assert verdict.level is Level.WARN


@pytest.mark.parametrize(
    ("policy", "enabled", "heard"),
    [
        (settings(), True, True),
        (settings(), False, False),
        (settings("off"), True, False),
        (settings("off", "fam/*"), True, False),
        (settings("note"), False, True),
        (floor("note"), False, True),
        (floor("off"), False, False),
        (floor("note", "off"), True, True),
    ],
)
def test_a_rule_is_heard_where_a_finding_of_it_has_a_verdict(policy: Settings, *, enabled: bool, heard: bool) -> None:
    judged = finding(enabled=enabled)
    assert Judge(policy).hears(judged.rule) is heard
    assert (Judge(policy).judge(judged) is not None) is heard
