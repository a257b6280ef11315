"""`countermark threat-model`: answer what a change asks of the threat model."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from countermark.display import escape
from countermark.errors import ExitCode, UsageError
from countermark.git.repository import Repository, discover
from countermark.threats import scope as scopes
from countermark.threats.infer import infer
from countermark.threats.json_schema import json_schema
from countermark.threats.scope import Scope
from countermark.threats.session import Session
from countermark.threats.store import Store
from countermark_cli.border import tell
from countermark_cli.targets import Target, Targets
from countermark_tui.work import Work

_HELP = """\
Answer what a change asks of your threat model.

Four questions about each entry point and each outbound call that the change adds or alters; the answers go into .threatmodel/model.yaml
and a record of the session beside it. Nothing is staged, committed or sent. Without PATH, --staged and --range, the staged change is
taken; a PATH is looked at as a whole.

Leave at any time: answers wait in a draft under the git dir, and the next session about the same code offers them.
"""


@click.command(help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--staged", is_flag=True, help="What the next commit would hold; the default.")
@click.option("--range", "range_", metavar="A..B", help="What the commits from A to B change; A...B: since B left A.")
@click.option("--again", is_flag=True, help="Ask what was answered before, too, though the code is the same.")
@click.option(
    "--plain", is_flag=True, help="Line by line instead of a screen: for any terminal, screen readers and pipes."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of model.yaml, and ask nothing.")
def command(
    paths: tuple[Path, ...], *, staged: bool, range_: str | None, again: bool, plain: bool, schema: bool
) -> int:
    if schema:
        click.echo(json.dumps(json_schema(), indent=2))
        return ExitCode.CLEAN
    if sum([bool(paths), staged, range_ is not None]) > 1:
        raise UsageError("PATH, --staged and --range exclude each other")
    if not plain and not _is_terminal():
        raise UsageError("this is no terminal that can show a screen; --plain asks the same questions line by line")

    def load() -> Work:
        return _work(paths, range_, again=again, through=_through(plain=plain))

    return _plain(load()) if plain else _screen(load)


def _work(paths: tuple[Path, ...], spec: str | None, *, again: bool, through: str) -> Work:
    target, scope = _target(paths, spec)
    repository = discover(target.root, os.environ)
    if repository is not None and repository.worktree is None:
        raise UsageError("this repository is bare, so there is no place for a threat model in it")
    store = Store.of(target.root, repository)
    model = store.load()
    compared = not paths
    session = Session(scope, infer(target.change, compared=compared), model, again)
    return Work(session, store, decided_by=scopes.author(repository), through=through, compared=compared)


def _target(paths: tuple[Path, ...], spec: str | None) -> tuple[Target, Scope]:
    targets = Targets(Path.cwd(), os.environ, datetime.now().astimezone().date())
    if spec is not None:
        return (target := targets.range(spec)), scopes.commits(_repository(target), spec)
    if not paths:
        return (target := targets.staged()), scopes.staged(_repository(target))
    found = targets.trees(paths)
    if len(found) > 1:
        raise UsageError("these paths lie in different repositories, and each has a threat model of its own")
    return found[0], Scope("paths", " ".join(_named(path, found[0].root) for path in paths))


def _named(path: Path, root: Path) -> str:
    """A path as the record of the session tells it: within the root, for where the root lies is nobody's business."""
    whole = path.resolve()
    return escape(str(whole.relative_to(root)) if whole.is_relative_to(root) else path.name)


def _plain(work: Work) -> int:
    from countermark_tui.plain import Dialogue

    return Dialogue(work, sys.stdin, sys.stdout, echo=not sys.stdin.isatty()).hold()


def _screen(load: Callable[[], Work]) -> int:
    from countermark_tui import wording
    from countermark_tui.app import hold

    ended = hold(load)
    if ended.fault is not None:
        raise ended.fault
    if ended.saved is not None:
        for line in wording.saved(ended.saved):
            tell(line)
    elif ended.waiting:
        tell(f"{wording.count(ended.waiting, 'answer')} wait in the draft; start again to go on")
    return ExitCode.CLEAN


def _repository(target: Target) -> Repository:
    repository = discover(target.root, os.environ)
    if repository is None:
        raise UsageError("there is no git repository here")
    return repository


def _is_terminal() -> bool:
    """Whether a screen can be shown: it reads standard input and draws on standard error."""
    streams = (sys.__stdin__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _through(*, plain: bool) -> str:
    """Which way the answers come; a pipe may be a person or a program."""
    if not plain:
        return "screen"
    return "terminal" if sys.stdin.isatty() else "pipe"
