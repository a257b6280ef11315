"""The user's cache: things that take seconds to make and can be made again.

Nothing in it is trusted blindly. The folder must be the user's own and closed to everybody else's pen, each file carries a digest, and
what does not fit is made anew. Where there is no such folder, nothing is cached.
"""

from __future__ import annotations

import os
import stat
import sys
from hashlib import blake2b
from pathlib import Path

_LARGEST = 64_000_000  # bytes; a database is some 3 MB
_DIGEST_BYTES = 32
_KEPT = 6  # files; older ones are of versions that nobody runs any more


def folder() -> Path | None:
    """The folder for cached files, made if need be; None where there is none that can be trusted."""
    base = _base()
    if base is None:
        return None
    path = base / "countermark"
    try:
        base.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        return path if _is_private(path) else None
    except OSError:
        return None


def read(name: str) -> bytes | None:
    """What was stored under a name; None where nothing was, or where it is not what was stored."""
    path = folder()
    if path is None:
        return None
    try:
        descriptor = os.open(path / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if os.fstat(descriptor).st_size > _LARGEST or not _is_mine(os.fstat(descriptor)):
                return None
            digest, data = file.read(_DIGEST_BYTES), file.read()
    except OSError:
        return None
    return data if _digest(name, data) == digest else None


def write(name: str, data: bytes) -> None:
    """Store under a name, whole or not at all; when two do so at once, one of them wins. A full or read-only disk is no error."""
    path = folder()
    if path is None:
        return
    import tempfile  # costs what a hook that finds its cache need not pay

    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=path)
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_digest(name, data) + data)
        Path(temporary).replace(path / name)
        _forget(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _base() -> Path | None:
    """Where a user's caches lie on this system, as platformdirs has it, whose import would cost more than all the rest."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else None
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.expanduser raises where no home is known
    if not Path(home).is_absolute():
        return None
    return Path(home, "Library", "Caches") if sys.platform == "darwin" else Path(home, ".cache")


def _is_private(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISDIR(status.st_mode) and _is_mine(status)


def _is_mine(status: os.stat_result) -> bool:
    """Whether nobody but the user (and root) could have written it."""
    if sys.platform == "win32":
        return True  # the profile folder's access list says so
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _digest(name: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST_BYTES, person=blake2b(name.encode(), digest_size=16).digest()).digest()


def _forget(path: Path) -> None:
    """Remove what is oldest."""
    files = sorted(
        (file for file in path.iterdir() if file.name.startswith("secrets-")), key=lambda file: -file.stat().st_mtime
    )
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)
