"""`countermark blame`: who wrote each line of a file, or of what commits add, and who has answered for it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from countermark.config.schema import Limits
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.provenance.blame import Blamed, blame_file, blame_range
from countermark_cli.authorship import STYLES, own_reviews, porcelain, text, value
from countermark_cli.here import repository_here

SCHEMA = "countermark/blame/1"


@click.command()
@click.argument("what", metavar="FILE|RANGE")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", help="How to show it.")
def command(what: str, *, style: str) -> None:
    """Show who wrote each line of FILE, or each line that the commits of RANGE (A..B) add, and who has answered for it."""
    files = _blamed(repository_here(), what)
    if style == "json":
        click.echo(json.dumps(value(SCHEMA, files)))
        return
    for line in porcelain(files) if style == "porcelain" else text(files):
        click.echo(line)


def _blamed(repository: Repository, what: str) -> list[Blamed]:
    if ".." in what and not Path(what).exists():
        return blame_range(repository, what, Limits(), own_reviews(repository))
    return [blame_file(repository, path_in(repository, what), Limits(), own_reviews(repository))]


def path_in(repository: Repository, name: str) -> str:
    """A file that somebody named, relative to the worktree. Raises UsageError for one outside it."""
    file = Path(os.path.abspath(name))  # noqa: PTH100 - links stay links
    root = Path(os.path.abspath(repository.root))  # noqa: PTH100
    for at, top in ((file, root), (file.parent.resolve() / file.name, root.resolve())):
        if at.is_relative_to(top) and at != top:
            return at.relative_to(top).as_posix()
    raise UsageError(f"{name} is no file of {repository.root}")
