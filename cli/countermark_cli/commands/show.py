"""`countermark show`: which lines of a commit somebody wrote, and who has answered for them."""

from __future__ import annotations

import json

import click

from countermark.git.revisions import resolve
from countermark.provenance.blame import blame_commits
from countermark_cli.authorship import STYLES, own_reviews, porcelain, text, value
from countermark_cli.here import repository_here

SCHEMA = "countermark/show/1"


@click.command()
@click.argument("commit", default="HEAD")
@click.option("--format", "style", type=click.Choice(STYLES), default="text", help="How to show it.")
def command(commit: str, *, style: str) -> None:
    """Show who wrote the lines that COMMIT added, and who has answered for them."""
    repository = repository_here()
    name = resolve(repository, commit)
    files = [file for _, found in blame_commits(repository, [name], own_reviews(repository)) for file in found]
    if style == "json":
        click.echo(json.dumps(value(SCHEMA, files, commit=name)))
        return
    for line in porcelain(files) if style == "porcelain" else text(files):
        click.echo(line)
