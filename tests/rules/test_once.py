"""A weakness that two rules of a pack tell is told once; different weaknesses and places are told each."""

from __future__ import annotations

import pytest

from countermark.content import Span
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.verdict import Level
from countermark_rules.once import told_once


def finding(id_: str, start: int, end: int, cwe: str = "CWE-89", confidence: Confidence = Confidence.MEDIUM) -> Finding:
    rule = Rule(id_, id_, "why", "do", Severity.HIGH, confidence, (cwe,))
    return Finding.of(rule, "a.go", Span(start, end))


SURE = Confidence.HIGH


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([finding("go/around", 0, 50), finding("go/within", 10, 20)], ["go/around"]),
        ([finding("go/around", 0, 50), finding("go/within", 10, 20, confidence=SURE)], ["go/within"]),
        ([finding("go/same", 0, 9), finding("go/place", 0, 9)], ["go/same"]),
        ([finding("go/one", 0, 50), finding("go/one", 10, 20)], ["go/one", "go/one"]),  # a call within a call
        ([finding("go/one", 0, 50), finding("go/other", 10, 20, "CWE-79")], ["go/one", "go/other"]),
        ([finding("go/one", 0, 50), finding("local/own", 10, 20)], ["go/one", "local/own"]),
        ([finding("go/one", 0, 50), finding("go/other", 40, 60)], ["go/one", "go/other"]),
        ([finding("secrets/one", 0, 50), finding("secrets/other", 10, 20)], ["secrets/one", "secrets/other"]),
        ([finding("guards/one", 0, 50), finding("guards/other", 10, 20)], ["guards/one", "guards/other"]),
        ([finding("secrets/key", 10, 20, "CWE-798"), finding("go/hard-coded", 0, 50, "CWE-798")], ["secrets/key"]),
        ([finding("go/hard-coded", 0, 50, "CWE-798")], ["go/hard-coded"]),
        ([], []),
    ],
)
def test_a_weakness_is_told_once(findings: list[Finding], told: list[str]) -> None:
    assert [one.rule.id for one in told_once([(one, Level.BLOCK) for one in findings])] == told


@pytest.mark.parametrize(
    ("told", "other"),
    [
        (finding("go/within", 10, 20), finding("go/around", 0, 50, confidence=SURE)),
        (finding("go/around", 0, 50), finding("go/within", 10, 20, confidence=SURE)),
    ],
)
def test_what_stops_a_commit_is_told_rather_than_what_is_surer(told: Finding, other: Finding) -> None:
    assert told_once([(other, Level.WARN), (told, Level.BLOCK)]) == [told]


def test_a_password_that_stops_a_commit_is_told_beside_a_secret_that_does_not() -> None:
    secret, password = finding("secrets/key", 10, 20, "CWE-798"), finding("go/hard-coded", 0, 50, "CWE-798")

    assert told_once([(secret, Level.WARN), (password, Level.BLOCK)]) == [secret, password]
