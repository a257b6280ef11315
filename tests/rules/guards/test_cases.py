"""Every rule of the family over pairs of versions: what it has to find, and at least as much that it must leave alone.

A case file is called as its rule is; a case names its files with what they held before and hold after, `null` for none.
The real engine runs, once for all cases.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Finding
from countermark_rules.detectors.guards.bundle import BUNDLE, compile_guards, presences
from countermark_rules.detectors.guards.detector import GuardsDetector
from countermark_rules.detectors.guards.presence import _LANGUAGES
from countermark_rules.detectors.patterns.bundle import load_yaml
from countermark_rules.engine import examine
from countermark_rules.registry import all_rules

from .pooled import Pooled

CASES = Path(__file__).parent / "cases"
RULES = [rule.id.partition("/")[2] for rule in all_rules() if rule.family == "guards"]


def read(rule: str) -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = load_yaml(CASES / f"{rule}.yaml")
    return loaded


def change(path: str, versions: list[str | None]) -> FileChange:
    before, after = versions[0], versions[1]
    old = None if before is None else Content.of_text(before)
    return FileChange(
        path, Content.of_text(after or ""), old, versions[2] if len(versions) > 2 else None, gone=after is None
    )


def look(files: dict[str, list[str | None]], detector: GuardsDetector | None = None) -> list[Finding]:
    changes = [change(path, versions) for path, versions in files.items()]
    examined = examine(changes, [detector or pooled()], Settings().limits)
    assert [failure for one in examined for failure in one.failures] == []
    return [finding for one in examined for finding in one.findings]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(path.stem, case["files"], id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in read(path.stem)[kind]
    ]


@cache
def pooled() -> GuardsDetector:
    """The detector, knowing what the engine says of every case."""
    engine = Pooled()
    detector = GuardsDetector(Settings(), engine)
    for path in CASES.glob("*.yaml"):
        for kind in ("found", "silent"):
            for case in read(path.stem)[kind]:
                look(case["files"], detector)
    engine.ask()
    return detector


@pytest.mark.parametrize(("rule", "files"), cases("found"))
def test_a_loss_is_found(rule: str, files: dict[str, list[str | None]]) -> None:
    found = look(files)
    assert {finding.rule.id for finding in found} == {f"guards/{rule}"}
    assert all(finding.touched for finding in found)


@pytest.mark.parametrize(("rule", "files"), cases("silent"))
def test_what_is_no_loss_is_left_alone(rule: str, files: dict[str, list[str | None]]) -> None:
    assert [finding.rule.id for finding in look(files)] == [], rule


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases_of_both_kinds(rule: str) -> None:
    found, silent = read(rule)["found"], read(rule)["silent"]
    assert 0 < len(found) <= len(silent)


def test_the_bundle_is_what_the_rule_files_say() -> None:
    assert BUNDLE.read_text("utf-8") == compile_guards(), "run scripts/bundle"


def test_only_languages_that_rules_name_are_looked_at() -> None:
    assert {language for one in presences() for language in one.pattern.languages} == _LANGUAGES
