"""SARIF is held to the schema that OASIS publishes, and to what code scanning services ask for beyond it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from countermark.report.sarif import sarif, uri
from countermark.verdict import Level, Report

from .samples import RULES, found, full, judged, report, tls

SCHEMA = json.loads(Path(__file__).parents[2].joinpath("data/sarif-schema-2.1.0.json").read_bytes())
VALIDATOR = Draft4Validator(SCHEMA)


def run(shown: Report, *, fail_on: Level = Level.BLOCK) -> dict[str, Any]:
    log = json.loads(sarif(shown, rules=RULES, fail_on=fail_on))
    VALIDATOR.validate(log)
    [only] = log["runs"]
    assert isinstance(only, dict)
    return only


def test_the_schema_finds_faults() -> None:
    log = json.loads(sarif(full(), rules=RULES, fail_on=Level.BLOCK))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("shown", [Report(root="/r", files=0), full()], ids=["empty", "full"])
def test_valid(shown: Report) -> None:
    assert run(shown)["columnKind"] == "unicodeCodePoints"


def test_nothing_of_the_machine_is_told() -> None:
    assert "/repository" not in sarif(full(), rules=RULES, fail_on=Level.BLOCK)
    assert run(full())["originalUriBaseIds"].keys() == {"SRCROOT"}


def test_a_result_says_where_and_what_it_is_known_by() -> None:
    leak = found()
    [result] = run(report(judged(leak, Level.BLOCK)))["results"]
    assert result["partialFingerprints"] == {"countermark/v1": leak.fingerprint}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "settings.py", "uriBaseId": "SRCROOT"},
                "region": {
                    "startLine": 1,
                    "startColumn": 8,
                    "endLine": 1,
                    "endColumn": 22,
                    "snippet": {"text": "key = '********'"},
                },
            }
        }
    ]


@pytest.mark.parametrize(
    ("level", "fail_on", "expected"),
    [
        (Level.BLOCK, Level.BLOCK, "error"),
        (Level.REVIEW, Level.BLOCK, "warning"),
        (Level.REVIEW, Level.REVIEW, "error"),
        (Level.WARN, Level.BLOCK, "warning"),
        (Level.NOTE, Level.BLOCK, "note"),
    ],
)
def test_an_error_is_what_fails_the_check(level: Level, fail_on: Level, expected: str) -> None:
    [result] = run(report(judged(found(), level)), fail_on=fail_on)["results"]
    assert result["level"] == expected


def test_rules_carry_their_help() -> None:
    driver = run(full())["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in RULES]
    described, *others = driver["rules"]
    assert all("help" in rule for rule in others)
    assert "Revoke the key" in described["help"]["text"]
    assert "**What to do.** Revoke the key" in described["help"]["markdown"]
    assert described["helpUri"] == "https://example.invalid/keys"
    assert described["properties"] == {
        "security-severity": "9.5",
        "precision": "high",
        "tags": ["security", "secrets", "CWE-798", "external/cwe/cwe-798"],
    }


def test_a_rule_that_found_nothing_is_named_and_no_more() -> None:
    [key, *others] = run(report(judged(found(), Level.BLOCK)))["tool"]["driver"]["rules"]
    assert "help" in key
    assert [rule.keys() for rule in others] == [{"id", "shortDescription", "defaultConfiguration"}] * 2


def test_results_point_at_their_rule_even_where_the_registry_does_not_know_it() -> None:
    only = json.loads(sarif(full(), rules=RULES[1:], fail_on=Level.BLOCK))["runs"][0]
    rules = only["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in only["results"])


def test_suppressions_say_who_answered_how() -> None:
    suppressions = [result["suppressions"] for result in run(full())["results"] if "suppressions" in result]
    assert suppressions == [
        [{"kind": "inSource", "status": "accepted", "justification": "a fake for tests"}],
        [{"kind": "external", "status": "accepted", "justification": "known"}],
    ]


def test_fixes_are_edits() -> None:
    [result] = run(report(judged(tls(), Level.WARN)))["results"]
    [fix] = result["fixes"]
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 19, "endLine": 2, "endColumn": 33},
            "insertedContent": {"text": ""},
        }
    ]
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ["called load", "called here"]


def test_what_failed_is_no_success() -> None:
    [invocation] = run(full())["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert [said["level"] for said in invocation["toolExecutionNotifications"]] == ["error", "error", "note", "note"]


def test_findings_are_no_failure_of_the_tool() -> None:
    [invocation] = run(report(judged(found(), Level.BLOCK)))["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/a.py", "src/a.py"),
        ("a b#?%.py", "a%20b%23%3F%25.py"),
        ("c:d.py", "c%3Ad.py"),
        ("é.py", "%C3%A9.py"),
        ("bad\udcff.py", "bad%FF.py"),
        ("line\nend\u202e", "line%0Aend%E2%80%AE"),
        ("half\ud83d.py", "half%5Cud83d.py"),
    ],
)
def test_paths_become_uris(path: str, expected: str) -> None:
    assert uri(path) == expected
