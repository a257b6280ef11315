"""The sub-commands, each imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from countermark import __version__
from countermark.errors import ExitCode

from .border import interrupted, tell

# name -> (module under .commands that holds `command`, its help in the list)
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "Look for problems in files, the staged change, a range or the whole history."),
    "fix": ("fix", "Apply the fixes that findings carry, and show what changes."),
    "init": ("init", "Set a repository up: countermark.toml, hooks, a baseline of what is there already."),
    "install": ("install", "Install the git hooks; hooks that are there already keep running."),
    "uninstall": ("uninstall", "Remove the git hooks and restore what was there before."),
    "status": ("status", "Show what is installed and which policy applies here."),
    "doctor": ("doctor", "Check that every part works on this machine, and say how to mend what does not."),
    "baseline": ("baseline", "Record, update or audit findings that are known."),
    "rules": ("rules", "List the rules, or show one."),
    "blame": ("blame", "Show who wrote each line of a file or range, and who has answered for it."),
    "show": ("show", "Show who wrote the lines of a commit."),
    "stats": ("stats", "Show how deep agents took part in a range of commits."),
    "mark": ("mark", "Say by hand that an agent wrote some lines."),
    "sync": ("sync", "Exchange the notes of who wrote what with a remote."),
    "trace": ("trace", "Export and import Agent Trace records."),
    "completion": ("completion", "Print the completion script of a shell."),
    "lsp": ("lsp", "Run the language server on standard input and output."),
    "review": ("review", "Approve, reject or waive the hunks that need a person's answer."),
    "verify": ("verify", "Check that somebody answers for the lines of each commit of a range: for CI."),
    "audit": ("audit", "Prove that no review was removed, edited or forged."),
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """As click does it, but from the table: the Tab key must not import every command."""
        names = [CompletionItem(name, help=line) for name, (_, line) in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.command(cls=_Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="countermark")
def group() -> None:
    """Check AI-assisted code while you type and when you commit.

    Exit codes: 0 nothing blocks, 1 something blocks, 2 usage or configuration, 3 a part broke.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code; errors of our own and unexpected ones are the border's."""
    try:
        result = group.main(args=list(arguments), prog_name="countermark", standalone_mode=False)
    except click.exceptions.Abort:
        return interrupted()
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show(sys.stderr)
        return ExitCode.USAGE
    except click.ClickException as fault:
        tell(_line(fault))
        return ExitCode.USAGE
    return result if isinstance(result, int) else ExitCode.CLEAN


def _line(fault: click.ClickException) -> str:
    said = " ".join(fault.format_message().split())
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    return f"{said} Try `{context.command_path} --help`." if context else said
