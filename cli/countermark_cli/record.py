"""Recording what is known: the findings of a tree, into the repository's baseline."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.files import locked, write_atomically
from countermark.finding import Finding
from countermark.git.repository import Repository, discover
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import own_baseline
from countermark.triage.baseline import Baseline, Updated, parse, render, update
from countermark.triage.rules import RULES

from .progress import Bar
from .targets import Target, Targets

_LOCK = "countermark.lock"
_ABOUT_SUPPRESSIONS = frozenset(rule.id for rule in RULES)


@frozen
class Record:
    """The baseline file of a tree. ``name`` is its path from the root, as the settings have it."""

    target: Target
    repository: Repository | None
    name: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.target.root / self.name

    @property
    def exists(self) -> bool:
        """Whether anything is there, be it a link or a folder."""
        return os.path.lexists(self.path)

    def read(self) -> Baseline:
        """What is recorded. Raises UsageError where nothing is, or the file is faulty."""
        data = WorktreeSnapshot(self.target.root).read(self.name)
        if data is None:
            raise UsageError(f"there is no {escape(self.name)} yet; `countermark baseline create` writes it")
        return parse(data, self.name)

    def change(self, step: Callable[[Baseline], Updated], *, start: Baseline | None = None) -> Updated:
        """Read, change and write the file while no other process does; ``start`` stands for a file that is not there."""
        with locked(self._lock()):
            if start is not None and self.exists:
                raise UsageError(f"{escape(self.name)} exists; `countermark baseline update` brings it up to date")
            updated = step(self.read() if start is None else start)
            write_atomically(self.path, render(updated.baseline))
        return updated

    def _lock(self) -> Path:
        if self.repository is not None:
            return self.repository.common_dir / _LOCK
        return self.path.with_name(f".{self.path.name}.lock")


def record_here(targets: Targets) -> Record:
    """The baseline file of the repository that holds the current folder. Raises UsageError where the settings leave none."""
    targets = evolve(targets, use_baseline=False)
    (target,) = targets.trees(())
    name = own_baseline(target.project.settings)
    if name is None:
        raise UsageError("the settings name no baseline of ours, or the organisation's policy does not allow one")
    record = Record(target, discover(target.root, targets.environ), name)
    if not record.path.parent.resolve().is_relative_to(target.root.resolve()):
        raise UsageError(f"{escape(name)} would lie outside the repository: a folder on its way is a link")
    return record


def create(record: Record, findings: Sequence[Finding]) -> Updated:
    """Write the first baseline. Raises UsageError where there is one: its answers must not get lost."""
    return record.change(lambda old: update(old, findings), start=Baseline())


def findings_of(record: Record, *, bar: bool) -> tuple[Finding, ...]:
    """What there is to record: every finding of the tree that no comment answers for.

    Raises PartFailed where something could not be looked at: what it hides would be dropped, or come up as new.
    """
    from countermark_rules.inspect import inspect

    change = record.target.change
    with Bar(change.total, bar) as progress:
        report = inspect(change, record.target.project, jobs=os.cpu_count() or 1, progress=progress.advance)
    if report.failures:
        said = [
            f"{failure.part}: {f'{failure.path}: ' if failure.path else ''}{failure.message}"
            for failure in report.failures
        ]
        raise PartFailed("\n".join([*said, "nothing was written, since the result is incomplete"]))
    return tuple(item.finding for item in report.judged if item.finding.rule.id not in _ABOUT_SUPPRESSIONS)


def wants_bar() -> bool:
    """Whether somebody watches."""
    return sys.stderr is not None and sys.stderr.isatty()
