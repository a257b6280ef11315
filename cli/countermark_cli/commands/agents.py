"""`countermark agents`: have coding agents report which lines they write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from countermark.display import escape
from countermark.errors import ExitCode, UsageError
from countermark_cli.border import tell
from countermark_cli.here import repository_here
from countermark_hooks.agents.install import Where, in_use, install, installed, uninstall
from countermark_hooks.agents.install import command as command_of
from countermark_hooks.agents.table import AGENTS

_NAMES = click.Choice([*AGENTS])
_PROJECT = click.option(
    "--project",
    is_flag=True,
    help="In this repository's own files, for everybody who works in it, and not in your home folder.",
)


@click.group("agents")
def command() -> None:
    """Have coding agents report which lines they write.

    An agent's own hooks call Countermark before and after each of its tools. The reports stay in this machine's repositories.
    """


@command.command("install")
@click.argument("names", nargs=-1, type=_NAMES, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="All that there are, used here or not.")
@_PROJECT
def _install(names: tuple[str, ...], *, every: bool, project: bool) -> None:
    """Add Countermark to the hooks of these agents, or of those that seem to be used here. What is there stays."""
    where = _where(project=project)
    chosen = names or [name for name in AGENTS if every or in_use(name, home())]
    if not chosen:
        raise UsageError(f"no agent that is known seems to be used here; name one of {', '.join(AGENTS)}")
    for name in chosen:
        file = install(name, where)
        click.echo(f"{AGENTS[name].title}: reports from now on ({_shown(file, where)})")
        if AGENTS[name].note:
            click.echo(f"  {AGENTS[name].note}")


@command.command("uninstall")
@click.argument("names", nargs=-1, type=_NAMES, metavar="[NAME]...")
@_PROJECT
def _uninstall(names: tuple[str, ...], *, project: bool) -> None:
    """Take Countermark out of the hooks of these agents, or of all."""
    where = _where(project=project)
    for name in names or AGENTS:
        if uninstall(name, where):
            click.echo(f"{AGENTS[name].title}: reports no longer")
        elif names:
            click.echo(f"{AGENTS[name].title}: did not report")


@command.command("status")
def _status() -> None:
    """Show which agents report, in your home folder and in this repository."""
    places = {"home": Where(home(), project=False), "repository": _project()}
    for name, agent in AGENTS.items():
        found = [title for title, where in places.items() if where is not None and installed(name, where) is not None]
        old = [title for title, where in places.items() if where is not None and installed(name, where) == []]
        said = (
            f"reports ({' and '.join(found)})"
            if found
            else "used here, does not report"
            if in_use(name, home())
            else "-"
        )
        stale = f"; another installation is called from {' and '.join(old)}: install again" if old else ""
        click.echo(f"{name:9} {agent.title:35} {said}{stale}")


@command.command("test")
@click.argument("names", nargs=-1, type=_NAMES, metavar="[NAME]...")
@_PROJECT
def _test(names: tuple[str, ...], *, project: bool) -> ExitCode:
    """Play an edit of an agent in a throw-away repository, and see whether it is recorded as that agent's."""
    from countermark_hooks.agents.selftest import selftest

    where = _where(project=project)
    chosen = names or [name for name in AGENTS if installed(name, where) is not None]
    if not chosen:
        raise UsageError(
            "no agent reports yet; `countermark agents install` adds it, or name one to try it all the same"
        )
    failed = [
        name
        for name in chosen
        if not _report(name, selftest(name, command_of(name, where)).author, installed(name, where))
    ]
    return ExitCode.BROKEN if failed else ExitCode.CLEAN


def _report(name: str, author: str, known: Sequence[str] | None) -> bool:
    right = author == name
    missing = "" if known is not None else " (it is not installed: `countermark agents install " + name + "`)"
    if right:
        click.echo(f"{AGENTS[name].title}: its edit was recorded as its own{missing}")
    else:
        tell(
            f"{AGENTS[name].title}: its edit was recorded as {author or 'nobody'}'s; `countermark doctor` checks the parts"
        )
    return right


def _where(*, project: bool) -> Where:
    return Where(repository_here().root, project=True) if project else Where(home(), project=False)


def _project() -> Where | None:
    try:
        return _where(project=True)
    except UsageError:
        return None


def home() -> Path:
    """The folder that agents keep a person's settings in."""
    return Path(os.environ.get("HOME") or Path.home())


def _shown(file: Path, where: Where) -> str:
    name = escape(file.relative_to(where.root).as_posix())
    return name if where.project else f"~/{name}"
