"""Every rule of the credentials detector finds what its fixtures say, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Finding, Lifetime
from countermark_rules.detectors.credentials.detector import CredentialsDetector
from countermark_rules.detectors.credentials.rules import RULES
from countermark_rules.engine import examine

FOLDER = Path(__file__).parent
FIXTURES = sorted(path for path in FOLDER.iterdir() if path.is_file() and not path.name.startswith(("test_", "__")))
MARK = re.compile(r"(ruleid|ok): ([\w-]+)")
TODAY = date(2026, 11, 21)
# How a fixture's file is called where it is used.
PLACES = {
    ".github.yml": ".github/workflows/{}",
    ".gitlab.yml": "{}/.gitlab-ci.yml",
    ".circleci.yml": "{}/.circleci/config.yml",
    ".jenkinsfile": "{}/Jenkinsfile",
}


def look(path: str, data: bytes) -> list[Finding]:
    detector = CredentialsDetector(today=TODAY)
    [examined] = examine([FileChange(path, Content(data))], [detector], Settings().limits)
    assert (examined.failures, examined.skipped) == ((), ())
    return list(examined.findings)


def place_of(fixture: Path) -> str:
    return next((path for end, path in PLACES.items() if fixture.name.endswith(end)), "{}").format(fixture.name)


def lines(fixture: Path, kind: str) -> list[int]:
    """The lines that a fixture's marks speak of."""
    text = fixture.read_text("utf-8").split("\n")
    rule = fixture.name.partition(".")[0]
    return [number + 2 for number, line in enumerate(text) for found in MARK.findall(line) if found == (kind, rule)]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: str(path.name))
def test_a_rule_finds_what_its_fixture_marks(fixture: Path) -> None:
    found = look(place_of(fixture), fixture.read_bytes())

    rule = fixture.name.partition(".")[0]
    assert {finding.rule.id for finding in found} == {f"credentials/{rule}"}
    assert [finding.start.line for finding in found] == lines(fixture, "ruleid")
    assert {finding.lifetime for finding in found} == {Lifetime.LONG}
    assert all("In its place: " in finding.message and "(https://" in finding.message for finding in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_every_rule_has_as_many_negatives_as_positives(rule: object) -> None:
    own = [path for path in FIXTURES if f"credentials/{path.name.partition('.')[0]}" == rule.id]  # type: ignore[attr-defined]
    assert 0 < sum(len(lines(path, "ruleid")) for path in own) <= sum(len(lines(path, "ok")) for path in own)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: str(path.name))
def test_line_ends_and_other_alphabets_shift_nothing(fixture: Path, ending: str) -> None:
    comment = "//" if fixture.suffix in {".js", ".jenkinsfile"} else "#"
    text = f"{comment} é😀\n{fixture.read_text('utf-8')}"

    found = look(place_of(fixture), text.replace("\n", ending).encode())

    if ending == "\r" and fixture.suffix in {".tf", ".jenkinsfile", ".js"}:
        return  # no tool of theirs ends lines so
    assert [finding.start.line - 1 for finding in found] == lines(fixture, "ruleid")
