"""`countermark rules test`: our packs, a repository's rules, and what is wrong with either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.patterns.test_own import RULE
from tests.support import Repository

PACKS = Path(__file__).parents[2] / "rules" / "countermark_rules" / "detectors" / "patterns" / "rules"
FOLDER = ".countermark/rules"
FIXTURE = "# ruleid: no-print\nprint(1)\n# ok: no-print\nlog(1)\n"


@pytest.mark.parametrize(
    ("fixture", "code", "said"),
    [
        pytest.param(FIXTURE, 0, "ok  local/no-print", id="holds"),
        pytest.param(
            FIXTURE.replace("log(1)", "print(2)"), 1, "found, and should not be: team.py:4", id="found too much"
        ),
        pytest.param(
            FIXTURE.replace("print(1)", "log(2)"), 1, "not found, and should be: team.py:2", id="found too little"
        ),
        pytest.param(FIXTURE + "print(3)\n", 1, "found, and should not be: team.py:5", id="unmarked"),
        pytest.param(None, 0, "--  local/no-print  (no fixture marks it)", id="no fixture"),
    ],
)
def test_a_rule_against_its_fixture(repository: Repository, fixture: str | None, code: int, said: str) -> None:
    repository.write(f"{FOLDER}/team.yaml", RULE)
    if fixture is not None:
        repository.write(f"{FOLDER}/team.py", fixture)

    done = repository.countermark("rules", "test")

    assert done.returncode == code, done.stderr
    assert said in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(RULE.replace("WARNING", "loud"), "team.yaml, line 4: severity is one of", id="a word"),
        pytest.param(RULE.replace("print(...)", "print((("), "Semgrep cannot use no-print", id="a pattern"),
    ],
)
def test_a_rule_that_cannot_be_used(repository: Repository, text: str, said: str) -> None:
    repository.write(f"{FOLDER}/team.yaml", text)

    done = repository.countermark("rules", "test", FOLDER)

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("path", ["gone", "a.py", "empty"])
def test_where_there_are_no_rules(repository: Repository, path: str) -> None:
    repository.write("a.py", "x = 1\n").write("empty/.keep", "")

    assert repository.countermark("rules", "test", path).returncode == 2
    assert "name a file or a folder of rules" in repository.countermark("rules", "test").stderr


def test_a_rule_of_a_pack(repository: Repository) -> None:
    done = repository.countermark("rules", "test", str(PACKS / "py" / "tls-verify-off.yaml"))

    assert (done.returncode, done.stdout) == (0, "ok  py/tls-verify-off\n")
