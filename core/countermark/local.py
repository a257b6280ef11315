"""The names by which the code of a repository may import its own: those of its folders and modules, near the top."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

_DEEPEST = 3  # folders: `services/api/src/shop`
_MOST_FOLDERS = 400
_MOST_NAMES = 20_000
_OTHERS = frozenset({"node_modules", "site-packages", "vendor", "third_party", "build", "dist", "__pycache__"})
_CODE = (".py", ".js", ".ts", ".jsx", ".tsx", ".mjs", ".cjs")


def local_names(worktree: Path) -> frozenset[str]:
    """The names of folders and modules in a worktree; what lies deeper, or in other people's folders, is left out."""
    found: set[str] = set()
    waiting = deque([(os.fspath(worktree), 0)])
    for _ in range(_MOST_FOLDERS):
        if not waiting or len(found) > _MOST_NAMES:
            break
        folder, depth = waiting.popleft()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    _take(entry, depth, found, waiting)
        except OSError:
            continue
    return frozenset(found)


def _take(entry: os.DirEntry[str], depth: int, found: set[str], waiting: deque[tuple[str, int]]) -> None:
    name = entry.name
    if name.endswith(_CODE):
        found.add(name.rpartition(".")[0])
    elif not name.startswith(".") and name not in _OTHERS and entry.is_dir(follow_symlinks=False):
        found.add(name)
        if depth < _DEEPEST:
            waiting.append((entry.path, depth + 1))
