"""`countermark status`: what runs here, and what it is judged by."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import Repository, fake_aws_key


def status(repository: Repository, **environ: str) -> dict[str, Any]:
    done = repository.countermark("status", "--format", "json", env=environ)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(done.stdout))


def test_nothing_is_installed(repository: Repository) -> None:
    said = status(repository)

    assert said["schema"] == "countermark/status/1"
    assert said["python"]["executable"] == sys.executable
    assert said["repository"] == str(repository.path)
    assert (said["hooks"]["way"], said["hooks"]["complete"]) == ("none", False)
    assert [hook["state"] for hook in said["hooks"]["hooks"]] == ["missing"] * 5
    assert said["policy"] == {"file": None, "organisation": None, "overridden": []}
    assert said["baseline"] == {"files": [], "findings": 0}
    assert said["machine"] is None


def test_everything_is_set_up(repository: Repository) -> None:
    repository.write("leak.py", f"key = '{fake_aws_key()}'\n").stage().commit()
    assert repository.countermark("init", "--yes").returncode == 0

    said = status(repository)

    assert (said["hooks"]["way"], said["hooks"]["complete"]) == ("in place", True)
    assert {hook["interpreter"] for hook in said["hooks"]["hooks"]} == {sys.executable}
    assert said["policy"]["file"] == "countermark.toml"
    assert said["baseline"] == {"files": [".countermark/baseline.jsonl"], "findings": 1}


def test_the_organisations_policy_and_what_it_overrides(repository: Repository, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[policy]\nfail-on = 'warn'\n")
    repository.write("pyproject.toml", "[tool.countermark.policy]\nfail-on = 'block'\n")

    said = status(repository, COUNTERMARK_POLICY=str(policy))

    assert said["policy"] == {
        "file": "pyproject.toml",
        "organisation": str(policy),
        "overridden": ["policy.fail-on"],
    }


def test_in_words(repository: Repository) -> None:
    hook = repository.path / ".git/hooks/pre-commit"
    hook.write_text('#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n')
    hook.chmod(0o755)
    assert repository.countermark("install").returncode == 0

    said = repository.countermark("status").stdout

    assert "git hooks in .git/hooks:" in said
    assert "pre-commit    installed; lefthook's hook keeps running" in said
    assert "policy: the defaults" in said
    assert "baseline: 0 known findings" in said


def test_where_there_is_no_repository(repository: Repository, tmp_path: Path) -> None:
    done = repository.countermark("status", cwd=tmp_path)

    assert done.returncode == 2
    assert "no git repository" in done.stderr


@pytest.mark.parametrize("command", ["status", "install", "uninstall"])
def test_a_bare_repository(command: str, repository: Repository, tmp_path: Path) -> None:
    repository.git("init", "-q", "--bare", str(tmp_path / "bare.git"))

    done = repository.countermark(command, cwd=tmp_path / "bare.git")

    assert done.returncode == (2 if command == "install" else 0)
    assert "Traceback" not in done.stderr
