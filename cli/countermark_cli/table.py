"""The sub-commands, each imported when it is called, and the border where errors become one line and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click
from countermark import __version__
from countermark.display import escape
from countermark.errors import CountermarkError, ExitCode

# name -> (module under .commands that holds `command`, its help in the list)
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "Look for problems in files, the staged change, a range or the whole history."),
    "init": ("init", "Set a repository up: countermark.toml, hooks, a baseline of what is there already."),
    "install": ("install", "Install the git hooks; hooks that are there already keep running."),
    "uninstall": ("uninstall", "Remove the git hooks and restore what was there before."),
    "status": ("status", "Show what is installed and which policy applies here."),
    "doctor": ("doctor", "Check that every part works on this machine, and say how to mend what does not."),
    "baseline": ("baseline", "Record, update or audit findings that are known."),
    "rules": ("rules", "List the rules, or show one."),
    "completion": ("completion", "Print the completion script of a shell."),
    "lsp": ("lsp", "Run the language server on standard input and output."),
    "threat-model": ("threat_model", "Answer what a change asks of your threat model."),
}


class _Table(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f".commands.{COMMANDS[cmd_name][0]}", __package__).command
        assert isinstance(command, click.Command)  # noqa: S101 - a test imports every row
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.command(cls=_Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="countermark")
def group() -> None:
    """Check AI-assisted code while you type and when you commit.

    Exit codes: 0 nothing blocks, 1 something blocks, 2 usage or configuration, 3 a part broke.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code."""
    try:
        result = group.main(args=list(arguments), prog_name="countermark", standalone_mode=False)
    except click.exceptions.Abort:
        print("countermark: interrupted; the result is incomplete", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except click.ClickException as fault:
        fault.show(sys.stderr)
        return ExitCode.USAGE
    except CountermarkError as fault:
        print(f"countermark: {escape(str(fault))}", file=sys.stderr)
        return fault.exit_code
    return result if isinstance(result, int) else ExitCode.CLEAN
