"""Every pattern rule finds what its fixture says, and nothing else; the real engine runs, once for all fixtures of a pack."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Confidence, Finding
from countermark_rules.detectors.patterns.bundle import (
    BUNDLES,
    PatternRule,
    code_of,
    compile_packs,
    likely,
    load_pack,
    load_rules,
    shipped_pack,
)
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.packs import PACKS
from countermark_rules.detectors.patterns.prefilter import Plain
from countermark_rules.engine import examine

FIXTURES = Path(__file__).parent
FOLLOW_A_REQUEST = {
    "py/sql-from-values",
    "py/shell-from-input",
    "py/code-from-input",
    "py/path-from-request",
    "py/html-from-request",
    "py/address-from-request",
    "py/directory-query-from-values",
}
MARK = re.compile(r"(ruleid|ok): ([\w-]+)")


def fixture_of(rule: PatternRule) -> Path:
    [path] = FIXTURES.glob(f"{rule.rule.id}.*")
    return path


def placed(rule: PatternRule, fixture: Path) -> str:
    """Where a repository would have the fixture: packs are told apart by names and folders, one fixture by its own folder."""
    named = rule.pack in {"docker", "gha", "gitlab", "compose", "mcp", "k8s"}
    return f"{fixture.stem}/{PACKS[rule.pack].example if named else fixture.name}"


def look(*files: FileChange) -> list[Finding]:
    examined = examine(files, [PatternsDetector(Settings())], Settings().limits)
    assert not [failure for one in examined for failure in one.failures]
    return [finding for one in examined for finding in one.findings]


def fixtures(pack: str) -> list[FileChange]:
    """The fixtures of a pack, each as a file of one repository."""
    found = [(rule, fixture_of(rule)) for rule in load_pack(pack)]
    return [FileChange(placed(rule, path), Content(path.read_bytes())) for rule, path in found]


@cache
def found_in(pack: str) -> list[Finding]:
    """What is found in them."""
    return look(*fixtures(pack))


def test_the_bundles_are_what_the_rule_files_say() -> None:
    assert {path.stem: path.read_text("utf-8") for path in BUNDLES.iterdir()} == compile_packs(), "run scripts/bundle"


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: str(rule.rule.id))
def test_a_rule_finds_what_its_fixture_marks(rule: PatternRule) -> None:
    path = fixture_of(rule)
    marks = [
        (kind, number + 2)
        for number, line in enumerate(path.read_text("utf-8").split("\n"))
        for kind, name in MARK.findall(line)
        if name == rule.rule.id.partition("/")[2]
    ]
    expected = [line for kind, line in marks if kind == "ruleid"]

    found = [one for one in found_in(rule.pack) if (one.path, one.rule.id) == (placed(rule, path), rule.rule.id)]

    assert sorted({finding.start.line for finding in found}) == expected
    assert 0 < len(expected) <= sum(kind == "ok" for kind, _ in marks)


def test_every_rule_says_how_often_assistants_suggest_it_and_which_study_says_so() -> None:
    page = (Path(__file__).parents[3] / "docs" / "patterns.md").read_text("utf-8")
    studies = page.partition("## How often")[2].partition("\n## ")[0]
    for rule in load_rules():
        likelihood = rule.rule.likelihood
        assert likelihood is not None, rule.id
        if likelihood.source:
            assert likelihood.source in studies, f"{rule.id}: the page about patterns does not list {likelihood.source}"
        else:
            assert likelihood.claim.startswith("Not measured"), rule.id


@pytest.mark.parametrize("pack", PACKS)
def test_both_prefilters_find_the_same_rules(pack: str) -> None:
    shipped = shipped_pack(pack)
    plain = Plain(shipped.index)
    for file in fixtures(pack):
        data = code_of(pack, file.after.data)
        assert list(likely(pack, data)) == [shipped.rule(number) for number in plain.found(data)]
        assert set(plain.found(data)) <= set(shipped.prefilter.found(data))
    assert plain.found(b"") == shipped.prefilter.found(b"") == []


def test_places_are_right_behind_other_alphabets() -> None:
    text = 'import requests\r\nx = "é😀\u2028"; requests.get(x, timeout=3, verify=False)\r\n'

    [finding] = look(FileChange("a.py", Content.of_text(text)))

    assert text[finding.span.start : finding.span.end] == "requests.get(x, timeout=3, verify=False)"
    [edit] = finding.fixes[0].edits
    assert text[: edit.span.start] + edit.replacement + text[edit.span.end :] == text.replace(", verify=False", "")


def test_a_file_that_cannot_be_read_to_the_end_is_named() -> None:
    text = "import requests\nrequests.get(u, verify=False)\ndef broken(:\n    ((((\n"
    [examined] = examine([FileChange("a.py", Content.of_text(text))], [PatternsDetector(Settings())], Settings().limits)

    assert not examined.failures
    assert [skipped.path for skipped in examined.skipped] == ["a.py"]


def test_a_fix_that_changes_nothing_is_not_offered() -> None:
    text = "import httpx\nhttpx.get(u, verify=False)\nhttpx.Client(verify=False)\n"

    assert [bool(finding.fixes) for finding in look(FileChange("a.py", Content.of_text(text)))] == [True, False]


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("app/views.py", False),
        ("app/latest.py", False),
        ("tests/app/views.py", True),
        ("app/test_views.py", True),
        ("conftest.py", True),
    ],
)
def test_what_only_tests_do_is_told_with_low_confidence(path: str, test: bool) -> None:
    [finding] = look(FileChange(path, Content.of_text("import pickle\npickle.loads(x)\n")))
    assert finding.confidence is (Confidence.LOW if test else finding.rule.confidence)
    assert finding.rule.confidence > Confidence.LOW


def test_a_workflow_that_runs_tests_is_no_test() -> None:
    text = Content.of_text("on: push\npermissions: write-all\njobs: {}\n")
    [finding] = look(FileChange(".github/workflows/unit-test.yml", text))
    assert (finding.rule.id, finding.confidence) == ("gha/write-all", finding.rule.confidence)


def test_many_files_take_one_call() -> None:
    files = [FileChange(f"d{n}/a.py", Content.of_text("import pickle\npickle.loads(x)\n")) for n in range(5)]

    assert [finding.path for finding in look(*files)] == [file.path for file in files]


def test_rules_that_follow_a_request_agree_on_what_a_request_is() -> None:
    """Rule files stand alone, so the sources are written into each; this keeps them the same."""
    ours = [rule.semgrep["pattern-sources"] for rule in load_rules() if rule.rule.id in FOLLOW_A_REQUEST]
    requests = [[source for source in sources if source["label"] == "R"] for sources in ours]

    assert len(ours) == len(FOLLOW_A_REQUEST)
    assert all(sources == requests[0] for sources in requests)
