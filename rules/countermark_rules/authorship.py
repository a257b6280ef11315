"""Who wrote what was found: a policy may be stricter about lines that an assistant wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import evolve

from countermark.change import FileChange
from countermark.finding import Finding
from countermark.provenance.model import State, Stretch
from countermark.verdict import Failure

from .engine import Examined

# Who wrote the lines of a file, as far as anybody knows; lines that no stretch covers are untracked.
Stretches: TypeAlias = Callable[[FileChange], Sequence[Stretch]]

# Of several authors of a finding's lines the one that asks for the most care.
_CARE = (State.AI, State.SUSPECTED, State.UNTRACKED, State.HUMAN)


def attributed(examined: Examined, stretches: Stretches) -> Examined:
    """The same with who wrote each finding's lines. Where that cannot be told it is a failure, and the findings stay."""
    if not examined.findings:
        return examined
    try:
        known = stretches(examined.file)
    except Exception as fault:  # noqa: BLE001 - the border; the message of a fault may quote the file
        failure = Failure("provenance", examined.file.path, f"who wrote this is not known: {type(fault).__name__}")
        return evolve(examined, failures=(*examined.failures, failure))
    findings = tuple(evolve(finding, written=_written(finding, known)) for finding in examined.findings)
    return evolve(examined, findings=findings)


def _written(finding: Finding, known: Sequence[Stretch]) -> State:
    first, last = finding.start.line, max(finding.start.line, finding.end.line)
    touching = [stretch for stretch in known if stretch.first <= last and first <= stretch.last]
    states = {stretch.author.state for stretch in touching}
    covered = sum(min(stretch.last, last) - max(stretch.first, first) + 1 for stretch in touching)
    if covered <= last - first:
        states.add(State.UNTRACKED)
    return next(state for state in _CARE if state in states)
