"""pre-commit and prek for real: our hooks under them, beside them, and before and after their own installation.

`language: system` takes the place of an environment that each of them would build for minutes; all else is what we publish.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from countermark_hooks.install import install, uninstall
from countermark_hooks.survey import survey
from tests.support import Repository, fake_aws_key

from .state import found, hooks_and_settings, write_script

TOOLS = ["pre-commit", "prek"]
LEAK = f"key = '{fake_aws_key()}'\n"
PUBLISHED = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
IDS = ("countermark", "countermark-commit-msg", "countermark-pre-push")


@pytest.fixture
def project(repository: Repository, tmp_path: Path, home: Path) -> Repository:
    """A repository that uses our published hooks."""
    hooks = Repository(tmp_path / "published", home)
    shutil.copy(PUBLISHED, hooks.path)
    hooks.stage().commit()
    revision = hooks.git("rev-parse", "HEAD").stdout.strip()
    used = "".join(f"  - id: {name}\n    language: system\n" for name in IDS)
    repository.write(".pre-commit-config.yaml", f"repos:\n- repo: {hooks.path}\n  rev: {revision}\n  hooks:\n{used}")
    repository.env.update(
        PATH=os.pathsep.join((str(Path(sys.executable).parent), repository.env["PATH"])),
        PRE_COMMIT_HOME=str(tmp_path / "pre-commit"),
        PREK_HOME=str(tmp_path / "prek"),
    )
    return repository.write("README", "a project\n").stage().commit("first")


def run(project: Repository, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=project.path, env=project.env, capture_output=True, text=True, check=False)
    assert fake_aws_key() not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("tool", TOOLS)
def test_commits(tool: str, project: Repository) -> None:
    assert run(project, tool, "install", "--hook-type", "pre-commit", "--hook-type", "commit-msg").returncode == 0

    project.write("clean.py", "x = 1\n").stage()
    project.write("README", LEAK)  # not staged, so it is none of the commit's
    assert run(project, "git", "commit", "-m", "clean").returncode == 0
    project.write("README", "a project\n").write("leak.py", LEAK).stage()
    leak = run(project, "git", "commit", "-m", "leak")
    assert leak.returncode == 1
    assert "secrets/aws-access-key-id" in leak.stdout + leak.stderr
    project.write("leak.py", "x = 1\n").stage()
    message = run(project, "git", "commit", "-m", f"use {fake_aws_key()}")
    assert message.returncode == 1
    assert "commit message" in message.stdout + message.stderr
    assert run(project, "git", "commit", "-m", "mended").returncode == 0


@pytest.mark.parametrize("tool", TOOLS)
def test_leaks_that_are_committed_are_found_when_asked_for(tool: str, project: Repository) -> None:
    assert run(project, tool, "run", "--all-files").returncode == 0
    project.write("deep/leak.py", LEAK).stage().commit()

    assert run(project, tool, "run").returncode == 0  # nothing is staged
    assert run(project, tool, "run", "--all-files").returncode == 1
    assert run(project, tool, "run", "--files", "deep/leak.py").returncode == 1
    assert run(project, tool, "run", "--files", "README").returncode == 0
    project.write("other.py", "x = 1\n").stage()
    assert run(project, tool, "run", "--all-files").returncode == 1  # also while something else is staged


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("branch", ["main", "new"])
def test_pushes(tool: str, branch: str, project: Repository, tmp_path: Path) -> None:
    project.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    project.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    project.git("push", "-q", "origin", "main")
    assert run(project, tool, "install", "--hook-type", "pre-push").returncode == 0
    project.git("checkout", "-q", "-B", branch)

    project.write("clean.py", "x = 1\n").stage().commit()
    assert run(project, "git", "push", "origin", branch).returncode == 0
    project.write("leak.py", LEAK).stage().commit()
    project.write("leak.py", "x = 1\n").stage().commit()
    assert run(project, "git", "push", "origin", branch).returncode == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_a_first_push_of_everything(tool: str, project: Repository, tmp_path: Path) -> None:
    """pre-commit then calls it `--all-files` and names no commit."""
    project.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    project.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    assert run(project, tool, "install", "--hook-type", "pre-push").returncode == 0
    project.write("leak.py", LEAK).stage().commit()
    project.write("leak.py", "x = 1\n").stage().commit()

    assert run(project, "git", "push", "origin", "main").returncode == 1


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("ours_first", [True, False])
def test_installed_beside_each_other(tool: str, *, ours_first: bool, project: Repository) -> None:
    said = (
        "repos:\n- repo: local\n  hooks: [{id: says, name: says, entry: echo said, language: system, verbose: true}]\n"
    )
    project.write(".pre-commit-config.yaml", said).stage().commit()
    write_script(project.path / ".git/hooks/pre-commit", "#!/bin/sh\necho mine >&2\n")
    if ours_first:
        install(found(project))
    run(project, tool, "install")
    install(found(project))  # again, as everybody does at some time

    assert survey(found(project)).complete
    project.write("leak.py", LEAK).stage()
    leak = run(project, "git", "commit", "-m", "leak")
    assert leak.returncode == 1
    assert leak.stderr.count("the commit was stopped") == 1
    project.write("leak.py", "x = 1\n").stage()
    clean = run(project, "git", "commit", "-m", "clean")
    assert clean.returncode == 0
    assert (clean.stdout + clean.stderr).count("mine") == 1
    assert "said" in clean.stdout + clean.stderr
    uninstall(found(project))
    assert not [name for name, (_, data) in hooks_and_settings(project).items() if b"countermark" in data]
    project.write("leak.py", LEAK).stage()
    after = run(project, "git", "commit", "-m", "leak")
    assert after.returncode == 0
    assert (after.stdout + after.stderr).count("mine") == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_reinstalled_over_ours_over_theirs(tool: str, project: Repository) -> None:
    """Ours becomes their legacy hook, and what ours had chained is an older one of theirs: that must not run in circles."""
    run(project, tool, "install")
    install(found(project))
    run(project, tool, "install")

    project.write("clean.py", "x = 1\n").stage()
    clean = run(project, "git", "commit", "-m", "clean")
    assert clean.returncode == 0, clean.stderr
    project.write("leak.py", LEAK).stage()
    assert run(project, "git", "commit", "-m", "leak").returncode == 1
    uninstall(found(project))
    assert not [name for name, (_, data) in hooks_and_settings(project).items() if b"countermark-hook" in data]
    assert survey(found(project)).hooks[0].tool == tool
