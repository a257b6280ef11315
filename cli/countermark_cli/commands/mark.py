"""`countermark mark`: say by hand that an agent wrote some lines."""

from __future__ import annotations

import re

import click

from countermark.config.schema import Limits
from countermark.display import escape
from countermark.errors import UsageError
from countermark.provenance.marking import mark
from countermark.provenance.model import Author, State
from countermark_cli.commands.blame import path_in
from countermark_cli.here import repository_here

_PLACE = re.compile(r"(.+):(\d{1,6})(?:-(\d{1,6}))?", re.DOTALL)
_LONGEST = 200


@click.command()
@click.argument("place", metavar="FILE:LINES")
@click.option("--agent", required=True, help="The agent that wrote them.")
@click.option("--model", default="", help="Its model.")
def command(place: str, *, agent: str, model: str) -> None:
    """Say that an agent wrote lines of FILE: `app.py:12-40`, or `app.py:12` for one."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise UsageError(f"not FILE:LINES, such as app.py:12-40: {escape(place)}")
    first, last = int(found[2]), int(found[3] or found[2])
    if not agent.strip() or not 1 <= first <= last:
        raise UsageError("an agent has a name, and lines are counted from 1, the first before the last")
    repository = repository_here()
    path = path_in(repository, found[1])
    author = Author(State.AI, escape(agent.strip())[:_LONGEST], escape(model)[:_LONGEST])
    mark(repository, path, dict.fromkeys(range(first - 1, last), author), Limits())
    click.echo(f"{escape(path)}:{first}-{last} is {author.agent}'s")
