"""`countermark check`: look for problems and say what blocks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve, field, frozen

from countermark.config.schema import Gate
from countermark.errors import ExitCode, UsageError
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot
from countermark.project import Project
from countermark.report.render import FORMATS, render
from countermark.report.terminal import wants_colour
from countermark.report.values import word
from countermark.verdict import Level, Report
from countermark_cli.border import tell
from countermark_cli.joined import joined
from countermark_cli.output import check_output, write
from countermark_cli.progress import Bar
from countermark_cli.rule_ids import complete_rule, explained, find_families
from countermark_cli.targets import Target, Targets

if TYPE_CHECKING:
    from countermark.changes.history import Past

_HELP = """\
Look for problems and say what blocks.

Without PATH and without one of --staged, --range, --history and --stdin-filename, the whole repository is checked, or the folder where
there is none. Of a folder in a repository, what git tracks or would track is checked; a file that is named is always checked.

Each PATH is judged by the settings of the repository that it lies in. Paths in the report are relative to that repository; to the
folder that holds them all where several are named; and outside any repository to the current folder, or else to the PATH.

Settings and suppressions are those of what is checked: of the index with --staged, of commit B with --range, else of the worktree.

Exit codes: 0 nothing blocks, 1 something blocks, 2 usage or configuration, 3 a part broke, so the result is incomplete.
"""


@frozen
class _Shown:
    """How the result is shown."""

    format: str
    output: str
    fail_on: Level | None


@frozen
class _Run:
    """How the work is done: the most processes, the families to look for (none: all), and whether a bar is shown."""

    jobs: int
    only: tuple[str, ...]
    bar: bool = field(kw_only=True)


@click.command(help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--staged", is_flag=True, help="What the next commit would hold.")
@click.option("--range", "range_", metavar="A..B", help="What the commits from A to B change; A...B: since B left A.")
@click.option(
    "--history",
    metavar="[RANGE]",
    is_flag=False,
    flag_value="",
    help="Every version of every file that a branch or tag reaches, or that the commits of RANGE (A..B, or a ref) brought.",
)
@click.option("--no-resume", is_flag=True, help="Begin --history anew, though an interrupted one could be continued.")
@click.option("--only", metavar="FAMILY[,FAMILY]", help="Look only for rules of these families, such as secrets.")
@click.option("--stdin-filename", metavar="NAME", help="Standard input, as the content of that file.")
@click.option("--explain", metavar="RULE", shell_complete=complete_rule, help="Explain a rule, and check nothing.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option("--output", metavar="FILE", default="-", help="Write the report there; - is standard output.")
@click.option(
    "--fail-on",
    type=click.Choice([word(level) for level in reversed(Level)]),
    help="The verdict from which the exit code is 1; else the settings say it, the strictest of several repositories.",
)
@click.option(
    "--archives", is_flag=True, help="Look into archives among the files, too: zip, jar, wheel, tar and the like."
)
@click.option("--ignore-inline", is_flag=True, help="As if there were no suppressing comments: for CI.")
@click.option("--no-baseline", is_flag=True, help="As if there were no baseline.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="The most processes; as many as there are processors unless said.",
)
@click.option("--no-progress", is_flag=True, help="Never show a progress bar.")
def command(
    paths: tuple[Path, ...],
    *,
    staged: bool,
    range_: str | None,
    history: str | None,
    no_resume: bool,
    only: str | None,
    stdin_filename: str | None,
    explain: str | None,
    format_: str,
    output: str,
    fail_on: str | None,
    archives: bool,
    ignore_inline: bool,
    no_baseline: bool,
    jobs: int | None,
    no_progress: bool,
) -> int:
    modes: dict[str, object] = {"PATH": paths, "--staged": staged, "--range": range_, "--history": history}
    modes |= {"--stdin-filename": stdin_filename, "--explain": explain}
    chosen = [name for name, value in modes.items() if value not in {(), False, None}]
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} exclude each other")
    if archives and chosen not in ([], ["PATH"]):
        raise UsageError(f"--archives goes with files and folders, not with {chosen[0]}")
    if explain is not None:
        click.echo(explained(explain), nl=False)
        return ExitCode.CLEAN
    check_output(output)
    today = datetime.now().astimezone().date()
    targets = Targets(
        Path.cwd(), os.environ, today, ignore_inline=ignore_inline, use_baseline=not no_baseline, archives=archives
    )
    families = find_families(only)
    run = _Run(jobs or _processors(), families, bar=not no_progress and sys.stderr.isatty())
    shown = _Shown(format_, output, None if fail_on is None else Level[fail_on.upper()])
    if history is not None:
        past, project = targets.history(history or None)
        return _show(_inspect_history(past, project, run, resume=not no_resume), [project], shown)
    match chosen:
        case ["--staged"]:
            found = [targets.staged()]
        case ["--range"]:
            found = [targets.range(range_ or "")]
        case ["--stdin-filename"]:
            found = [targets.buffer(stdin_filename or "", click.get_binary_stream("stdin"))]
        case _:
            found = targets.trees(paths)
    watched = "" if staged else range_
    return _show(
        _inspect(found, run, partial(_reviewed, targets, watched)), [target.project for target in found], shown
    )


def _reviewed(targets: Targets, spec: str | None, target: Target, inspect: Callable[..., Report]) -> Report:
    """What ``inspect`` finds, and who answers for the lines, of what is staged (an empty ``spec``) or of a range; else nobody asks."""
    from countermark.review.policy import concerned
    from countermark.review.watching import listed, revisions, watching
    from countermark_rules.inspect import extended

    if spec is None:
        return inspect()
    settings, repository = target.project.settings, targets.repository()
    if not spec:
        if not concerned(repository, settings):
            return inspect()
        index = IndexSnapshot(repository)
        with watching(repository, settings.review, index, targets.today, here=Gate.COMMIT) as watch:
            report = inspect(look=watch.file, stretches=watch.attribution.stretches)
            return evolve(report, review="countermark review --staged")
    named = revisions(repository, spec)
    tip, commits = CommitSnapshot(repository, named[0]), listed(repository, named)
    with watching(
        repository, settings.review, tip, targets.today, here=Gate.PUSH, commits=commits, exclude=settings.exclude
    ) as watch:
        # Only a policy that judges by the author has to know one: attribution is not shared between processes.
        asked = watch.attribution.stretches if settings.policy.ai.raise_ else None
        report = inspect(stretches=asked)
        return extended(report, watch.commits(named, settings.limits), review=f"countermark review {spec}")


def _inspect(
    targets: Sequence[Target], run: _Run, reviewed: Callable[[Target, Callable[..., Report]], Report]
) -> Report:
    from countermark_rules.inspect import inspect

    totals = [target.change.total for target in targets]
    total = None if None in totals else sum(filter(None, totals))
    with Bar(total, run.bar) as progress:
        looks = [
            partial(inspect, target.change, target.project, jobs=run.jobs, progress=progress.advance, only=run.only)
            for target in targets
        ]
        if run.only and "review" not in run.only:
            return joined([look() for look in looks])
        return joined([reviewed(target, look) for target, look in zip(targets, looks, strict=True)])


def _inspect_history(past: Past, project: Project, run: _Run, *, resume: bool) -> Report:
    from countermark_rules.history import FAMILIES, inspect_history

    if run.only and not set(run.only) & set(FAMILIES):
        raise UsageError(f"--history looks for {', '.join(FAMILIES)} alone")
    try:
        with Bar(past.commits() if run.bar else None, run.bar, "commits") as progress:
            return inspect_history(past, project, jobs=run.jobs, progress=progress.advance, resume=resume)
    except KeyboardInterrupt:
        tell("the same command goes on where this one stopped")
        raise


def _show(report: Report, projects: Sequence[Project], shown: _Shown) -> ExitCode:
    from countermark_rules.registry import all_rules

    fail_on = shown.fail_on
    if fail_on is None:
        fail_on = min(project.settings.policy.fail_on for project in projects)
    machine = shown.format != "text"
    said = render(
        report,
        shown.format,
        rules=all_rules() if shown.format == "sarif" else (),  # what settings describe comes with its findings
        fail_on=fail_on,
        colour=not machine and shown.output == "-" and wants_colour(sys.stdout, os.environ),
    )
    write(said, shown.output, machine=machine)
    _remark(report, projects, shown.output)
    return report.exit_code(fail_on)


def _remark(report: Report, projects: Sequence[Project], output: str) -> None:
    """What a person should know besides the report, on standard error; nothing when all is well."""
    if report.judged:
        for key in sorted({key for project in projects for key in project.overridden}):
            tell(f"the organisation's policy overrides {key} of this repository")
    if output != "-" and (report.judged or report.failures):
        counts = [f"{count} {word(level)}" for level in reversed(Level) if (count := report.count(level))]
        if report.failures:
            counts.append(f"{len(report.failures)} failed")
        tell(f"{', '.join(counts)}: see {output}")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
