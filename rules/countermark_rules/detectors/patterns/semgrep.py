"""Semgrep's programs, and how they are started: without the user's settings, login, environment, network or version check."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer

from attrs import frozen

from countermark.errors import PartFailed

_MOST_OUTPUT = 200_000_000  # bytes; a match quotes what its metavariables stand for
# Less often collected, since it lives for one call or holds little.
_COLLECTOR = "s=4M,o=400"
_SYSTEM = ("SYSTEMROOT", "COMSPEC", "PATHEXT")  # without which nothing starts on Windows


class TooSlow(PartFailed):
    """The time was over; another way to ask would take longer still."""


@frozen
class Done:
    """What a program wrote, and its exit code."""

    output: bytes
    code: int


def core() -> Path:
    """The engine's program, found without importing Semgrep, which costs two seconds."""
    spec = find_spec("semgrep")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("semgrep-core", "semgrep-core.exe"):
            if (program := Path(folder, "bin", name)).is_file():
                return program
    raise PartFailed("semgrep is not installed as it should be: no semgrep-core; reinstall countermark")


def environment(folder: Path) -> dict[str, str]:
    """All that a program of Semgrep's gets to know: nothing of the caller's, since SEMGREP_* switches rules, login and metrics on."""
    kept = {key: os.environ[key] for key in _SYSTEM if key in os.environ}
    private = dict.fromkeys(
        ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder)
    )
    off = {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0"}
    said = {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "OCAMLRUNPARAM": _COLLECTOR}
    return {"PATH": os.defpath, **kept, **private, **off, **said}


def run(command: Sequence[str], folder: Path, seconds: float, *, program: Path | None = None) -> Done:
    """Run a program in a folder of ours; it and all that it started are gone afterwards. Raises PartFailed, TooSlow."""
    late = Event()

    def stop() -> None:
        late.set()
        kill(process)

    try:
        process = subprocess.Popen(
            list(command),
            executable=program,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # may quote the files
            start_new_session=True,
        )
    except OSError as fault:
        raise PartFailed(f"cannot be started: {fault.strerror}") from None
    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        with process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            output = process.stdout.read(_MOST_OUTPUT + 1)
            if len(output) > _MOST_OUTPUT:
                raise PartFailed("has more to say than can be read")
            code = process.wait()
    finally:
        timer.cancel()
        kill(process)
    if late.is_set():
        raise TooSlow(f"took longer than {seconds:g} s")
    return Done(output, code)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group, which is its own."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def version_fault() -> str:
    """What is wrong with the installed version, if that may be why nothing answers; empty where it is as it should be."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("semgrep")
    except PackageNotFoundError:
        return "semgrep is not installed; reinstall countermark"
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    return "" if (1, 172) <= numbers < (2,) else f"semgrep {found} is installed, and 1.172 or newer, below 2, is needed"
