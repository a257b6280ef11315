"""Where the resident process listens: a socket of the user's own, one for each installation and language of the system.

The client imports this before anything else, so it imports nothing itself that Python has not loaded anyway.
"""

from __future__ import annotations

import binascii
import os
import stat
import sys

VARIABLE = "COUNTERMARK_RESIDENT"

# What the interpreter and its libraries read when they start; a resident process serves those that started as it did.
READ_AT_START = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "OPENSSL_CONF",
    "TZ",
    "TZDIR",
)

_OFF = ("", "0", "false", "no", "off")
_LONGEST = 100  # bytes that the name of a socket may have, and a few to spare


def allowed() -> bool:
    """Whether this system can have one, and the environment lets it: a CI job ends before it would be of use."""
    if sys.platform != "linux":  # only there a process can tell whether who asks is as free as itself
        return False
    said = os.environ.get(VARIABLE)
    return not os.environ.get("CI") if said is None else said.lower() not in _OFF


def identity() -> bytes:
    """What a process that asks and one that answers have to have in common."""
    said = (sys.executable, sys.version, __file__, *(os.environ.get(name, "") for name in READ_AT_START))
    return os.fsencode("\n".join(said))


def folder() -> str:
    """The folder of the socket: in the user's run-time folder, or else beside the temporary files under the user's number."""
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{base}/countermark" if base.startswith("/") else f"/tmp/countermark-{os.geteuid()}"  # noqa: S108 - is_private is asked


def is_private(path: str) -> bool:
    """Whether a folder is there, and nobody but the user can reach into it."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def socket_path() -> str | None:
    """The socket's path; None where that would be longer than the system allows."""
    path = f"{folder()}/hooks-{binascii.crc32(identity()):08x}"
    return path if len(os.fsencode(path)) <= _LONGEST else None
