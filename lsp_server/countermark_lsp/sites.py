"""Which repository or folder a text belongs to. Git is asked once for each repository, never for a key."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from countermark.change import Change
from countermark.errors import CountermarkError
from countermark.git.repository import Repository, discover
from countermark.project import Project
from countermark.review.desk import Watch

from .desks import Desks
from .job import Job
from .site import Site
from .stamps import Stamp, stamp

_AGAIN = 5.0  # seconds until git is asked again about a repository that it refused
_NOWHERE = Path(os.devnull)  # where an unsaved text is, if no folder is open: a place without settings


@frozen
class _Answer:
    """What git said of the repository whose ``.git`` has this inode."""

    repository: Repository | CountermarkError | None
    inode: int | None
    at: float

    def outdated(self, found: Stamp) -> bool:
        """Whether to ask again: it is another .git, or the fault may have been mended."""
        mended = isinstance(self.repository, CountermarkError) and time.monotonic() - self.at > _AGAIN
        return mended or self.inode != (found and found[-1])


class Sites:
    """Every site that a text came from."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._answers: dict[Path, _Answer] = {}
        self._sites: dict[Path, Site] = {}
        self._desks: dict[Path, Desks] = {}

    def change(self, job: Job) -> tuple[Change, Project]:
        """The change that a text makes, and the settings to judge it by. Raises UsageError and PartFailed."""
        path = None if job.path is None else _real(job.path)
        site = self._site(path, [_resolved(folder) for folder in job.folders])
        name = job.name if path is None else path.relative_to(site.root).as_posix()
        project = site.project()
        if name.split("/")[0] == ".git":  # a commit message, or what else git asks an editor to write
            return Change(str(site.root), []), project
        return Change(str(site.root), [site.entry(name, job.text, project.settings.limits)], total=1), project

    def watch(self, change: Change, project: Project) -> Watch | None:
        """A watch over a change that ``change`` made; None where nobody asks who wrote its lines. Raises PartFailed."""
        repository = self.repository(change)
        if repository is None or not change.entries:
            return None
        desks = self._desks.get(repository.root)
        if desks is None or desks.repository is not repository:
            desks = self._desks[repository.root] = Desks(repository)
        return desks.watch(project)

    def repository(self, change: Change) -> Repository | None:
        """The repository of a change that ``change`` made, if it is in one."""
        site = self._sites.get(Path(change.root))
        return None if site is None else site.repository

    def repository_of(self, folder: str) -> Repository | None:
        """The repository that holds a folder, if any does."""
        return self._found(Path(folder))

    def _site(self, path: Path | None, folders: Sequence[Path]) -> Site:
        """The repository that holds a file, or else the workspace's folder, or else its own; an unsaved text is in the first."""
        if path is None:
            start = folders[0] if folders else _NOWHERE
            holding = [start]
        else:
            start = path.parent
            holding = [folder for folder in folders if path.is_relative_to(folder)]
        repository = self._found(start)
        if repository is not None and repository.worktree is not None and start.is_relative_to(repository.worktree):
            return self._at(repository.worktree, repository)
        return self._at(max(holding, key=lambda folder: len(folder.parts), default=start), None)

    def _at(self, root: Path, repository: Repository | None) -> Site:
        site = self._sites.get(root)
        if site is None or site.repository is not repository:
            site = self._sites[root] = Site(root, repository, self._environ)
        return site

    def _found(self, start: Path) -> Repository | None:
        """The repository of a folder; git is asked once for each .git."""
        marker = next((mark for folder in (start, *start.parents) if os.path.lexists(mark := folder / ".git")), None)
        if marker is None:
            return None
        found = stamp(marker)
        answer = self._answers.get(marker)
        if answer is None or answer.outdated(found):
            answer = self._answers[marker] = _asked(marker.parent, found, self._environ)
        if isinstance(answer.repository, CountermarkError):
            raise answer.repository
        return answer.repository


def _asked(folder: Path, found: Stamp, environ: Mapping[str, str]) -> _Answer:
    repository: Repository | CountermarkError | None
    try:
        repository = discover(folder, environ)
    except CountermarkError as fault:
        repository = fault
    return _Answer(repository, found and found[-1], time.monotonic())


def _real(path: str) -> Path:
    """The path with links in its folders resolved, as git sees the worktree, and its own name left as it is."""
    folder, name = os.path.split(path)
    return _resolved(folder) / name


def _resolved(folder: str) -> Path:
    return Path(os.path.realpath(folder))
