"""Writing files so that a crash, a full disk or a second process leaves the old content or the new, never a mixture."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .display import escape
from .errors import PartFailed

_PATIENCE = 10.0  # seconds that a second process waits; everything under a lock is a matter of milliseconds
_SAID = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "it would be larger than a file may be here",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
}
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Replace a file's content, or create it and the folders above it.

    ``mode`` are its permissions; without it they stay, or are those that the umask leaves to a new file. A link is replaced and never
    written through: where it leads may be nobody's to choose. Raises PartFailed; the old file is then as it was.
    """
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(path) if mode is None else mode
        try:
            _write_through(temporary, data, mode)
            temporary.replace(path)
        except BaseException:  # Ctrl-C too leaves nothing behind
            with suppress(OSError):
                temporary.unlink()
            raise
        _settle(path.parent)
    except OSError as fault:
        raise PartFailed(f"{escape(str(path))} could not be written: {_reason(fault)}") from None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for, among the processes of this machine; the file is created, and never read.

    Raises PartFailed when another process holds it for ten seconds, or when there can be no lock.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=_PATIENCE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise PartFailed(
            f"another process of Countermark is at work (it holds {escape(str(path))}); try again"
        ) from None
    except OSError as fault:
        raise PartFailed(f"{escape(str(path))} could not be locked: {_reason(fault)}") from None
    try:
        yield
    finally:
        lock.release()


def _mode(path: Path) -> int | None:
    """The permissions of a regular file that is there."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return None
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    with os.fdopen(os.open(path, _NEW, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _settle(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can be asked to."""
    with suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(fault: OSError) -> str:
    return _SAID.get(fault.errno or 0) or (fault.strerror or type(fault).__name__).lower()
