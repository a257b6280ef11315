from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from countermark_hooks.border import main
from countermark_hooks.install import install
from tests.support import Repository

from .state import found


@pytest.fixture(scope="session", autouse=True)
def _warm(shared_cache: Path) -> None:
    """Make what every hook searches with, which takes seconds, before several do so at once."""
    code = "from countermark_rules.detectors.secrets.detector import SecretsDetector; SecretsDetector().prepare()"
    environ = {**os.environ, "XDG_CACHE_HOME": str(shared_cache)}
    subprocess.run([sys.executable, "-I", "-c", code], env=environ, check=True)


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    """A repository with one commit and our hooks."""
    repository.write("README", "a project\n").stage().commit("first")
    install(found(repository))
    return repository


@frozen
class Ended:
    """How a hook ended: its exit code and what it said."""

    code: int
    said: str


class _Input:
    """As much of standard input as a hook uses."""

    def __init__(self, text: str) -> None:
        self.buffer = io.BytesIO(text.encode("utf-8", "surrogateescape"))


@pytest.fixture
def hook(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Runs a hook within this process, which spares the start of one; the repository's environment is all that it sees."""
    monkeypatch.chdir(repository.path)
    for key in [*os.environ]:
        if key.startswith(("GIT_", "XDG_", "PRE_COMMIT")):
            monkeypatch.delenv(key)
    for key, value in repository.env.items():
        monkeypatch.setenv(key, value)

    def run(*arguments: str, stdin: str = "", **environ: str) -> Ended:
        with monkeypatch.context() as now:
            for key, value in environ.items():
                now.setenv(key, value)
            now.setattr("sys.stdin", _Input(stdin))
            code = main(arguments)
        return Ended(code, capsys.readouterr().err)

    return run
