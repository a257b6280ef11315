"""The reference page of the command line, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from .table import group


def reference() -> str:
    """Every command with its arguments and flags, in Markdown."""
    parts = ["# Commands", _help(group), *_commands(click.Context(group, info_name="countermark"), group, 2)]
    return "\n\n".join(parts) + "\n"


def _commands(parent: click.Context, commands: click.Group, depth: int) -> Iterator[str]:
    for name in commands.list_commands(parent):
        command = commands.get_command(parent, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=parent)
        yield f"{'#' * depth} {context.command_path}"
        yield f"```text\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```"
        yield from filter(None, (_help(command), _flags(command, context)))
        if isinstance(command, click.Group):
            yield from _commands(context, command, depth + 1)


def _help(command: click.Command) -> str:
    """The help text; what click must not wrap is set as code."""
    paragraphs = cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(f"```text{part[1:]}\n```" if part.startswith("\b") else part for part in paragraphs)


def _flags(command: click.Command, context: click.Context) -> str:
    records = [record for param in command.params if (record := param.get_help_record(context))]
    if not records:
        return ""
    rows = [f"| `{_cell(flag)}` | {_cell(meaning)} |" for flag, meaning in records]
    return "\n".join(["| flag | meaning |", "| --- | --- |", *rows])


def _cell(text: str) -> str:
    """A bar would end the cell, even in code."""
    return " ".join(text.split()).replace("|", r"\|")
