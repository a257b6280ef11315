"""Whether a file is still the one that was read: cheap enough to ask for each key, so that no process has to be."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from countermark.git.repository import Repository

Stamp = tuple[int, int, int] | None
_LONGEST_HEAD = 4096


def stamp(path: Path) -> Stamp:
    """Something that differs once the file does; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - hot path
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def stamps(paths: Iterable[Path]) -> tuple[Stamp, ...]:
    """The stamps of several files."""
    return tuple(stamp(path) for path in paths)


def head_stamp(repository: Repository) -> tuple[object, ...]:
    """Something that differs once HEAD names another commit, however references are stored."""
    try:
        with open(repository.git_dir / "HEAD", "rb") as file:  # noqa: PTH123 - hot path
            head = file.read(_LONGEST_HEAD)
    except OSError:
        head = b""
    name = os.fsdecode(head.removeprefix(b"ref:").strip())
    places = [repository.common_dir / "packed-refs", repository.common_dir / "reftable" / "tables.list"]
    if head.startswith(b"ref:"):
        places += [repository.common_dir / name, repository.git_dir / name]
    return head, *stamps(places)
