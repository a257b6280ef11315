"""`countermark rules`: which rules there are, all that is known of one, and whether they do what their fixtures say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from countermark.errors import ExitCode, UsageError
from countermark.finding import Rule
from countermark.report.rule_page import as_value
from countermark.report.values import word
from countermark.rule_files import FOLDER
from countermark_cli.border import tell
from countermark_cli.rule_ids import complete_rule, explained, own_files, root_here, rules_here

if TYPE_CHECKING:
    from countermark_rules.detectors.patterns.fixtures import Tested

SCHEMA = "countermark/rules/1"


@click.group()
def command() -> None:
    """List the rules, show one, or test those that have fixtures."""


@command.command("list")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to show them.")
def list_(format_: str) -> int:
    """List every rule that a finding can name; `local/` are the repository's own."""
    from countermark_rules.detectors.patterns.own import read_own

    files = own_files()
    rules = rules_here()
    click.echo(_json(rules) if format_ == "json" else _table(rules))
    faults = read_own(files).faults
    for fault in faults:
        tell(fault.message)
    return ExitCode.USAGE if faults else ExitCode.CLEAN


@command.command("show")
@click.argument("rule_id", metavar="ID", shell_complete=complete_rule)
def show(rule_id: str) -> None:
    """Show why a rule matters, what to do, how to revoke and rotate, and how to answer for a finding."""
    click.echo(explained(rule_id), nl=False)


@command.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def test(paths: tuple[Path, ...]) -> int:
    """Run pattern rules against their fixtures.

    PATH is a file of rules (Semgrep's YAML) or a folder of them; without one it is .countermark/rules of this repository. The
    fixture of `name.yaml` is `name.py` beside it, or whatever the language asks for (`name.test.yaml` for YAML). In it, a
    comment `ruleid: ID` says that the next line has to be found, and `ok: ID` that it must not be.

    Exit codes: 0 all rules do what their fixtures say, 1 one does not, 2 a rule cannot be used, 3 the engine broke.
    """
    from countermark_rules.detectors.patterns.engines import current
    from countermark_rules.detectors.patterns.fixtures import cases, tested

    results = [result for case in cases(paths or _here()) for result in tested(case, current())]
    click.echo("\n".join(line for result in results for line in _lines(result)))
    failed, untested = sum(not one.holds for one in results), sum(not one.fixtures for one in results)
    tell(f"rules that hold: {len(results) - failed - untested}, that do not: {failed}, without a fixture: {untested}")
    return ExitCode.BLOCKED if failed else ExitCode.CLEAN


def _here() -> list[Path]:
    """The repository's own rules, and our packs in a checkout of Countermark."""
    from countermark_rules.detectors.patterns.fixtures import ours

    root = root_here()
    folders = [folder for folder in (root / FOLDER, ours(root)) if folder is not None and folder.is_dir()]
    if not folders:
        raise UsageError(f"there is no {FOLDER} here; name a file or a folder of rules")
    return folders


def _lines(result: Tested) -> Iterator[str]:
    sign = "ok" if result.holds and result.fixtures else "--" if result.holds else "!!"
    yield f"{sign}  {result.rule}{'' if result.fixtures else '  (no fixture marks it)'}"
    yield from (f"    not found, and should be: {place}" for place in result.missed)
    yield from (f"    found, and should not be: {place}" for place in result.wrong)


def _json(rules: Sequence[Rule]) -> str:
    return json.dumps({"schema": SCHEMA, "rules": [as_value(rule) for rule in rules]}, indent=2)


def _table(rules: Sequence[Rule]) -> str:
    widest = max((len(rule.id) for rule in rules), default=0)
    return "\n".join(
        f"{rule.id:<{widest}}  {word(rule.severity):<8}  {rule.title}{'' if rule.enabled else '  (off)'}"
        for rule in rules
    )
