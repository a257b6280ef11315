"""Where a hook ends: every fault stops git, says so in plain words, and gives nothing of the repository away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from countermark.errors import PartFailed
from countermark_hooks import stages
from countermark_hooks.border import main
from tests.support import Repository, fake_aws_key, random_text

from .conftest import Ended


@pytest.mark.parametrize("arguments", [(), ("update",), ("commit-msg",), ("commit-msg", "a", "b")])
def test_hooks_that_there_are_not(arguments: tuple[str, ...], hook: Callable[..., Ended]) -> None:
    ended = hook(*arguments)

    assert ended.code == 2
    assert "usage: countermark hook" in ended.said


@pytest.mark.parametrize("act", ["commit", "push"])
def test_an_unexpected_error_keeps_its_words_to_itself(
    act: str, hook: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ValueError(fake_aws_key())

    monkeypatch.setattr(stages, "pre_commit" if act == "commit" else "pre_push", broken)

    ended = hook(f"pre-{act}")

    assert ended.code == 3
    assert "ValueError at test_border.py:" in ended.said
    assert f"git {act} --no-verify" in ended.said
    assert fake_aws_key() not in ended.said


def test_what_a_fault_names_is_shown_escaped(hook: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> int:
        raise PartFailed("git said \x1b[31m\u202ered\r")

    monkeypatch.setattr(stages, "pre_commit", failing)

    assert not set("\x1b\u202e\r") & set(hook("pre-commit").said)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send")
def test_ctrl_c_in_the_middle_of_a_scan(hooked: Repository) -> None:
    hooked.write("countermark.toml", "[limits]\nfile-seconds = 600.0\n")
    lines = "".join(f"password = '{random_text(24, seed=str(number))}'\n" for number in range(2_000))
    for number in range(60):
        hooked.write(f"many/{number}.py", lines.replace("password", f"password_{number}"))
    hooked.stage()
    hook = subprocess.Popen(
        [sys.executable, "-I", "-m", "countermark_hooks", "pre-commit"], cwd=hooked.path, env=hooked.env,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    with hook:
        with pytest.raises(subprocess.TimeoutExpired):
            hook.wait(1.5)
        os.killpg(hook.pid, signal.SIGINT)
        _, said = hook.communicate(timeout=30)

    assert hook.returncode == 130
    assert said.splitlines() == ["countermark: interrupted; the commit was stopped, since not everything was looked at"]


def test_ctrl_c_before_anything_is_read(hooked: Repository) -> None:
    pipe = hooked.path / ".git/message"
    os.mkfifo(pipe)
    hook = subprocess.Popen(
        [sys.executable, "-I", "-m", "countermark_hooks", "commit-msg", str(pipe)], cwd=hooked.path, env=hooked.env,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with hook, pipe.open("wb"):  # opens once the hook reads
        hook.send_signal(signal.SIGINT)
        _, said = hook.communicate(timeout=30)

    assert hook.returncode == 130
    assert "interrupted" in said


def test_the_command_starts_the_same_hooks(hooked: Repository) -> None:
    hooked.write("leak.py", f"key = '{fake_aws_key()}'\n").stage()

    assert hooked.countermark("hook", "pre-commit").returncode == 1


def test_what_a_clean_commit_imports(hooked: Repository) -> None:
    """What costs time and is not needed stays out."""
    hooked.write("a.py", "x = 1\n").stage()
    command = [sys.executable, "-I", "-X", "importtime", "-m", "countermark_hooks", "pre-commit"]

    done = subprocess.run(command, cwd=hooked.path, env=hooked.env, capture_output=True, text=True, check=True)

    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "countermark_hooks" in imported
    heavy = {
        "click",
        "rich",
        "cattrs",
        "pygls",
        "lsprotocol",
        "textual",
        "pydantic",
        "requests",
        "git",
        "detect_secrets",
    }
    assert not imported & (heavy | {"semgrep", "yaml", "tomlkit", "filelock", "platformdirs", "asyncio", "email"})


def test_main_reads_its_own_arguments(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["countermark_hooks", "nothing"])

    assert main() == 2
    assert "usage" in capsys.readouterr().err
    assert Path(sys.executable).is_absolute()
