"""`countermark audit`: prove that no review was removed, edited, put in another order or forged."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from countermark.display import escape
from countermark.errors import ExitCode, UsageError
from countermark.git.repository import Repository
from countermark.report.values import exact, sentence
from countermark.review.entry import Entry
from countermark.review.ledger import Ledger
from countermark.review.noted import noted
from countermark.review.person import refuse_agents, terminal
from countermark.review.signing import Signers
from countermark_cli.border import tell
from countermark_cli.targets import Targets

SCHEMA = "countermark/audit/1"


@frozen
class _Fault:
    """What is wrong, and where: the ledger, or a commit's note."""

    where: str
    said: str
    blocks: bool


@click.group(help="Prove that no review was removed, edited or forged; show them, or begin anew.")
def command() -> None:
    pass


@command.command(
    help="Check the ledger's chain, its end, and every signature, in the ledger and in the notes. What was removed, edited, put in "
    "another order or forged is named, and the exit code is 1. Whoever can write here can write a new ledger as a whole: only "
    "signatures tell that from the true one."
)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--allowed-signers", type=click.Path(path_type=Path), metavar="FILE", help="Whose signatures count.")
def verify(*, format_: str, allowed_signers: Path | None) -> int:
    repository = _repository()
    signers = Signers.of(repository, allowed_signers)
    entries, _ = Ledger.of(repository).examine()
    faults = list(_faults(repository, signers))
    signed = sum(bool(entry.signature) for entry in entries)
    if format_ == "json":
        told = [{"where": fault.where, "fault": sentence(fault.said), "blocks": fault.blocks} for fault in faults]
        value = {"schema": SCHEMA, "entries": len(entries), "signed": signed, "faults": told}
        click.echo(json.dumps(value, indent=2))
    else:
        for fault in faults:
            click.echo(f"{fault.where}: {escape(fault.said)}")
        listed = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
        click.echo(f"{listed}, {signed} of them signed: {_verdict(faults)}")
    return ExitCode.BLOCKED if any(fault.blocks for fault in faults) else ExitCode.CLEAN


@command.command("list", help="List every review, the oldest first.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
def list_(*, format_: str) -> int:
    entries, faults = Ledger.of(_repository()).examine()
    if format_ == "json":
        click.echo(json.dumps({"schema": SCHEMA, "entries": [_shown(entry) for entry in entries]}, indent=2))
    else:
        for entry in entries:
            click.echo(_line(entry))
    for fault in faults:
        tell(fault.said)
    return ExitCode.BLOCKED if any(fault.tampered for fault in faults) else ExitCode.CLEAN


@command.command(help="Put a broken ledger aside and begin a new one; what was decided has to be decided again.")
def restart() -> int:
    refuse_agents(os.environ)
    repository = _repository()
    with terminal() as (source, out):
        out.write("Put the ledger of reviews aside and begin a new one? [y/N] ")
        out.flush()
        if source.readline(100).strip().lower() not in {"y", "yes"}:
            raise UsageError("nothing was done")
    tell(f"the old ledger is {Ledger.of(repository).restart()}")
    return ExitCode.CLEAN


def _repository() -> Repository:
    return Targets(Path.cwd(), os.environ, datetime.now().astimezone().date()).repository()


def _faults(repository: Repository, signers: Signers) -> Iterator[_Fault]:
    """The chain's, then those of signatures; an entry without a signature is no fault, for a policy need not ask for one."""
    entries, faults = Ledger.of(repository).examine()
    yield from (_Fault("ledger", fault.said, fault.tampered) for fault in faults)
    for entry in entries:
        if entry.signature and (said := signers.fault(entry)):
            yield _Fault("ledger", f"entry {entry.number} by {entry.name} <{entry.mail}>: {said}", blocks=True)
    for found in noted(repository):
        where = f"note of {found.commit[:12]}"
        if found.entry is None:
            yield _Fault(where, f"a review in it was edited or damaged: {found.fault}", blocks=True)
        elif found.entry.signature and (said := signers.fault(found.entry)):
            yield _Fault(where, f"the review by {found.entry.name} <{found.entry.mail}>: {said}", blocks=True)


def _verdict(faults: list[_Fault]) -> str:
    if any(fault.blocks for fault in faults):
        return "not to be trusted"
    return "the chain is whole" if not faults else "the chain is whole, save for what a crash left"


def _line(entry: Entry) -> str:
    at = datetime.fromtimestamp(entry.at, UTC).strftime("%Y-%m-%d %H:%M")
    signed = ", signed" if entry.signature else ""
    until = f" until {entry.expires}" if entry.expires else ""
    words = escape(entry.comment or entry.reason)
    return (
        f"{entry.number:>5}  {at}  {entry.decision.value}{until}  {escape(entry.path)}  {entry.hunk[:12]}  "
        f"{escape(entry.name)} <{escape(entry.mail)}>, {entry.seconds:.0f} s in the {entry.face.value}{signed}"
        + (f"  {words}" if words else "")
    )


def _shown(entry: Entry) -> dict[str, Any]:
    return {name: exact(value) if isinstance(value, str) else value for name, value in entry.value.items()}
