"""`countermark doctor`: try every part on this machine, and say how to mend what does not work."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from attrs import asdict, frozen

from countermark import __version__
from countermark.change import Change, FileChange
from countermark.content import Content
from countermark.display import escape
from countermark.errors import CountermarkError, ExitCode, PartFailed
from countermark.git.process import executable, git
from countermark.git.repository import discover
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import load_project
from countermark_hooks.describe import describe
from countermark_hooks.survey import State, Way, survey, survey_machine

_OLDEST_GIT = (2, 34)
_OLDEST_PYTHON = (3, 11)
_SIGNS = {"works": "ok", "note": "--", "broken": "!!"}


@frozen
class Checked:
    """One part: ``state`` is works, note (nothing is wrong, but it could be better) or broken; ``mend`` says how."""

    part: str
    state: str
    said: str
    mend: str = ""


@click.command()
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(*, style: str) -> int:
    """Check that every part works on this machine. Exit code 3 says that one does not."""
    results = [_tried(part, check) for part, check in _CHECKS.items()]
    if style == "json":
        said = {"schema": "countermark/doctor/1", "tool": {"name": "countermark", "version": __version__}}
        click.echo(json.dumps({**said, "checks": [asdict(result) for result in results]}, indent=2))
    else:
        click.echo("\n".join(line for result in results for line in _lines(result)))
    return ExitCode.BROKEN if any(result.state == "broken" for result in results) else ExitCode.CLEAN


def _lines(result: Checked) -> Iterator[str]:
    first, *more = result.said.split("\n")
    yield f"{_SIGNS[result.state]}  {result.part:<9}  {escape(first)}"
    yield from (f"{'':15}{escape(line)}" for line in more)
    if result.mend:
        yield f"{'':15}mend: {result.mend}"


def _tried(part: str, check: Callable[[], tuple[str, str, str]]) -> Checked:
    try:
        return Checked(part, *check())
    except CountermarkError as fault:
        return Checked(part, "broken", str(fault), _MEND.get(part, ""))
    except Exception as fault:  # noqa: BLE001 - whatever a part does, the others are to be checked
        return Checked(part, "broken", f"broke with {type(fault).__name__}", _MEND.get(part, ""))


def _python() -> tuple[str, str, str]:
    found = ".".join(map(str, sys.version_info[:3]))
    state = "works" if sys.version_info >= _OLDEST_PYTHON else "broken"
    return (
        state,
        f"{found} at {sys.executable}",
        "" if state == "works" else "install Countermark with Python 3.11 or newer",
    )


def _git() -> tuple[str, str, str]:
    said = git(["version"], cwd=Path.cwd()).decode("utf-8", "replace").strip()
    numbers = re.search(r"(\d+)\.(\d+)", said)
    new_enough = numbers is not None and (int(numbers[1]), int(numbers[2])) >= _OLDEST_GIT
    mend = "" if new_enough else "install git 2.34 or newer"
    return "works" if new_enough else "broken", f"{said} at {executable(Path.cwd())}", mend


def _engine() -> tuple[str, str, str]:
    """Plant a fake secret, made now, and look whether it is found; no settings of this machine or repository count."""
    from countermark_rules.inspect import inspect
    from countermark_rules.planted import fake_key

    planted = FileChange("planted.py", Content.of_text(f"token = '{fake_key()}'\n"))
    with tempfile.TemporaryDirectory(prefix="countermark-") as empty:
        project = load_project(WorktreeSnapshot(Path(empty)), repository=None, environ={}, today=_today())
    report = inspect(Change("/", [planted], total=1), project)
    if report.failures:
        raise PartFailed("; ".join(f"{failure.part}: {failure.message}" for failure in report.failures))
    if not report.judged:
        raise PartFailed("a planted secret was not found")
    return "works", "a planted secret was found", ""


def _hyperscan() -> tuple[str, str, str]:
    import hyperscan

    if hyperscan is None:
        raise PartFailed("it cannot be imported")
    return "works", f"hyperscan {version('hyperscan')}", ""


def _semgrep() -> tuple[str, str, str]:
    """Ask for nothing but what proves that it answers."""
    from countermark_rules.detectors.patterns.ladder import Ladder
    from countermark_rules.detectors.patterns.scanning import Bounds
    from countermark_rules.detectors.patterns.semgrep import core

    try:
        said = f"semgrep {version('semgrep')}, core at {core()}"
    except PackageNotFoundError:
        raise PartFailed("semgrep is not installed") from None
    if remarks := Ladder().scan([], [], Bounds()).remarks:
        return "note", "\n".join((said, *remarks)), _MEND["semgrep"]
    return "works", f"{said}; it answers", ""


def _policy() -> tuple[str, str, str]:
    repository = discover(Path.cwd(), os.environ)
    root = repository.root if repository else Path.cwd()
    project = load_project(WorktreeSnapshot(root), repository=repository, environ=os.environ, today=_today())
    return "works", f"readable; {len(project.triage.baseline)} findings are known", ""


def _hooks() -> tuple[str, str, str]:
    repository = discover(Path.cwd(), os.environ)
    if repository is None or repository.worktree is None:
        machine = survey_machine(Path.home(), os.environ)
        return "works", f"for the whole machine in {machine}" if machine else "no repository with a worktree here", ""
    found = survey(repository)
    said = "\n".join(describe(found, repository.root))
    if found.complete:
        return "works", said, ""
    nothing = found.way is Way.NONE and all(hook.state is State.MISSING for hook in found.hooks)
    return "note" if nothing else "broken", said, "countermark install"


def _resident() -> tuple[str, str, str]:
    from countermark_hooks.resident import place
    from countermark_hooks.resident.client import connected
    from countermark_hooks.resident.keeping import declined

    if not place.allowed() or declined(os.environ):
        return "works", "none: hooks do their work themselves", ""
    if connected() is None:
        return "works", "none yet: the next pre-commit leaves one behind", ""
    return "works", f"it answers at {place.socket_path()}", ""


def _today() -> date:
    return datetime.now().astimezone().date()


_CHECKS: dict[str, Callable[[], tuple[str, str, str]]] = {
    "python": _python,
    "git": _git,
    "engine": _engine,
    "hyperscan": _hyperscan,
    "semgrep": _semgrep,
    "policy": _policy,
    "hooks": _hooks,
    "resident": _resident,
}
_MEND = {
    "git": "install git 2.34 or newer, in an absolute folder of PATH outside the repository",
    "engine": "reinstall countermark",
    "hyperscan": "pip install --force-reinstall hyperscan",
    "semgrep": "pip install --force-reinstall semgrep",
    "policy": "correct what it names",
    "hooks": "countermark install",
}
