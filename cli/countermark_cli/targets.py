"""What `check` looks at, and the settings that judge it: one target for each repository or folder that is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from attrs import evolve, frozen

from countermark.change import Change, Skipped
from countermark.content import Content
from countermark.errors import UsageError
from countermark.git.objects import Objects, TooLarge
from countermark.git.repository import Repository, discover
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot, WorktreeSnapshot
from countermark.project import Project, load_project
from countermark.snapshot import FirstOf, Snapshot

if TYPE_CHECKING:
    from countermark.changes.history import Past

# They name one repository, whatever path is asked for.
_PINNING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR")


@frozen
class Target:
    """A change, and the project that judges it. ``root`` is what its paths are relative to."""

    root: Path
    change: Change
    project: Project


@frozen
class Targets:
    """Makes targets. ``here`` is where the command was started, ``today`` decides which suppressions have expired.

    ``archives`` opens those that lie in a tree.
    """

    here: Path
    environ: Mapping[str, str]
    today: date
    ignore_inline: bool = False
    use_baseline: bool = True
    archives: bool = False

    def staged(self) -> Target:
        """What the next commit would hold."""
        from countermark.changes.index import staged

        repository = self.repository(worktree=True)
        # Settings that are not committed yet are read where they lie, as the hook does.
        settings = FirstOf(IndexSnapshot(repository), WorktreeSnapshot(repository.root))
        project = self.project(settings, repository)
        return Target(repository.root, staged(repository, project.settings.limits), project)

    def range(self, spec: str) -> Target:
        """What a range of commits changes, judged by the settings at its end."""
        from countermark.changes.range import commits

        repository = self.repository()
        end = spec.rpartition("..")[2] or "HEAD"
        project = self.project(CommitSnapshot(repository, end), repository)
        return Target(repository.root, commits(repository, spec, project.settings.limits), project)

    def history(self, spec: str | None) -> tuple[Past, Project]:
        """Every version of every file that any branch or tag reaches, or that some commits brought."""
        from countermark.changes.history import Past

        repository = self.repository()
        return Past.of(repository, spec), self.project(_current(repository), repository)

    def buffer(self, name: str, stream: IO[bytes]) -> Target:
        """A text that an editor would save under a name; what HEAD has of it is what was there before."""
        from countermark.changes.buffer import buffer

        file = _absolute(self.here / name)
        root, repository = self._home_of(_nearest_folder(file))
        project = self.project(WorktreeSnapshot(root), repository)
        path, most = file.relative_to(root).as_posix(), project.settings.limits.file_bytes
        data = stream.read(most + 1)
        if len(data) > most:
            entry = Skipped(path, f"larger than {most} bytes (limits.file-bytes)")
            return Target(root, Change(str(root), [entry], total=1), project)
        change = buffer(path, Content(data).text, _committed(repository, path, most))
        return Target(root, Change(str(root), [change], total=1), project)

    def trees(self, paths: Sequence[Path]) -> list[Target]:
        """Files and folders, those of one repository together, judged by the settings of the repository that holds them."""
        groups: dict[Path, tuple[Repository | None, list[Path]]] = {}
        for path in paths or [self._everything()]:
            root, repository, found = self._locate(path)
            groups.setdefault(root, (repository, []))[1].append(found)
        return [self._tree(root, repository, found) for root, (repository, found) in groups.items()]

    def _tree(self, root: Path, repository: Repository | None, paths: Sequence[Path]) -> Target:
        from countermark.changes.tree import tree

        project = self.project(WorktreeSnapshot(root), repository)
        settings = project.settings
        change = tree(
            root,
            paths,
            limits=settings.limits,
            exclude=settings.exclude,
            repository=repository,
            archives=self.archives,
        )
        return Target(root, change, project)

    def _everything(self) -> Path:
        repository = discover(self.here, self.environ)
        if repository is not None and repository.worktree is None:
            raise UsageError("this repository has no worktree; name what to check: --range A..B or --history")
        return self.here if repository is None else repository.root

    def _locate(self, path: Path) -> tuple[Path, Repository | None, Path]:
        """What a path is relative to, its repository if it has one, and the path itself, links in its folders resolved."""
        try:
            (self.here / path).stat()
        except OSError as fault:
            raise UsageError(f"{path}: {fault.strerror}") from fault
        found = _absolute(self.here / path)
        return (*self._home_of(found if found.is_dir() else found.parent), found)

    def _home_of(self, folder: Path) -> tuple[Path, Repository | None]:
        """The worktree that a folder lies in; elsewhere the folder we were started in, or else the folder itself."""
        repository = discover(folder, self.environ)
        if repository and repository.worktree and not folder.is_relative_to(repository.worktree):
            # The environment names another repository.
            repository = discover(folder, {key: value for key, value in self.environ.items() if key not in _PINNING})
        if repository and repository.worktree:
            return repository.worktree, repository
        here = self.here.resolve()
        return (here if folder.is_relative_to(here) else folder), None

    def repository(self, *, worktree: bool = False) -> Repository:
        """The repository that we were started in. Raises UsageError where there is none, or one without a needed worktree."""
        repository = discover(self.here, self.environ)
        if repository is None:
            raise UsageError("there is no git repository here")
        if worktree and repository.worktree is None:
            raise UsageError("this repository is bare, so nothing can be staged in it")
        return repository

    def project(self, snapshot: Snapshot, repository: Repository | None) -> Project:
        """The settings and suppressions of a snapshot, as the options have it."""
        project = load_project(
            snapshot,
            repository=repository,
            environ=self.environ,
            today=self.today,
            ignore_inline=self.ignore_inline,
        )
        return project if self.use_baseline else evolve(project, triage=project.triage.without_baselines())


def _current(repository: Repository) -> Snapshot:
    return WorktreeSnapshot(repository.worktree) if repository.worktree else CommitSnapshot(repository, "HEAD")


def _committed(repository: Repository | None, path: str, most: int) -> Content | None:
    if repository is None:
        return None
    try:
        with Objects(repository) as objects:
            data = objects.read(f"HEAD:{path}", at_most=most)
    except TooLarge:
        return None
    return None if data is None else Content(data)


def _absolute(path: Path) -> Path:
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _nearest_folder(file: Path) -> Path:
    return next(folder for folder in file.parents if folder.is_dir())
