"""Nothing of the scanned repository runs, whatever it is called and wherever PATH and PYTHON* point."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from countermark_hooks.install import install
from tests.support import Repository, fake_aws_key

from .state import found, write_script

LEAK = f"key = '{fake_aws_key()}'\n"
OURS = ("countermark", "countermark_rules", "countermark_hooks", "countermark_cli", "rules", "hooks", "core")
BORROWED = (
    "sitecustomize",
    "usercustomize",
    "hyperscan",
    "attr",
    "attrs",
    "detect_secrets",
    "semgrep",
    "json",
    "re",
    "site",
)


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """The file that hostile code would make."""
    return tmp_path / "trapped"


@pytest.fixture
def hostile(repository: Repository, trap: Path) -> Repository:
    """A repository full of files that want to be run, and an environment that helps them."""
    code = f"open({str(trap)!r}, 'a').write(__name__)\n"
    for name in OURS:
        repository.write(f"{name}/__init__.py", code).write(f"{name}/__main__.py", code)
    for name in BORROWED:
        repository.write(f"{name}.py", code)
    repository.write("pyvenv.cfg", f"home = {repository.path}\n").write("start.py", code)
    repository.write("evil.pth", f"import os; open({str(trap)!r}, 'a').write('pth')\n")
    for name in ("git", "python", "python3", "sh", "grep", "semgrep", "semgrep-core", "gpg", "cat", "env", "test"):
        write_script(repository.path / name, f"#!/bin/sh\necho {name} >>'{trap}'\n")
    repository.write(".gitattributes", "* filter=evil diff=evil\n")
    for key in ("filter.evil.clean", "diff.evil.textconv", "diff.external", "core.fsmonitor"):
        repository.git("config", key, f"echo {key} >>'{trap}'; cat")
    repository.git("config", "diff.evil.command", f"echo command >>'{trap}'")
    repository.env.update(
        PATH=os.pathsep.join((".", "", str(repository.path), repository.env["PATH"])),
        PYTHONPATH=str(repository.path),
        PYTHONHOME=str(repository.path),
        PYTHONSTARTUP=str(repository.path / "start.py"),
        PYTHONINSPECT="",
        PYTHONUSERBASE=str(repository.path),
        PYTHONEXECUTABLE=str(repository.path / "python"),
        PYTHONBREAKPOINT="start.main",
        GIT_EXTERNAL_DIFF=str(repository.path / "git"),
    )
    return repository


@pytest.mark.parametrize(
    ("hook", "folder"),
    [("pre-commit", "hooks"), ("commit-msg", "hooks"), ("pre-push", "hooks"), ("pre-push", "countermark-hooks")],
)
def test_nothing_of_it_runs(hook: str, folder: str, hostile: Repository, trap: Path) -> None:
    if folder != "hooks":
        hostile.git("config", "core.hooksPath", "team-hooks", env={"PATH": os.environ["PATH"]})
    hostile.write("leak.py", LEAK)
    index = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "filter.evil.clean", "GIT_CONFIG_VALUE_0": "cat"}
    quiet = {**index, "GIT_CONFIG_KEY_1": "core.fsmonitor", "GIT_CONFIG_VALUE_1": "false", "PATH": os.environ["PATH"]}
    hostile.git("add", "-A", env=quiet)
    install(found(hostile))
    if hook == "commit-msg":
        hostile.write(".git/COMMIT_EDITMSG", LEAK)
    if hook == "pre-push":
        hostile.git("commit", "-q", "--no-verify", "-m", "x", env=quiet)
    trap.unlink(missing_ok=True)

    done = _start(hostile, hook, folder)

    assert done == 1
    assert not trap.exists(), trap.read_text()


def _start(repository: Repository, hook: str, folder: str) -> int:
    """Start the script as git does: by its path, from the top of the worktree."""
    head = repository.git("rev-parse", "-q", "--verify", "HEAD", check=False, env={"PATH": os.environ["PATH"]})
    arguments = {"pre-commit": (), "commit-msg": (".git/COMMIT_EDITMSG",), "pre-push": ("origin", "url")}[hook]
    line = f"refs/heads/main {head.stdout.strip()} refs/heads/main {'0' * 40}\n" if hook == "pre-push" else ""
    return subprocess.run(
        [repository.path / ".git" / folder / hook, *arguments], cwd=repository.path, env=repository.env,
        input=line.encode(), capture_output=True, check=False,
    ).returncode  # fmt: skip


def test_the_trap_works(hostile: Repository, trap: Path) -> None:
    """Without isolation the same repository does run: else the test above could not fail."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(hostile.path)}
    subprocess.run([sys.executable, "-c", "pass"], cwd=hostile.path, env=environ, check=False, capture_output=True)

    assert trap.exists()
