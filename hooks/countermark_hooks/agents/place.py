"""Which repository a file lies in, told by its folders alone: an agent waits, and starting git would take longer than all the rest."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable

_WINDOWS = re.compile(r"/[A-Za-z]:/")  # as Cursor writes it: /c:/Users/…
_DEEPEST = 60
_LARGEST_LINK = 8192


class Place(tuple[str, str]):
    """A worktree and its git dir, both real paths."""

    __slots__ = ()

    @property
    def worktree(self) -> str:
        """The top of the worktree."""
        return self[0]

    @property
    def git_dir(self) -> str:
        """Its git dir; for a linked worktree not the one that all share."""
        return self[1]


def located(paths: Iterable[str], cwd: str) -> dict[Place, list[str]]:
    """Files by the worktree that they lie in, relative to it, links in their folders resolved. What lies in none is left out."""
    found: dict[Place, list[str]] = {}
    for path in paths:
        if "\0" in path:
            continue
        given = path[1:] if os.name == "nt" and _WINDOWS.match(path) else path
        whole = os.path.join(cwd, given) if cwd else given  # noqa: PTH118 - light
        if not os.path.isabs(whole):  # noqa: PTH117
            continue
        real = os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole))  # noqa: PTH118, PTH119, PTH120
        place = around(os.path.dirname(real))  # noqa: PTH120
        if place is not None:
            name = os.path.relpath(real, place.worktree).replace(os.sep, "/")
            found.setdefault(place, []).append(name)
    return found


def around(folder: str) -> Place | None:
    """The worktree around a folder, which need not exist yet."""
    here = os.path.realpath(folder)
    for _ in range(_DEEPEST):
        git = os.path.join(here, ".git")  # noqa: PTH118 - light
        if (git_dir := _git_dir(git, here)) is not None:
            return Place((here, git_dir))
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here or os.path.basename(here) == ".git":  # noqa: PTH119
            return None
        here = above
    return None


def _git_dir(git: str, here: str) -> str | None:
    try:
        mode = os.lstat(git).st_mode
        if stat.S_ISDIR(mode):
            return git if os.path.exists(os.path.join(git, "HEAD")) else None  # noqa: PTH110, PTH118
        if not stat.S_ISREG(mode):
            return None
        with open(git, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
            said = file.read(_LARGEST_LINK)
    except (OSError, ValueError):
        return None
    if not said.startswith("gitdir:"):
        return None
    named = os.path.join(here, said.removeprefix("gitdir:").strip())  # noqa: PTH118
    real = os.path.realpath(named)
    return real if os.path.exists(os.path.join(real, "HEAD")) else None  # noqa: PTH110, PTH118


def content(worktree: str, name: str, at_most: int) -> bytes | None:
    """What a file holds, one byte more than ``at_most`` where it holds more; None where there is no regular file of that name."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(os.path.join(worktree, name), flags)  # noqa: PTH118
    except (OSError, ValueError):
        return None
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        try:
            return file.read(at_most + 1)
        except OSError:
            return None
