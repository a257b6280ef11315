"""`countermark fix`: apply the fixes that findings carry."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click
from attrs import Factory, define, evolve

from countermark.content import Content
from countermark.display import escape
from countermark.errors import ExitCode
from countermark.files import write_atomically
from countermark.verdict import Report
from countermark_cli.border import tell
from countermark_cli.fixing import EXAMPLES, Changed, Seen, Variables, Wanted, changed, missing, wanted, with_names
from countermark_cli.progress import Bar
from countermark_cli.targets import Target, Targets

_HELP = """\
Apply the fixes that findings carry, and show what changes.

Without PATH the whole repository, or the folder where there is none. A safe fix cannot alter what correct code does. --unsafe also
applies the others: a secret gives way to a variable that somebody has to set first, so look at the result before you commit it.

Names of such variables are added to .env.example, without a value. A value itself is written nowhere and shown nowhere. Git is left
alone: what was committed stays in the history, so revoke the values.

Exit codes: 0 done, 2 usage or configuration, 3 a part broke or a file changed meanwhile, so the result is incomplete.
"""
_MOST_NAMED = 5


@click.command(help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--unsafe", is_flag=True, help="Also apply fixes after which somebody has to do something.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--no-progress", is_flag=True, help="Never show a progress bar.")
def command(paths: tuple[Path, ...], *, unsafe: bool, dry_run: bool, no_progress: bool) -> int:
    targets = Targets(Path.cwd(), os.environ, datetime.now().astimezone().date())
    done = _Done(dry_run)
    for target in targets.trees(paths):
        seen = Seen()
        report = _inspect(target, seen, bar=not no_progress and sys.stderr.isatty())
        names = [name for each in wanted(report, unsafe=unsafe) for name in done.file(target, seen, each)]
        if names:
            done.example(target, names, create=unsafe)
        done.count(report, unsafe=unsafe)
    return done.tell()


def _inspect(target: Target, seen: Seen, *, bar: bool) -> Report:
    from countermark_rules.inspect import inspect

    change = evolve(target.change, entries=seen.noting(target.change.entries))
    with Bar(change.total, bar) as progress:
        return inspect(change, target.project, jobs=os.cpu_count() or 1, progress=progress.advance)


@define
class _Done:
    """What was done so far. ``refused`` are files that a fix was meant for and that were left alone."""

    dry_run: bool
    variables: Variables = Factory(Variables)
    files: int = 0
    fixes: int = 0
    more: int = 0
    without: int = 0
    refused: int = 0
    rules: dict[str, None] = Factory(dict)
    named: dict[str, None] = Factory(dict)

    def file(self, target: Target, seen: Seen, wanted: Wanted) -> tuple[str, ...]:
        """Fix one file; gives back the variables that it then reads."""
        path, shown = target.root / wanted.path, escape(wanted.path)
        if path.is_symlink() or not seen.is_as_seen(wanted.path, data := path.read_bytes()):
            self._refuse(shown, "is a link" if path.is_symlink() else "changed meanwhile")
            return ()
        result = changed(Content(data), wanted, self.variables)
        if result is None:
            self._refuse(
                shown, "cannot be fixed as it is: its names or places contradict each other, or its encoding does"
            )
            return ()
        click.echo("\n".join([f"--- {shown}", f"+++ {shown}", *result.diff]))
        if not self.dry_run:
            write_atomically(path, result.after.data)
        self._note(shown, result, wanted)
        return result.variables

    def example(self, target: Target, names: list[str], *, create: bool) -> None:
        """Name variables where a developer looks for them."""
        there = [name for name in EXAMPLES if (target.root / name).is_file()]
        path = target.root / (there or EXAMPLES)[0]
        if path.is_symlink() or not (there or create):
            return
        content = Content(path.read_bytes() if there else b"")
        lacking = missing(content.text, names)
        after = content.with_text(with_names(content.text, lacking)) if lacking else None
        self.named.update(dict.fromkeys(names))
        if after is None:
            return
        click.echo("\n".join([f"--- {path.name}", f"+++ {path.name}", *(f"+{name}=" for name in lacking)]))
        if not self.dry_run:
            write_atomically(path, after.data)

    def count(self, report: Report, *, unsafe: bool) -> None:
        """Note what was left."""
        self.refused += len(report.failures)
        for failure in report.failures:
            tell(f"{failure.path or failure.part}: {failure.message}")
        findings = [item.finding for item in report.judged]
        self.without += sum(not finding.fixes for finding in findings)
        self.more += sum(
            bool(finding.fixes) and not unsafe and not any(fix.safe for fix in finding.fixes) for finding in findings
        )

    def tell(self) -> ExitCode:
        """Say what was done, and what remains for a person."""
        would = " would be made; nothing was written" if self.dry_run else ""
        tell(f"{_count(self.fixes, 'fix', 'fixes')} in {_count(self.files, 'file', 'files')}{would}")
        if self.more:
            tell(
                f"{_count(self.more, 'finding has', 'findings have')} a fix that needs --unsafe: look at what it changes"
            )
        if self.without:
            tell(f"{_count(self.without, 'finding has', 'findings have')} no fix: `countermark check` says what to do")
        if self.named:
            tell(f"set {', '.join(self.named)} where this runs")
        if self.rules:
            named = ", ".join(list(self.rules)[:_MOST_NAMED])
            tell(
                f"revoke the values, for what was committed stays in the history; `countermark rules show` says how: {named}"
            )
        return ExitCode.BROKEN if self.refused else ExitCode.CLEAN

    def _note(self, shown: str, result: Changed, wanted: Wanted) -> None:
        self.files += 1
        self.fixes += len(result.findings)
        self.rules.update(dict.fromkeys(finding.rule.id for finding in result.findings if finding.secrets))
        if apart := len(wanted.fixes) - len(result.findings):
            tell(f"{shown}: {_count(apart, 'fix', 'fixes')} left out, since one variable cannot stand for two values")
        for line in result.left:
            tell(f"{shown}:{line}: the value stands here too")

    def _refuse(self, shown: str, why: str) -> None:
        self.refused += 1
        tell(f"{shown} {why}; it was left alone")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
