"""The files of a folder, for those who asked to see more than what is open."""

from __future__ import annotations

import os
from pathlib import Path

from countermark.changes.listing import listed, walked
from countermark.git.repository import Repository

from .job import Listing
from .sites import Sites

_MOST = 5000


def files(request: Listing, sites: Sites) -> tuple[str, ...]:
    """Absolute paths, in order. Outside of a repository nothing differs from HEAD."""
    repository = sites.repository_of(request.folder)
    if repository is None:
        root = Path(request.folder)
        names = [] if request.changed else [name for name in walked(root, lambda _: False) if isinstance(name, str)]
    else:
        root = repository.root
        inside = Path(os.path.realpath(request.folder)).relative_to(os.path.realpath(root)).as_posix()
        names = _changed(repository, inside) if request.changed else _all(repository, inside)
    return tuple(str(root / name) for name in names[:_MOST])


def _all(repository: Repository, inside: str) -> list[str]:
    return [name for name in listed(repository, "" if inside == "." else inside) if isinstance(name, str)]


def _changed(repository: Repository, inside: str) -> list[str]:
    """What differs from HEAD, and what nobody has added yet."""
    said = repository.git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", inside)
    return sorted(os.fsdecode(line[3:]) for line in said.split(b"\0") if line)
