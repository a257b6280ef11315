"""Whether there shall be a resident process, and starting one that the next hook will find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from countermark.errors import CountermarkError
from countermark.git import process

from . import place

GIT_KEY = "countermark.resident"

# What it works with: all else comes with each hook. It is not to hold a token for an hour that somebody gave to one command.
_KEPT = (*place.READ_AT_START, "HOME", "PATH", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", place.VARIABLE)


def keep(environ: Mapping[str, str]) -> None:
    """Start one, unless the person or the system does not want any. Whatever goes wrong, the hook has done its work."""
    if not place.allowed() or place.socket_path() is None:
        return
    with suppress(OSError, CountermarkError):
        if declined(environ):
            return
        subprocess.Popen(
            [sys.executable, "-I", "-m", "countermark_hooks.resident.server"],
            cwd="/",
            env={name: environ[name] for name in _KEPT if name in environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C, and the end of the terminal, are not for it
        )


def declined(environ: Mapping[str, str]) -> bool:
    """Whether git's configuration says no: `git config --global countermark.resident false`. Raises PartFailed without git."""
    done = process.run(("config", "--type=bool", "--get", GIT_KEY), cwd=Path.cwd(), environ=environ)
    return done.stdout.strip() == b"false"
