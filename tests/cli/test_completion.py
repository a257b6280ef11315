"""Completion in the real shell, by the script that we print."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from countermark_cli.__main__ import main

_ASK = """\
source completion.bash
COMP_WORDS=(countermark {words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_countermark_completion countermark
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def bash(tmp_path: Path) -> Path:
    """A folder with the script, and a command of our name that starts this very code."""
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine")
    command = tmp_path / "countermark"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m countermark_cli "$@"\n')
    command.chmod(0o755)
    script = subprocess.run([command, "completion", "bash"], capture_output=True, check=True).stdout
    (tmp_path / "completion.bash").write_bytes(script)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("che", {"check"}),
        ("inst", {"install"}),
        ("rules ''", {"list", "show", "test"}),
        ("check --st", {"--staged", "--stdin-filename"}),
        ("check --format s", {"sarif"}),
        ("rules show suppressions/unu", {"suppressions/unused"}),
        ("completion z", {"zsh"}),
    ],
)
def test_bash_completes(bash: Path, words: str, expected: set[str]) -> None:
    environ = {**os.environ, "PATH": f"{bash}{os.pathsep}{os.environ['PATH']}"}
    asked = _ASK.format(words=words)
    done = subprocess.run(
        ["bash", "--norc", "-c", asked], cwd=bash, env=environ, capture_output=True, text=True, check=False
    )
    assert (set(done.stdout.split()), done.stderr) == (expected, "")


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "complete --no-files")]
)
def test_every_shell_has_a_script(capsys: pytest.CaptureFixture[str], shell: str, sign: str) -> None:
    assert main(["completion", shell]) == 0
    assert sign in capsys.readouterr().out
