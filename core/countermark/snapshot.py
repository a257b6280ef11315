"""Where a version of the repository's own settings is read from: what is committed is judged by what is committed with it."""

from __future__ import annotations

from typing import Protocol


class Snapshot(Protocol):
    """The worktree, the index or a commit, as far as reading single files goes."""

    def read(self, path: str) -> bytes | None:
        """The file's bytes, or None where it does not exist or is no regular file. Raises PartFailed for any other fault."""
        ...

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of what lies in a folder itself (it ends with ``/``), folders too; none where there is no such folder."""
        ...


class FirstOf:
    """Two snapshots; the first counts where both have a file."""

    def __init__(self, first: Snapshot, second: Snapshot) -> None:
        self._both = (first, second)

    def read(self, path: str) -> bytes | None:
        """See Snapshot."""
        first, second = self._both
        data = first.read(path)
        return second.read(path) if data is None else data

    def names(self, folder: str) -> tuple[str, ...]:
        """See Snapshot."""
        return tuple(dict.fromkeys(name for one in self._both for name in one.names(folder)))
