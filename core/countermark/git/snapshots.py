"""One version of the repository's files, for reading its settings: the worktree's, the index's, or a commit's."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from countermark.errors import PartFailed

from .objects import Objects, TooLarge
from .repository import Repository
from .revisions import resolve
from .worktree import NotRegular, Worktree

_MOST = 64_000_000  # bytes of a settings file or a baseline
_LONGEST_LINK = 4096


class WorktreeSnapshot:
    """The files beneath a folder, as they are now."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        """See Snapshot."""
        if not (name := _inside(path)):
            return None
        try:
            return Worktree(self._root).read(name, at_most=_MOST)
        except NotRegular:
            return None
        except (TooLarge, PartFailed) as error:
            raise PartFailed(f"{name}: {error}") from error

    def names(self, folder: str) -> tuple[str, ...]:
        """See Snapshot."""
        try:
            return tuple(entry.name for entry in (self._root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as fault:
            raise PartFailed(f"{folder}: {fault.strerror}") from fault


class IndexSnapshot:
    """What is staged. ``objects`` spares the start of a process for each file."""

    def __init__(self, repository: Repository, objects: Objects | None = None) -> None:
        self._repository, self._objects = repository, objects

    def read(self, path: str) -> bytes | None:
        """See Snapshot."""
        if not (name := _inside(path)):
            return None
        data = _blob(self._repository, self._objects, f":0:{name}", name)
        if data is not None and _may_be_link(data):
            return _unless_link(data, self._repository.git("ls-files", "--stage", "-z", "--", name))
        return data

    def names(self, folder: str) -> tuple[str, ...]:
        """See Snapshot."""
        return _beneath(folder, self._repository.git("ls-files", "-z", "--full-name", "--", f":(top,literal){folder}"))


class CommitSnapshot:
    """What a commit holds. Raises UsageError for a revision that does not exist."""

    def __init__(self, repository: Repository, rev: str, objects: Objects | None = None) -> None:
        self._repository, self._objects = repository, objects
        self._commit = resolve(repository, rev)

    def read(self, path: str) -> bytes | None:
        """See Snapshot."""
        if not (name := _inside(path)):
            return None
        data = _blob(self._repository, self._objects, f"{self._commit}:{name}", name)
        if data is not None and _may_be_link(data):
            return _unless_link(data, self._repository.git("ls-tree", "-z", "--full-tree", self._commit, "--", name))
        return data

    def names(self, folder: str) -> tuple[str, ...]:
        """See Snapshot."""
        listed = self._repository.git("ls-tree", "-z", "--name-only", "--full-tree", self._commit, "--", folder)
        return _beneath(folder, listed)


def _inside(path: str) -> str | None:
    """The plain form of a name that stays inside the tree; git gives some others a meaning of their own."""
    name = posixpath.normpath(path)
    outside = name.startswith("/") or name.split("/")[0] in {"..", "."} or "\n" in name or "\0" in name
    return None if outside else name


def _blob(repository: Repository, objects: Objects | None, spec: str, name: str) -> bytes | None:
    try:
        if objects is not None:
            return objects.read(spec, at_most=_MOST)
        with Objects(repository) as own:
            return own.read(spec, at_most=_MOST)
    except (TooLarge, PartFailed) as error:
        raise PartFailed(f"{name}: {error}") from error


def _may_be_link(data: bytes) -> bool:
    """Whether a blob could be a symbolic link's target, for its mode costs a process; settings without any line end are rare."""
    return 0 < len(data) <= _LONGEST_LINK and b"\n" not in data


def _unless_link(data: bytes, listed: bytes) -> bytes | None:
    return None if listed.startswith(b"12") else data


def _beneath(folder: str, listed: bytes) -> tuple[str, ...]:
    """The names in a folder, from whole paths."""
    inner = (os.fsdecode(path).removeprefix(folder).partition("/")[0] for path in listed.split(b"\0") if path)
    return tuple(dict.fromkeys(inner))
