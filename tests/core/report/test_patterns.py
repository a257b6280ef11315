"""What a rule says of OWASP's lists and of how likely assistants are, and a remark, in each place where they are shown."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from attrs import evolve

from countermark.content import Span
from countermark.errors import ExitCode
from countermark.finding import Confidence, Finding, Likelihood, Rule, Severity
from countermark.report.render import FORMATS, render
from countermark.report.rule_page import as_value, markdown, page
from countermark.verdict import Judged, Level, Remark, Report, Verdict

RULE = Rule(
    "py/x",
    "Query from text",
    "Whoever controls the text reads every table.",
    "Pass the values beside the query.",
    Severity.HIGH,
    Confidence.HIGH,
    cwe=("CWE-89",),
    owasp=("A05:2025", "LLM05:2025"),
    likelihood=Likelihood("Two of five completions have it", "https://example.invalid/study"),
)
REPORT = Report(
    "/",
    1,
    judged=(Judged(Finding.of(RULE, "a.py", Span(0, 1)), Verdict(Level.WARN, "policy")),),
    remarks=(Remark("patterns", "semgrep-core\x1b[31m was silent"),),
)


@pytest.mark.parametrize("said", [page(RULE), markdown(RULE)])
def test_a_page_says_it(said: str) -> None:
    folded = " ".join(said.split())

    assert "OWASP A05:2025, OWASP LLM05:2025" in folded
    assert "Two of five completions have it (" in folded
    assert "https://example.invalid/study" in folded


@pytest.mark.parametrize("say", [page, markdown])
def test_what_nobody_has_counted_has_no_source(say: Callable[[Rule], str]) -> None:
    assert "Not measured." in say(evolve(RULE, likelihood=Likelihood("Not measured.", "")))


@pytest.mark.parametrize("say", [page, markdown])
def test_a_rule_that_says_neither_has_no_empty_section(say: object) -> None:
    assert callable(say)
    said = say(Rule("py/y", "T", "W", "R", Severity.LOW, Confidence.LOW))

    assert "OWASP" not in said
    assert "assistants" not in said


def test_json_has_both() -> None:
    assert as_value(RULE)["owasp"] == ["A05:2025", "LLM05:2025"]
    assert as_value(RULE)["likelihood"]["source"] == "https://example.invalid/study"


def test_sarif_has_tags_help_and_the_remark() -> None:
    [run] = json.loads(render(REPORT, "sarif", rules=(RULE,), fail_on=Level.BLOCK))["runs"]
    [rule] = run["tool"]["driver"]["rules"]

    assert {"owasp/a05:2025", "owasp/llm05:2025", "external/cwe/cwe-89"} <= {*rule["properties"]["tags"]}
    assert "Two of five" in rule["help"]["markdown"]
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["note"]


@pytest.mark.parametrize("style", FORMATS)
def test_a_remark_neither_fails_a_report_nor_moves_a_cursor(style: str) -> None:
    said = render(REPORT, style, rules=(RULE,), fail_on=Level.BLOCK)

    assert "\x1b" not in said
    assert REPORT.exit_code(Level.BLOCK) is ExitCode.CLEAN
