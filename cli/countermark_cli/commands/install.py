"""`countermark install`: git runs our hooks, and every hook that was there."""

from __future__ import annotations

import os
from pathlib import Path

import click

from countermark.config.schema import Settings
from countermark_cli.here import repository_here
from countermark_hooks.describe import describe
from countermark_hooks.install import install, install_everywhere
from countermark_hooks.survey import survey, survey_machine
from countermark_rules.registry import detectors

_EVERYWHERE = """\
git hooks for the whole machine in {folder}
Each repository's own hooks keep running. One that sets core.hooksPath itself (as husky does) is not
checked: run `countermark install` in it."""


@click.command()
@click.option(
    "--global", "everywhere", is_flag=True, help="For every repository on this machine, through core.hooksPath."
)
def command(*, everywhere: bool) -> None:
    """Install the git hooks pre-commit, commit-msg and pre-push. What was there keeps running, before ours."""
    repository = None if everywhere else repository_here()
    if repository is None:
        install_everywhere(Path.home(), os.environ)
        click.echo(_EVERYWHERE.format(folder=survey_machine(Path.home(), os.environ)))
    else:
        click.echo("\n".join((*install(repository), *describe(survey(repository), repository.root))))
    for detector in detectors(Settings()):
        detector.prepare()  # the first commit would wait for it
