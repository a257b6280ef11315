"""semgrep-core, started as soon as it is clear that it will be asked: to start takes it longer than most answers.

The last thing that it does before it reads its rules is to read the certificates that it trusts, which it needs for nothing here. It is
given a pipe for their file, and waits until one arrives: by then the rules and the texts lie where it will look. Where that pipe is
closed without a word, because we have ended or nothing is to be asked after all, it ends.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .scanning import Bounds
from .semgrep import CERTIFICATE, finish, kill, start


class Started(NamedTuple):
    """One that waits, for calls with these bounds, in a folder of its own; what is written to ``gate`` lets it go on."""

    place: tempfile.TemporaryDirectory[str]
    process: subprocess.Popen[bytes]
    gate: int
    bounds: Bounds

    @property
    def folder(self) -> Path:
        """Where it looks for rules and texts."""
        return Path(self.place.name).resolve()

    def answer(self, seconds: float) -> bytes:
        """What it says of what lies in its folder. Raises PartFailed, TooSlow."""
        try:
            with suppress(BrokenPipeError):
                os.write(self.gate, CERTIFICATE)
        finally:
            os.close(self.gate)
        return finish(self.process, seconds, line=True)


waiting: list[Started] = []  # one at most, between the start of an examination and its end


def begin(bounds: Bounds, command: Callable[[Path], list[str]]) -> None:
    """Start one that will be asked with these bounds. Raises PartFailed where it cannot be started, OSError without a folder."""
    if os.name != "posix":
        return
    place = tempfile.TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True)
    certificates, gate = os.pipe()
    try:
        folder = Path(place.name).resolve()
        process = start(command(folder), folder, certificates=certificates)
    except BaseException:
        os.close(gate)
        place.cleanup()
        raise
    finally:
        os.close(certificates)
    waiting.append(Started(place, process, gate, bounds))


def take(bounds: Bounds) -> Started | None:
    """The one that was started for such a call, if there is one; whoever takes it cleans its place up."""
    if not waiting or (waiting[-1].bounds.jobs, waiting[-1].bounds.rule_seconds) != (
        bounds.jobs,
        bounds.rule_seconds,
    ):
        return None
    return waiting.pop()


def discard() -> None:
    """End whichever was not asked."""
    while waiting:
        one = waiting.pop()
        os.close(one.gate)
        with one.process:
            kill(one.process)
        one.place.cleanup()
