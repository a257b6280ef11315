"""`countermark baseline`: record, update or audit findings that are known."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from attrs import evolve

from countermark.display import escape
from countermark.errors import UsageError
from countermark.finding import Finding
from countermark.triage.baseline import Baseline, Entry, Status, Updated, update
from countermark_cli import record
from countermark_cli.targets import Targets

_ANSWERS: dict[str, Status] = {"t": "known", "f": "false-positive", "a": "accepted"}
_QUESTION = "t true problem, f false positive, a accepted risk, s skip, q quit"


@click.group()
def command() -> None:
    """Record, update or audit findings that are known, so that only new ones stop a change."""


@command.command()
def create() -> None:
    """Record every finding of the worktree that no comment answers for. Refuses where a baseline exists."""
    here = _here()
    if here.exists:
        raise UsageError(f"{escape(here.name)} exists; `countermark baseline update` brings it up to date")
    updated = record.create(here, record.findings_of(here, bar=record.wants_bar()))
    click.echo(f"{_findings(len(updated.baseline))} recorded in {escape(here.name)}: commit it")


@command.command(name="update")
def update_command() -> None:
    """Add what is new and drop what is gone; answers of an audit stay."""
    here = _here()
    here.read()  # before the long part
    findings = record.findings_of(here, bar=record.wants_bar())
    updated = here.change(lambda old: update(old, findings))
    click.echo(f"{_findings(len(updated.baseline))} known: {updated.added} added, {updated.dropped} dropped")


@command.command(short_help="Ask about findings that nobody has looked at.")
@click.option("--list", "listed", is_flag=True, help="List all entries and their answers, and ask nothing.")
def audit(*, listed: bool) -> None:
    """Ask about each finding that nobody has looked at; every answer is saved at once."""
    here = _here()
    entries = here.read().entries
    if listed:
        for entry in entries:
            click.echo(_line(entry))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("an audit needs a person at a terminal; `countermark baseline audit --list` shows the answers")
    open_ = [entry for entry in entries if entry.status is None]
    if not open_:
        click.echo("every entry has an answer")
        return
    found = {finding.fingerprint: finding for finding in record.findings_of(here, bar=record.wants_bar())}
    answered = sum(_ask(here, open_, found))
    click.echo(f"{answered} answered, {len(open_) - answered} left")


def _ask(here: record.Record, entries: list[Entry], found: dict[str, Finding]) -> Iterator[bool]:
    """Ask about entry after entry, until somebody has enough; True for each answer."""
    for at, entry in enumerate(entries, 1):
        click.echo(f"\n[{at}/{len(entries)}] " + "\n".join(_shown(entry, found.get(entry.fingerprint))))
        answer = click.prompt(_QUESTION, type=click.Choice([*_ANSWERS, "s", "q"]), show_choices=False)
        if answer == "q":
            return
        if answer != "s":
            reason = click.prompt("because", value_proc=_reason) if answer == "a" else None
            here.change(partial(_answered, evolve(entry, status=_ANSWERS[answer], reason=reason)))
        yield answer != "s"


def _answered(answer: Entry, baseline: Baseline) -> Updated:
    """The baseline with an answer to a finding, for every path that it is known under."""
    entries = [
        evolve(entry, status=answer.status, reason=answer.reason) if entry.fingerprint == answer.fingerprint else entry
        for entry in baseline.entries
    ]
    return Updated(Baseline.of(entries), added=0, dropped=0)


def _shown(entry: Entry, finding: Finding | None) -> Iterator[str]:
    if finding is None:
        yield f"{escape(entry.rule)}  {escape(entry.path)}"
        yield "    no longer there; `countermark baseline update` drops it"
        return
    yield f"{escape(entry.rule)}  {escape(finding.path)}:{finding.start.line}  {escape(finding.rule.title)}"
    yield f"    {escape(finding.excerpt.text.strip())}"


def _line(entry: Entry) -> str:
    reason = f": {entry.reason}" if entry.reason else ""
    return escape(f"{entry.fingerprint}  {entry.rule}  {entry.path}  {entry.status or 'open'}{reason}")


def _reason(said: str) -> str:
    words = " ".join(said.split())
    if not words:
        raise click.BadParameter("a risk is accepted for a reason")
    return words[:500]


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def _here() -> record.Record:
    today = datetime.now().astimezone().date()
    return record.record_here(Targets(Path.cwd(), os.environ, today))
