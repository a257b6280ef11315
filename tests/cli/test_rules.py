from __future__ import annotations

import json

import pytest

from countermark_cli.__main__ import main
from countermark_rules.registry import all_rules


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    return (code, *capsys.readouterr())


def test_list_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rules", "list")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in all_rules()]


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rules", "list", "--format", "json")
    value = json.loads(out)
    assert (code, value["schema"]) == (0, "countermark/rules/1")
    assert [rule["id"] for rule in value["rules"]] == [rule.id for rule in all_rules()]
    assert value["rules"][0].keys() == {
        "id", "title", "why", "remedy", "severity", "confidence", "cwe", "references", "enabled", "owasp", "likelihood",
    }  # fmt: skip


@pytest.mark.parametrize("how", [("rules", "show"), ("check", "--explain")])
def test_show(capsys: pytest.CaptureFixture[str], how: tuple[str, ...]) -> None:
    rule = all_rules()[0]
    code, out, err = run(capsys, *how, rule.id)
    assert (code, err) == (0, "")
    assert out.startswith(f"{rule.id}: {rule.title}\n")
    assert "Why it matters" in out
    assert f"# countermark: allow {rule.id} until" in out


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("suppressions/no-reson", "did you mean suppressions/no-reason"),
        ("no-reason", "did you mean suppressions/no-reason"),
        ("zzzzzzzzzzzz\x1b", "`countermark rules list` shows them all"),
    ],
)
@pytest.mark.parametrize("how", [("rules", "show"), ("check", "--explain")])
def test_an_unknown_rule(capsys: pytest.CaptureFixture[str], how: tuple[str, ...], typed: str, hint: str) -> None:
    code, out, err = run(capsys, *how, typed)
    assert (code, out) == (2, "")
    assert hint in err
    assert err.count("\n") == 1
    assert "\x1b" not in err
