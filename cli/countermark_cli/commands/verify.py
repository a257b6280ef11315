"""`countermark verify`: does somebody answer for the lines of each commit? The gate that nobody can go past on their own machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import click
from attrs import evolve, frozen

from countermark.config.organisation import stricter
from countermark.config.schema import Gate, Limits, Reviewing
from countermark.errors import ExitCode, UsageError
from countermark.git.repository import Repository
from countermark.git.revisions import resolve
from countermark.git.snapshots import CommitSnapshot
from countermark.report.render import render
from countermark.report.terminal import wants_colour
from countermark.review.watching import listed, revisions, watching
from countermark.snapshot import FirstOf
from countermark.verdict import Level, Report
from countermark_cli.border import tell
from countermark_cli.output import check_output, write
from countermark_cli.pushed import Pushed, pushed
from countermark_cli.targets import Targets

_FORMATS = ("text", "json", "sarif", "junit", "markdown")
READY = {"github": "github.yml", "gitlab": "gitlab.yml", "pre-receive": "pre-receive.sh"}
_HELP = """\
Check that somebody answers for the lines of each commit of a range: for CI, and for a hook on a server.

RANGE is A..B, A...B, or a single commit for all that leads to it. Each commit is compared to its parent. Reviews are found by the text
of a hunk, in the notes of any commit (refs/notes/countermark) and in the ledger of this clone, so that a squash or a rebase on a server
loses none. The stricter counts of the settings at A and those at B, so that a change cannot loosen what it is judged by; code owners
are those at A.

Exit codes: 0 every hunk has an answer, 1 some have not, 2 usage or configuration, 3 a part broke, so the result is incomplete.
"""


@click.command(help=_HELP)
@click.argument("range_", metavar="[RANGE]", required=False)
@click.option(
    "--pre-receive", is_flag=True, help="Read what is pushed from standard input, as git gives it to that hook."
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to write it."
)
@click.option("--output", metavar="FILE", default="-", help="Write it there; - is standard output.")
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whose signatures count; else git's gpg.ssh.allowedSignersFile says it.",
)
@click.option(
    "--print",
    "print_",
    type=click.Choice(sorted(READY)),
    help="Print a ready file for CI or a server, and check nothing.",
)
def command(
    range_: str | None,
    *,
    pre_receive: bool,
    format_: str,
    output: str,
    allowed_signers: Path | None,
    print_: str | None,
) -> int:
    if print_ is not None:
        click.echo(files("countermark_cli").joinpath("ci", READY[print_]).read_text("utf-8"), nl=False)
        return ExitCode.CLEAN
    if pre_receive == (range_ is not None):
        raise UsageError("name a RANGE, such as origin/main..HEAD, or --pre-receive")
    check_output(output)
    targets = Targets(Path.cwd(), os.environ, datetime.now().astimezone().date())
    repository = targets.repository()
    news = pushed(repository, sys.stdin.buffer) if pre_receive else [_of_range(repository, range_ or "")]
    report, seen = _verified(targets, repository, news, allowed_signers)
    fail_on = Level.BLOCK
    return _show(report, seen, format_, output, fail_on)


def _of_range(repository: Repository, spec: str) -> Pushed:
    named = revisions(repository, spec)
    base = named[1].removeprefix("^") if len(named) > 1 else None
    return Pushed(named, base, None, spec)


@frozen
class _Seen:
    """How many hunks needed an answer, and how many commits there were."""

    hunks: int = 0
    answered: int = 0
    commits: int = 0


def _verified(
    targets: Targets, repository: Repository, news: Iterable[Pushed], signers: Path | None
) -> tuple[Report, _Seen]:
    from countermark_rules.inspect import extended

    report, seen = Report(str(repository.root), 0), _Seen()
    for one in news:
        settings, limits, exclude, snapshot = _settings(targets, repository, one)
        commits = listed(repository, one.revisions)
        with watching(
            repository,
            settings,
            snapshot,
            targets.today,
            here=Gate.PUSH,
            commits=commits,
            exclude=exclude,
            signers=signers,
            notes=one.notes,
        ) as watch:
            report = extended(report, watch.commits(one.revisions, limits), review=f"countermark review {one.shown}")
            answered = sum(asked.standing.passes for asked in watch.asked)
            seen = _Seen(seen.hunks + len(watch.asked), seen.answered + answered, seen.commits + len(commits))
            report = evolve(report, files=report.files + len({asked.file.path for asked in watch.asked}))
    return report, seen


def _settings(
    targets: Targets, repository: Repository, one: Pushed
) -> tuple[Reviewing, Limits, tuple[str, ...], FirstOf | CommitSnapshot]:
    """What the commits are judged by: the stricter of both ends, and what is excluded and who owns what at the first."""
    tip = CommitSnapshot(repository, resolve(repository, one.revisions[0]))
    settings = targets.project(tip, repository).settings
    if one.base is None:
        return settings.review, settings.limits, settings.exclude, tip
    base = CommitSnapshot(repository, one.base)
    before = targets.project(base, repository).settings
    return stricter(before.review, settings.review), settings.limits, before.exclude, FirstOf(base, tip)


def _show(report: Report, seen: _Seen, format_: str, output: str, fail_on: Level) -> int:
    from countermark_rules.registry import all_rules

    machine = format_ != "text"
    said = render(
        report,
        format_,
        rules=[rule for rule in all_rules() if rule.family == "review"] if format_ == "sarif" else (),
        fail_on=fail_on,
        colour=not machine and output == "-" and wants_colour(sys.stdout, os.environ),
    )
    write(said, output, machine=machine)
    tell(f"{seen.answered} of {_count(seen.hunks, 'hunk')} answered for, in {_count(seen.commits, 'commit')}")
    return report.exit_code(fail_on)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
