"""The table of commands: each row is a command, and the border of usage errors is one line."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import click
import pytest

from countermark import __version__
from countermark_cli.__main__ import main
from countermark_cli.reference import reference
from countermark_cli.table import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_each_row_is_a_command_with_help(name: str) -> None:
    command = import_module(f"countermark_cli.commands.{COMMANDS[name][0]}").command
    assert isinstance(command, click.Command)
    assert command.help
    assert [param.name for param in command.params if isinstance(param, click.Option) and not param.help] == []


def test_the_list_shows_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = re.findall(r"^  ([a-z-]+)  ", capsys.readouterr().out.partition("Commands:")[2], re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_row_explains_itself(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: countermark {name}")


def test_the_list_imports_no_command() -> None:
    code = "import sys; from countermark_cli.__main__ import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert not [name for name in loaded if name.startswith("countermark_cli.commands.")]
    assert not {"rich", "textual", "pygls", "semgrep", "detect_secrets"} & set(loaded)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such"], "countermark: No such command 'no-such'. Try `countermark --help`.\n"),
        (["rules", "list", "--nope"], "countermark: No such option '--nope'. Try `countermark rules list --help`.\n"),
        (["completion", "tcsh\x1b[2J"], None),
    ],
)
def test_usage_errors_are_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str | None) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert said in {None, err}


def test_no_command_at_all_shows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"countermark, version {__version__}\n"


def test_the_reference_has_every_command_and_flag() -> None:
    page = reference()
    assert re.findall(r"^## countermark (.+)$", page, re.MULTILINE) == list(COMMANDS)
    assert "### countermark rules list" in page
    for flag in (
        "--staged",
        "--range A..B",
        "--history [RANGE]",
        "--stdin-filename NAME",
        "--explain RULE",
        "--output FILE",
    ):
        assert f"| `{flag}` | " in page
    assert all(line.count(" | ") == 1 for line in page.splitlines() if line.startswith("| `"))
