"""`policy.ai.raise` at a commit and at a push, whether or not anybody asks for reviews."""

from __future__ import annotations

import subprocess
from itertools import islice
from pathlib import Path

import pytest

from countermark.finding import Severity
from countermark_rules.detectors.secrets.provider import load
from countermark_rules.detectors.secrets.samples import positives
from tests.core.provenance.acting import Actors
from tests.support import Repository

SETTINGS = '[policy.ai]\nraise = 2\n\n[review]\ngate = "off"\n'


def warned() -> str:
    """A line about which a person is warned."""
    token = next(token for token in load("posthog") if token.severity is Severity.LOW)
    return next(islice(positives(token), 1)).text


@pytest.fixture
def strict(hooked: Repository) -> Repository:
    return hooked.write("countermark.toml", SETTINGS).stage().commit("settings")


def commit(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    return repository.stage().git("commit", "-qm", "change", *arguments, check=False)


def test_what_an_ai_wrote_is_stopped_at_a_commit(strict: Repository) -> None:
    Actors(strict).agent("a.py", warned())

    done = commit(strict)

    assert done.returncode == 1
    assert "  block  " in done.stderr
    assert "policy.ai.raise = 2" in done.stderr
    assert "AI-written lines" not in done.stderr


def test_what_a_person_wrote_is_not(strict: Repository) -> None:
    Actors(strict).editor("a.py", warned())

    done = commit(strict)

    assert done.returncode == 0
    assert "  warn  " in done.stderr


@pytest.mark.parametrize(("author", "code"), [("agent", 1), ("editor", 0)])
def test_a_push_is_judged_likewise(strict: Repository, tmp_path: Path, author: str, code: int) -> None:
    strict.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    strict.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    strict.git("push", "-q", "--no-verify", "origin", "main")
    getattr(Actors(strict), author)("a.py", warned())
    assert commit(strict, "--no-verify").returncode == 0

    done = strict.git("push", "origin", "main", check=False)

    assert done.returncode == code
    assert ("policy.ai.raise = 2" in done.stderr) is bool(code)
