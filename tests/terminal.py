"""A real pseudo-terminal that a command has for its own, and somebody who types at it."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

COUNTERMARK = (sys.executable, "-I", "-m", "countermark_cli")
_SECONDS = 90.0  # until a text is taken for missing; the machine may be busy
_ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[()][A-Z0-9]|\r")


@frozen
class Typed:
    """What the terminal showed, and the command's exit code."""

    shown: str
    code: int


def type_at(command: Sequence[str], script: Sequence[tuple[str, str]], *, cwd: Path, env: Mapping[str, str]) -> Typed:
    """Run a command in a terminal of its own; for each pair wait until a text is shown, then type the other."""
    pid, descriptor = pty.fork()
    if pid == 0:
        try:
            os.chdir(cwd)
            os.execvpe(command[0], list(command), {"TERM": "xterm-256color", "COLUMNS": "100", **env})  # noqa: S606 - no shell
        finally:
            os._exit(127)
    seen = b""
    try:
        for awaited, typed in script:
            seen += _until(descriptor, awaited.encode())
            os.write(descriptor, typed.encode())
        seen += _until(descriptor, None)
    finally:
        os.close(descriptor)
    return Typed(_plain(seen).decode("utf-8", "replace"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _until(descriptor: int, awaited: bytes | None) -> bytes:
    seen, end = b"", time.monotonic() + _SECONDS
    while time.monotonic() < end:
        if awaited is not None and awaited in _plain(seen):
            return seen
        if not select.select([descriptor], [], [], 0.1)[0]:
            continue
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # Linux says so when the other side is closed
            chunk = b""
        if not chunk:
            if awaited is None:
                return seen
            break
        seen += chunk
    raise AssertionError(f"{awaited!r} was not shown: {_plain(seen)[-2000:].decode('utf-8', 'replace')}")


def _plain(shown: bytes) -> bytes:
    return _ESCAPES.sub(b"", shown)
