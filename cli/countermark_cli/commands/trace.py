"""`countermark trace`: export and import Agent Trace records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from countermark.config.schema import Limits
from countermark.diff import lines_of
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.git.revisions import ends
from countermark.provenance.agent_trace import Claim, claims, placed, record
from countermark.provenance.blame import blame_commits, worktree_content
from countermark.provenance.marking import mark
from countermark.provenance.model import Author
from countermark_cli.here import repository_here

_FOLDER = ".agent-trace"
_MOST_BYTES = 64_000_000


@click.group()
def command() -> None:
    """Export and import Agent Trace records (version 0.1.0)."""


@command.command()
@click.argument("spec", metavar="RANGE")
def export(spec: str) -> None:
    """Print a record for each commit of RANGE (A..B) whose lines somebody is known to have written, one a line."""
    repository = repository_here()
    base, tip = ends(repository, spec)
    listed = repository.git(
        "log", "--no-show-signature", "--no-patch", "--reverse", "--format=%H %at", tip, f"^{base}"
    ).decode()
    times = {commit: int(at) for commit, at in (line.split() for line in listed.splitlines())}
    for commit, files in blame_commits(repository, list(times)):
        if made := record(commit, times[commit], files):
            click.echo(json.dumps(made, sort_keys=True))


@command.command("import")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(files: Sequence[Path]) -> None:
    """Take over what records say of the files here: FILES, or all of .agent-trace/*.jsonl."""
    repository = repository_here()
    named = list(files) or sorted((repository.root / _FOLDER).glob("*.jsonl"))
    if not named:
        raise UsageError(f"there are no records in {_FOLDER}/; name a file of them")
    found: dict[str, list[Claim]] = {}
    for file in named:
        if file.is_symlink() or file.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{file}: a link, or larger than {_MOST_BYTES} bytes")
        for claim in claims(file.read_bytes().split(b"\n")):
            found.setdefault(claim.path, []).append(claim)
    lines = sum(_taken(repository, path, said) for path, said in found.items())
    click.echo(f"{lines} line{'' if lines == 1 else 's'} known from {len(named)} file{'' if len(named) == 1 else 's'}")


def _taken(repository: Repository, path: str, said: Sequence[Claim]) -> int:
    """Take over the claims about one file; how many lines they tell of. A file that is not here any more has none."""
    try:
        lines = lines_of(worktree_content(repository, path, Limits()))
    except UsageError:
        return 0
    authors: dict[int, Author] = {}
    for claim in said:
        authors |= placed(claim, lines)
    if authors:
        mark(repository, path, authors, Limits())
    return len(authors)
