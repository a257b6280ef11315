"""Which files a folder holds: as git lists them in a repository, else as they lie there. Links are never followed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from countermark.change import Skipped, Unreadable
from countermark.git.repository import Repository

Listed = str | Skipped | Unreadable  # a name to read, relative and with "/", or what is to be said instead
_LIST = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--")
_NOT_CHECKED_OUT = b"S"


def listed(repository: Repository, folder: str) -> list[Listed]:
    """The files of a folder of the worktree ("" for all of it) that git tracks or does not ignore; names are the worktree's."""
    lines = repository.git(*_LIST, _encode(folder) or b".").split(b"\0")[:-1]
    root = os.fsencode(repository.root)
    absent = {line for line in lines if line[:1] == _NOT_CHECKED_OUT and not os.path.lexists(_join(root, line[2:]))}
    names = sorted(
        {_decode(line[2:]) for line in lines if line not in absent}
    )  # one with conflicts is listed several times
    found: list[Listed] = [
        Skipped(name[:-1], "a repository of its own") if name.endswith("/") else name for name in names
    ]
    if absent:
        found.append(Skipped(folder or ".", f"{len(absent)} files are outside the sparse checkout"))
    return found


def walked(root: Path, prune: Callable[[str], bool]) -> Iterator[Listed]:
    """The files beneath a folder, those of one folder together, without git's own and without folders that ``prune`` names."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            files, folders = _children(_join(os.fsencode(root), _encode(folder)))
        except OSError as error:
            yield Unreadable(folder or ".", f"cannot be read: {error.strerror}")
            continue
        here = f"{folder}/" if folder else ""
        yield from (here + name for name in files)
        inner = [here + name for name in folders]
        yield from (Skipped(name, "excluded by the settings") for name in inner if prune(name))
        waiting += [name for name in reversed(inner) if not prune(name)]


def _children(folder: bytes) -> tuple[list[str], list[str]]:
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != b".git":
                (folders if entry.is_dir(follow_symlinks=False) else files).append(_decode(entry.name))
    return sorted(files), sorted(folders)


def _join(folder: bytes, name: bytes) -> bytes:
    return os.path.join(folder, name)  # noqa: PTH118 - bytes


def _encode(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _decode(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
