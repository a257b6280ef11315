"""`countermark init`: a repository made ready in a few steps, each of which leaves alone what is there already."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

import click
from attrs import evolve, frozen

from countermark.change import FileChange
from countermark.config.load import FILE, load
from countermark.config.schema import Settings, Threshold
from countermark.config.template import template
from countermark.content import Content
from countermark.display import escape
from countermark.files import write_atomically
from countermark.finding import Finding, Severity
from countermark.git.objects import Objects, TooLarge
from countermark.git.repository import Repository
from countermark.git.snapshots import WorktreeSnapshot
from countermark_cli import record
from countermark_cli.here import repository_here
from countermark_cli.targets import Targets
from countermark_hooks.install import install
from countermark_hooks.survey import survey

_FOREIGN_BASELINES = (".secrets.baseline", ".gitleaksignore")
_SEVERITIES = {severity.name.lower(): severity for severity in Severity if severity > Severity.INFO}
_NEXT = """\
Next: look through {files}, and commit what you agree with.
`countermark check` looks at everything, `countermark status` shows what is set up, `countermark uninstall` takes the hooks away."""


@frozen
class _Init:
    """Where, and whether to ask."""

    repository: Repository
    ask: bool

    def wants(self, question: str) -> bool:
        """The answer to a question; yes where nobody is asked."""
        return click.confirm(question, default=True) if self.ask else True

    def there(self, name: str) -> bool:
        """Whether anything is at a path, be it a link to nowhere."""
        return os.path.lexists(self.repository.root / name)


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing and take every default.")
def command(*, yes: bool) -> None:
    """Set a repository up: countermark.toml, hooks, a baseline of what is there already. Overwrites nothing."""
    here = _Init(repository_here(), ask=not yes)
    made = [file for step in _STEPS if (file := step(here))]
    if made:
        click.echo(_NEXT.format(files=" and ".join(map(escape, made))))


def _settings(here: _Init) -> str | None:
    snapshot = WorktreeSnapshot(here.repository.root)
    if here.there(FILE) or load(snapshot) != Settings():
        click.echo("policy: kept as it is")
        return None
    settings = Settings(baselines=(*Settings().baselines, *filter(here.there, _FOREIGN_BASELINES)))
    if here.ask:
        settings = _asked(settings)
    write_atomically(here.repository.root / FILE, template(settings).encode())
    load(snapshot)  # what we wrote has to be readable
    click.echo(f"policy: written to {FILE}")
    return FILE


def _asked(settings: Settings) -> Settings:
    least = click.prompt(
        "From which severity on shall a finding stop a commit?", type=click.Choice([*_SEVERITIES]), default="high"
    )
    block = Threshold(_SEVERITIES[least], settings.policy.block.confidence)
    return evolve(settings, policy=evolve(settings.policy, block=block))


def _hooks(here: _Init) -> None:
    if survey(here.repository).complete:
        click.echo("hooks: installed already")
    elif here.wants("Check each commit and push, by git hooks in your clone?"):
        for note in install(here.repository):
            click.echo(note)
        kept = any(hook.before for hook in survey(here.repository).hooks)
        more = "; the hooks that were there keep running" if kept else ""
        click.echo(f"hooks: every commit and push is checked from now on{more}")


def _agents(here: _Init) -> None:
    """Agents' settings lie in the home folder, so nothing is put there unasked."""
    from countermark_cli.commands.agents import home
    from countermark_hooks.agents.install import Where, in_use, installed
    from countermark_hooks.agents.install import install as have_report
    from countermark_hooks.agents.table import AGENTS

    where = Where(home(), project=False)
    silent = [name for name in AGENTS if in_use(name, where.root) and installed(name, where) is None]
    if not silent:
        return
    titles = ", ".join(AGENTS[name].title for name in silent)
    if here.ask and click.confirm(f"Have {titles} report which lines they write?", default=True):
        for name in silent:
            have_report(name, where)
        click.echo(f"agents: {titles} report from now on")
    else:
        click.echo(f"agents: {titles} do not report what they write; `countermark agents install` changes that")


def _baseline(here: _Init) -> str | None:
    """What is there already is recorded, so that only new findings stop anybody."""
    recording = record.record_here(Targets(here.repository.root, os.environ, datetime.now().astimezone().date()))
    if recording.exists:
        click.echo("baseline: kept as it is")
        return None
    found = record.findings_of(recording, bar=record.wants_bar())
    findings = _committed(here.repository, found, recording.target.project.settings.limits.file_bytes)
    if len(findings) < len(found):
        click.echo(f"baseline: {_count(len(found) - len(findings))} in what is not committed yet will stop a commit")
    if not findings:
        click.echo("baseline: none needed, nothing was found in what is committed")
        return None
    count = _count(len(findings))
    if not here.wants(f"There are {count} already. Record them, so that only new ones stop a commit?"):
        return None
    record.create(recording, findings)
    click.echo(
        f"baseline: {count} recorded in {escape(recording.name)}; `countermark baseline audit` goes through them"
    )
    return recording.name


def _committed(repository: Repository, findings: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """The findings in lines that HEAD has already; a leak that is not committed yet can still be stopped, so it stays open."""
    worktree = WorktreeSnapshot(repository.root)
    with Objects(repository) as objects:

        @cache
        def change(path: str) -> FileChange:
            try:
                before = objects.read(f"HEAD:{path}", at_most=most)
            except TooLarge:
                before = None
            after = Content(worktree.read(path) or b"")
            return FileChange(path, after, None if before is None else Content(before))

        return tuple(finding for finding in findings if not change(finding.path).touches(finding.span))


def _count(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"


# Each says what it did, and gives the file that it made, if any.
_STEPS: tuple[Callable[[_Init], str | None], ...] = (_settings, _hooks, _agents, _baseline)
