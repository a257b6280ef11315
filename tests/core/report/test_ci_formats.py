"""What GitHub, GitLab and JUnit readers make of a report: read back by the rules of each."""

from __future__ import annotations

import json
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from countermark.report.github import github
from countermark.report.gitlab import gitlab
from countermark.report.junit import junit
from countermark.verdict import Failure, Level, Report

from .samples import KEY, QUIET, TLS, found, full, judged, report, tls

EMPTY = Report(root="/r", files=4)


def commands(shown: Report, fail_on: Level = Level.BLOCK) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: split at the delimiters, then undo the escapes."""
    read = []
    for line in github(shown, fail_on=fail_on).split("\n")[:-1]:
        _, head, message = line.split("::", 2)
        name, _, rest = head.partition(" ")
        properties = dict(item.split("=", 1) for item in rest.split(","))
        read.append((name, {key: unquote(value) for key, value in properties.items()}, unquote(message)))
    return read


def test_github_annotations() -> None:
    assert commands(report(judged(found(path="a,b:c%\n.py"), Level.BLOCK), judged(tls(), Level.WARN))) == [
        (
            "error",
            {
                "file": "a,b:c%\n.py",
                "line": "1",
                "endLine": "1",
                "col": "8",
                "endColumn": "22",
                "title": "Cloud key (secrets/cloud-key)",
            },
            f"{KEY.why} {KEY.remedy}",
        ),
        (
            "warning",
            {
                "file": "client.py",
                "line": "2",
                "endLine": "2",
                "col": "21",
                "endColumn": "33",
                "title": "Certificate checks are off (py/tls-verify-off)",
            },
            "Anyone on the network path can read this traffic. Remove verify=False.",
        ),
    ]


def test_github_takes_no_columns_for_a_range_of_lines() -> None:
    [(_, properties, _)] = commands(report(judged(found("get(\n  verify)\n", "get(\n  verify", rule=TLS), Level.NOTE)))
    assert properties.keys() == {"file", "line", "endLine", "title"}


def test_github_is_told_of_everything() -> None:
    said = commands(full())
    assert [name for name, _, _ in said] == [
        "error",
        "warning",
        "warning",
        "notice",
        "error",
        "error",
        "notice",
        "notice",
    ]
    assert said[4][1] == {"file": "broken.py", "title": "engine/part-failed"}
    assert said[6][1] == {"file": "logo.png", "title": "engine/skipped"}


def test_nothing_to_annotate() -> None:
    assert github(EMPTY, fail_on=Level.BLOCK) == ""


def test_gitlab_entry() -> None:
    [entry] = json.loads(gitlab(report(judged(found(), Level.BLOCK))))
    assert entry.pop("fingerprint").isalnum()
    assert entry == {
        "description": "Cloud key: Whoever reads this can act as the key until somebody revokes it.",
        "check_name": "secrets/cloud-key",
        "severity": "blocker",
        "location": {"path": "settings.py", "lines": {"begin": 1, "end": 1}},
    }


def test_gitlab_tells_every_entry_apart() -> None:
    items = [
        judged(found(path=path, text=text), Level.BLOCK)
        for path in ("a.py", "b.py")
        for text in ("x = 'hunter2hunter2'", "y = 'hunter2hunter2'")
    ]
    failures = (Failure("secrets", "a.py", "late"), Failure("secrets", "b.py", "late"), Failure("engine", None, "late"))
    entries = json.loads(gitlab(report(*items, failures=failures)))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 7


def test_gitlab_knows_a_finding_that_moved() -> None:
    here, moved = (found(text) for text in ("k = 'hunter2hunter2'\n", "\n\nk = 'hunter2hunter2'\n"))
    prints = {json.loads(gitlab(report(judged(one, Level.BLOCK))))[0]["fingerprint"] for one in (here, moved)}
    assert len(prints) == 1


def test_gitlab_lists_nothing_as_a_list() -> None:
    assert json.loads(gitlab(EMPTY)) == []


def test_junit_fails_what_fails_the_check() -> None:
    root = ET.fromstring(junit(full(), fail_on=Level.REVIEW))  # noqa: S314 - our own text
    suite = root[0]
    assert [[child.tag for child in case] for case in suite] == [
        ["failure"],
        ["system-out"],
        ["failure"],
        ["system-out"],
        ["skipped"],
        ["skipped"],
        ["skipped"],
        ["skipped"],
        ["error"],
        ["error"],
    ]
    assert suite.attrib == {"name": "countermark", "tests": "10", "failures": "2", "errors": "2", "skipped": "4"}
    assert root.attrib == {"name": "countermark", "tests": "10", "failures": "2", "errors": "2"}


def test_junit_passes_where_nothing_was_found() -> None:
    [case] = ET.fromstring(junit(EMPTY, fail_on=Level.BLOCK))[0]  # noqa: S314 - our own text
    assert (case.attrib, list(case)) == ({"classname": "countermark", "name": "4 files checked"}, [])


@pytest.mark.parametrize(
    "char", [*map(chr, range(32)), "\x7f", "\ufffe", "\uffff", chr(0xDCFF), chr(0xD800), "<", "&", '"', "]]>"]
)
def test_junit_is_well_formed_for_any_character(char: str) -> None:
    finding = evolve(found(f"{char}x{char} = 1", "x", rule=QUIET, path=f"a{char}b"), message=f"of {char}")
    shown = report(judged(finding, Level.BLOCK), failures=(Failure(f"p{char}", f"f{char}", char),))
    [case, failed] = ET.fromstring(junit(shown, fail_on=Level.BLOCK).encode())[0]  # noqa: S314 - our own text
    assert case[0].text is not None
    assert failed[0].tag == "error"
