"""Who may have hooks run for it: a process of the same user that is exactly as free as the one that would do the work.

An agent in a sandbox can reach the socket where it can reach the user's files. The work would be done outside of its sandbox, with an
environment and a repository of its choice; so whoever is confined in any way that shows does its work itself.
"""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

_CREDENTIALS = struct.Struct("3i")  # struct ucred: process, user, group; see unix(7)
# See proc_pid_status(5). A process that confines itself with Landlock or seccomp has to give up new privileges, and so shows.
_FREEDOM = (
    "Uid",
    "Gid",
    "Groups",
    "CapInh",
    "CapPrm",
    "CapEff",
    "CapBnd",
    "CapAmb",
    "NoNewPrivs",
    "Seccomp",
    "Seccomp_filters",
)
_PLACES = ("ns/mnt", "ns/net", "ns/pid", "ns/user", "root")


def may_ask(connection: socket.socket) -> bool:
    """Whether the process at the other end is as free as this one."""
    said = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, user, _ = _CREDENTIALS.unpack(said)
    try:
        return user == os.geteuid() and freedom(process) == freedom(os.getpid())
    except OSError:  # it has ended, or may not be looked at
        return False


def freedom(process: int) -> tuple[str, ...]:
    """What a process may do and where it lives, as the system tells it. Raises OSError."""
    base = Path("/proc", str(process))
    lines = (base / "status").read_text("utf-8", "replace").splitlines()
    status = [line for line in lines if line.partition(":")[0] in _FREEDOM]
    return (*status, *(str((base / place).readlink()) for place in _PLACES), _label(base))


def _label(base: Path) -> str:
    """The name of what AppArmor or SELinux hold it to; none where neither is there."""
    try:
        return (base / "attr" / "current").read_text("utf-8", "replace")
    except OSError:
        return ""
