"""`countermark doctor`: every part is tried for real, and what is broken is named with its cure."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import Repository

PARTS = ["python", "git", "engine", "hyperscan", "semgrep", "policy", "hooks", "resident"]


def doctor(repository: Repository, *, cwd: Path | None = None, **environ: str) -> tuple[int, dict[str, dict[str, Any]]]:
    done = repository.countermark("doctor", "--format", "json", env=environ, cwd=cwd)
    said = json.loads(done.stdout)
    assert said["schema"] == "countermark/doctor/1"
    return done.returncode, {check["part"]: check for check in said["checks"]}


def test_all_is_well(repository: Repository) -> None:
    repository.countermark("install")

    code, parts = doctor(repository)

    assert code == 0
    assert [*parts] == PARTS
    assert {part["state"] for part in parts.values()} == {"works"}


def test_what_is_not_installed_is_no_fault(repository: Repository, tmp_path: Path) -> None:
    code, parts = doctor(repository)

    assert (code, parts["hooks"]["state"], parts["hooks"]["mend"]) == (0, "note", "countermark install")
    assert doctor(repository, cwd=tmp_path)[0] == 0


def test_a_hook_whose_interpreter_is_gone(repository: Repository) -> None:
    repository.countermark("install")
    hook = repository.path / ".git/hooks/pre-push"
    hook.write_text(hook.read_text().replace(sys.executable, "/gone/python"))

    code, parts = doctor(repository)

    assert (code, parts["hooks"]["state"]) == (3, "broken")
    assert "/gone/python" in parts["hooks"]["said"]
    assert parts["hooks"]["mend"] == "countermark install"


@pytest.mark.parametrize("settings", ["nonsense = 1\n", "limits = 3\n", "\x00"])
def test_settings_that_cannot_be_read(settings: str, repository: Repository) -> None:
    repository.write("countermark.toml", settings)

    code, parts = doctor(repository)

    assert (code, parts["policy"]["state"]) == (3, "broken")
    assert "countermark.toml" in parts["policy"]["said"]


def test_the_engine_is_tried_whatever_the_policy_here_says(repository: Repository, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("exclude = ['*']\n")
    repository.write("countermark.toml", "exclude = ['*']\n")

    assert doctor(repository, COUNTERMARK_POLICY=str(policy))[1]["engine"]["state"] == "works"


def test_no_git(repository: Repository, tmp_path: Path) -> None:
    code, parts = doctor(repository, PATH=str(tmp_path))

    assert (code, parts["git"]["state"]) == (3, "broken")
    assert "2.34" in parts["git"]["mend"]


def test_in_words(repository: Repository) -> None:
    done = repository.countermark("doctor")

    assert done.returncode == 0
    assert [line.split()[1] for line in done.stdout.splitlines() if not line.startswith(" ")] == PARTS
    assert "mend: countermark install" in done.stdout
