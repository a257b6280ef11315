"""Who answers for which lines of a repository: put together once, and kept until a file that it was read from changes.

Git is started when one of those files changed, never for a key.
"""

from __future__ import annotations

from pathlib import Path

from attrs import define, frozen

from countermark.config.schema import Gate
from countermark.git.repository import Repository
from countermark.project import Project
from countermark.provenance.attribute import Attributor
from countermark.provenance.where import FOLDER, NAME, NOTES
from countermark.review.desk import Desk, Watch, staged_author
from countermark.review.ledger import Ledger
from countermark.review.policy import concerned

from .recorder import Recorder
from .stamps import Stamp, head_stamp, stamp, stamps


@frozen
class _Kept:
    """A desk and what it depends on: the settings that hold, and files."""

    project: Project
    stamp: tuple[object, ...]
    read: dict[Path, Stamp]
    desk: Desk
    attributor: Attributor
    author: str

    def holds(self, project: Project, now: tuple[object, ...]) -> bool:
        """Whether another one would say the same."""
        same = self.project is project and self.stamp == now
        return same and all(stamp(path) == then for path, then in self.read.items())


@define
class Desks:
    """The desk of one repository."""

    repository: Repository
    _kept: _Kept | None = None

    def watch(self, project: Project) -> Watch | None:
        """A watch over one text; None where it does not matter who wrote it. Raises PartFailed."""
        if not concerned(self.repository, project.settings):
            return None
        kept = self._kept
        if kept is None or not kept.holds(project, _stamp(self.repository)):
            kept = self._renew(project)
        return Watch(kept.desk, kept.attributor, Gate.COMMIT, kept.author)

    def _renew(self, project: Project) -> _Kept:
        self.close()
        recorder, settings = Recorder(self.repository.root), project.settings.review
        attributor = Attributor.of(self.repository)
        attributor.__enter__()
        now = _stamp(self.repository)
        attributor.__enter__()  # what was reported before the stamp was taken has been looked at, and what comes later shows in it
        desk = Desk.of(self.repository, settings, recorder, project.triage.today, more=attributor.notes_about)
        author = staged_author(self.repository, settings)
        self._kept = _Kept(project, now, recorder.asked, desk, attributor, author)
        return self._kept

    def close(self) -> None:
        """Let go of the journal."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.attributor.__exit__()


def _stamp(repository: Repository) -> tuple[object, ...]:
    folder, ledger = repository.common_dir, Ledger.of(repository)
    journal = folder / FOLDER / NAME
    files = (
        journal,
        journal.with_name(f"{NAME}-wal"),
        ledger.path,
        ledger.head_path,
        folder / "config",
        folder / NOTES,
    )
    return (*head_stamp(repository), *stamps(files))
