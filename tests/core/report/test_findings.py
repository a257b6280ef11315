"""The JSON is fixed: other tools read it. Every key is always there, and nothing from a repository can break it."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from countermark import __version__
from countermark.change import Skipped
from countermark.finding import Lifetime
from countermark.report.findings import findings, json_schema
from countermark.verdict import Level, Report

from .samples import found, full, judged, report, tls

VALIDATOR = Draft202012Validator(json_schema())
EMPTY = Report(root="/repository", files=0)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("shown", [EMPTY, full()], ids=["empty", "full"])
def test_valid_against_the_schema(shown: Report) -> None:
    VALIDATOR.validate(json.loads(findings(shown)))


def test_the_schema_refuses_a_missing_key() -> None:
    value = json.loads(findings(full()))
    del value["findings"][0]["ai"]
    assert not VALIDATOR.is_valid(value)


def test_an_empty_report_has_every_key() -> None:
    assert json.loads(findings(EMPTY)) == {
        "schema": "countermark/findings/1",
        "tool": {"name": "countermark", "version": __version__},
        "summary": {
            "files": 0,
            "skipped": [],
            "block": 0,
            "review": 0,
            "warn": 0,
            "note": 0,
            "failures": [],
            "remarks": [],
        },
        "findings": [],
    }


def test_a_finding_has_every_key() -> None:
    leak = evolve(found(), lifetime=Lifetime.LONG)
    assert json.loads(findings(report(judged(leak, Level.BLOCK))))["findings"] == [
        {
            "rule": "secrets/cloud-key",
            "title": "Cloud key",
            "message": "Whoever reads this can act as the key until somebody revokes it.",
            "severity": "critical",
            "confidence": "high",
            "verdict": "block",
            "reason": "policy.block: a test",
            "path": "settings.py",
            "start": {"line": 1, "column": 8},
            "end": {"line": 1, "column": 22},
            "fingerprint": leak.fingerprint,
            "cwe": ["CWE-798"],
            "lifetime": "long-lived",
            "excerpt": "key = '********'",
            "ai": None,
            "written": None,
            "fixes": [],
            "related": [],
        }
    ]


def test_fixes_and_related_places() -> None:
    [finding] = json.loads(findings(report(judged(tls(), Level.WARN))))["findings"]
    assert finding["lifetime"] is None
    assert finding["fixes"] == [
        {
            "title": "Remove verify=False",
            "safety": "unsafe",
            "edits": [{"start": {"line": 2, "column": 19}, "end": {"line": 2, "column": 33}, "replacement": ""}],
        }
    ]
    assert finding["related"] == [
        {
            "path": "client.py",
            "start": {"line": 1, "column": 5},
            "end": {"line": 1, "column": 9},
            "message": "called load",
        },
        {"path": "elsewhere.py", "start": None, "end": None, "message": "called here"},
    ]


def test_columns_are_code_points() -> None:
    [finding] = json.loads(findings(report(judged(found("😀é = 'hunter2hunter2'\n"), Level.BLOCK))))["findings"]
    assert (finding["start"], finding["end"]) == ({"line": 1, "column": 7}, {"line": 1, "column": 21})


def test_only_an_older_version_names_its_commit() -> None:
    items = (judged(found(), Level.BLOCK), judged(evolve(found(), commit="c" * 40), Level.BLOCK))
    assert ["commit" in finding for finding in json.loads(findings(report(*items)))["findings"]] == [False, True]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("a b/é😀.py", "a b/é😀.py"),
        ("bad\udcff.py", "bad\\xff.py"),
        ("line\nend", "line\nend"),
        ("\u202egnp.exe", "\u202egnp.exe"),
    ],
)
def test_paths_are_exact_unless_no_text_can_hold_them(path: str, written: str) -> None:
    shown = report(judged(found(path=path), Level.BLOCK), skipped=(Skipped(path, "binary"),))
    value = json.loads(findings(shown))
    assert value["findings"][0]["path"] == value["summary"]["skipped"][0]["path"] == written


def test_ascii_only() -> None:
    assert findings(full()).isascii()
