"""Add one finding to the baseline of a repository, where its policy lets it keep one."""

from __future__ import annotations

from pathlib import Path

from countermark.display import escape
from countermark.errors import UsageError
from countermark.files import locked, write_atomically
from countermark.finding import Finding
from countermark.git.repository import Repository
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import Project, own_baseline
from countermark.triage.baseline import Baseline, Entry, parse, render

_LOCK = "countermark.lock"  # the command line's


def record(finding: Finding, project: Project, folder: str, repository: Repository | None) -> str:
    """Add a finding, once; what was done, in words. Raises UsageError where the policy or a link is in the way."""
    name, root = own_baseline(project.settings), Path(folder)
    if repository is None or name is None or "baselines" not in project.settings.organisation.allow:
        raise UsageError("the settings name no baseline of ours, or the organisation's policy does not allow one")
    if not (root / name).parent.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{escape(name)} would lie outside the repository: a folder on its way is a link")
    with locked(repository.common_dir / _LOCK):
        data = WorktreeSnapshot(root).read(name)
        old = Baseline() if data is None else parse(data, name)
        entry = Entry(finding.fingerprint, finding.rule.id, finding.path)
        write_atomically(root / name, render(Baseline.of((*old.entries, entry))))
    return f"recorded in {escape(name)}: commit it, and give an answer with `countermark baseline audit`"
