"""The worktree, remembering what was asked of it: whatever the settings, or the code owners, are read from."""

from __future__ import annotations

from pathlib import Path

from countermark.git.snapshots import WorktreeSnapshot

from .stamps import Stamp, stamp


class Recorder:
    """A snapshot of the worktree; ``asked`` are the files and folders that were read, as they were then."""

    def __init__(self, root: Path) -> None:
        self._snapshot = WorktreeSnapshot(root)
        self._root = root
        self.asked: dict[Path, Stamp] = {}

    def read(self, path: str) -> bytes | None:
        """The file's bytes, as countermark.snapshot says."""
        self.asked[self._root / path] = stamp(self._root / path)
        return self._snapshot.read(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder, as countermark.snapshot says."""
        self.asked[self._root / folder] = stamp(self._root / folder)
        return self._snapshot.names(folder)
