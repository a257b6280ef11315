"""`countermark status`: which hooks run here, which policy applies, and what is known already."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from countermark import __version__
from countermark.config import organisation
from countermark.config.load import FILE
from countermark.display import escape
from countermark.git.repository import Repository
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import Project, load_project
from countermark_cli.here import repository_here
from countermark_hooks.describe import describe, shown
from countermark_hooks.survey import Survey, survey, survey_machine


@frozen
class _Status:
    """What there is to say, gathered before anything is said."""

    repository: Repository
    hooks: Survey
    machine: Path | None
    policy: str | None
    organisation: Path | None
    project: Project

    @property
    def baselines(self) -> tuple[str, ...]:
        """The baselines of the policy that exist."""
        files = self.project.settings.baselines
        return tuple(name for name in files if (self.repository.root / name).is_file())


@click.command()
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(*, style: str) -> None:
    """Show which hooks are installed here and which policy applies."""
    status = _gather(repository_here())
    if style == "json":
        click.echo(json.dumps(_json(status), indent=2))
    else:
        click.echo("\n".join(_lines(status)))


def _gather(repository: Repository) -> _Status:
    snapshot = WorktreeSnapshot(repository.root)
    today = datetime.now().astimezone().date()
    return _Status(
        repository=repository,
        hooks=survey(repository),
        machine=survey_machine(Path.home(), os.environ),
        policy=_policy_file(snapshot),
        organisation=organisation.find(repository, os.environ),
        project=load_project(snapshot, repository=repository, environ=os.environ, today=today),
    )


def _policy_file(snapshot: WorktreeSnapshot) -> str | None:
    if snapshot.read(FILE) is not None:
        return FILE
    return "pyproject.toml" if b"[tool.countermark" in (snapshot.read("pyproject.toml") or b"") else None


def _lines(status: _Status) -> Iterator[str]:
    root = status.repository.root
    yield f"countermark {__version__}, Python {_python()} ({escape(sys.executable)})"
    yield from describe(status.hooks, root)
    yield f"policy: {status.policy or f'the defaults; `countermark init` writes a {FILE}'}"
    if status.organisation:
        yield f"organisation's policy: {shown(status.organisation, root)}"
        yield from (f"  overrides what this repository says of {escape(key)}" for key in status.project.overridden)
    known = len(status.project.triage.baseline)
    where = f" in {', '.join(map(escape, status.baselines))}" if status.baselines else ""
    yield f"baseline: {known} known finding{'' if known == 1 else 's'}{where}"


def _json(status: _Status) -> dict[str, Any]:
    hooks = status.hooks
    return {
        "schema": "countermark/status/1",
        "tool": {"name": "countermark", "version": __version__},
        "python": {"version": _python(), "executable": sys.executable},
        "repository": str(status.repository.root),
        "hooks": {
            "way": hooks.way.value,
            "complete": hooks.complete,
            "folder": str(hooks.folder),
            "behind": _or_none(hooks.behind),
            "hooks": [
                {
                    "hook": one.hook,
                    "state": one.state.value,
                    "before": _or_none(one.before),
                    "tool": one.tool,
                    "interpreter": _or_none(one.interpreter),
                }
                for one in hooks.hooks
            ],
        },
        "machine": _or_none(status.machine),
        "policy": {
            "file": status.policy,
            "organisation": _or_none(status.organisation),
            "overridden": list(status.project.overridden),
        },
        "baseline": {"files": list(status.baselines), "findings": len(status.project.triage.baseline)},
    }


def _or_none(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))
