"""Read regular files beneath a folder, following no link below it and blocking on nothing that lies about."""

from __future__ import annotations

import os
import stat
from io import FileIO
from pathlib import Path

from countermark.errors import CountermarkError, PartFailed

from .objects import TooLarge

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for a writer
)
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder or a submodule, to be checked on its own",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_GONE = "it is no longer there"


class NotRegular(CountermarkError):  # noqa: N818 - it names what it is
    """Something that is no regular file of the tree; the message says what instead."""


class Worktree:
    """The regular files beneath ``root``. Names are relative, with ``/``; undecodable bytes are lone surrogates."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)
        self._linked: dict[bytes, bool] = {b"": False}

    def read(self, name: str, *, at_most: int) -> bytes:
        """A file's bytes. Raises NotRegular, TooLarge, and PartFailed for one that may not be read."""
        path = name.encode("utf-8", "surrogateescape")
        if self._behind_link(os.path.dirname(path)):  # noqa: PTH120 - bytes
            raise NotRegular("reached through a symbolic link")
        try:
            return self._read(os.path.join(self._root, path), at_most)  # noqa: PTH118 - bytes
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotRegular(_GONE) from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise PartFailed(
                f"cannot be read: {getattr(error, 'strerror', None) or 'no file can have this name'}"
            ) from error

    def _read(self, path: bytes, at_most: int) -> bytes:
        _check(os.lstat(path), at_most)  # before it is opened, which alone makes some devices act
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            _check(status, at_most)
            return _all_of(file, status.st_size, at_most)

    def _behind_link(self, folder: bytes) -> bool:
        known = self._linked.get(folder)
        if known is None:
            path = os.path.join(self._root, folder)  # noqa: PTH118 - bytes
            known = self._behind_link(os.path.dirname(folder)) or os.path.islink(path)  # noqa: PTH114, PTH120 - bytes
            self._linked[folder] = known
        return known


def _check(status: os.stat_result, at_most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegular(_KINDS.get(stat.S_IFMT(status.st_mode), "no regular file"))
    if status.st_size > at_most:
        raise TooLarge(f"larger than {at_most} bytes")


def _all_of(file: FileIO, size: int, at_most: int) -> bytes:
    """The whole file; it may have grown since it was measured."""
    data = file.read(size + 1) or b""
    while size < len(data) <= at_most and (more := file.read(at_most + 1 - len(data))):
        data += more
    if len(data) > at_most:
        raise TooLarge(f"larger than {at_most} bytes")
    return data
