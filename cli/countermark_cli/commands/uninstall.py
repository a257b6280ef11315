"""`countermark uninstall`: git runs what it ran before."""

from __future__ import annotations

import os
from pathlib import Path

import click

from countermark_cli.here import repository_here
from countermark_hooks.install import uninstall, uninstall_everywhere
from countermark_hooks.survey import Way, survey, survey_machine


@click.command()
@click.option(
    "--global", "everywhere", is_flag=True, help="The hooks for the whole machine, instead of this repository's."
)
def command(*, everywhere: bool) -> None:
    """Remove the git hooks, and put back what was there before, byte for byte."""
    if everywhere:
        found = survey_machine(Path.home(), os.environ)
        uninstall_everywhere(Path.home(), os.environ)
        click.echo(
            "The hooks for the whole machine are removed." if found else "There were no hooks for the whole machine."
        )
        return
    repository = repository_here()
    before = survey(repository).way
    for note in uninstall(repository):
        click.echo(note)
    if before is Way.MACHINE:
        click.echo("The hooks of the whole machine still run here: `countermark uninstall --global` removes them.")
    else:
        click.echo("Our git hooks are removed." if before is not Way.NONE else "None of our git hooks ran here.")
