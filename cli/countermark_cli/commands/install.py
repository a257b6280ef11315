"""`countermark install`: git runs our hooks, and every hook that was there."""

from __future__ import annotations

import os
from pathlib import Path

import click

from countermark_cli.here import repository_here
from countermark_hooks.describe import describe
from countermark_hooks.install import install, install_everywhere
from countermark_hooks.survey import survey, survey_machine
from countermark_rules.detectors.secrets.detector import warm


@click.command()
@click.option(
    "--global", "everywhere", is_flag=True, help="For every repository on this machine, through core.hooksPath."
)
def command(*, everywhere: bool) -> None:
    """Install the git hooks pre-commit, commit-msg and pre-push. What was there keeps running, before ours."""
    if everywhere:
        install_everywhere(Path.home(), os.environ)
        click.echo(f"git hooks for the whole machine in {survey_machine(Path.home(), os.environ)}")
        click.echo(
            "Each repository's own hooks keep running. One that sets core.hooksPath itself (as husky does) is not"
        )
        click.echo("checked: run `countermark install` in it.")
        return
    repository = repository_here()
    for note in install(repository):
        click.echo(note)
    warm()
    for line in describe(survey(repository), repository.root):
        click.echo(line)
