from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from tests.support import Repository

SERVER = [sys.executable, "-I", "-m", "countermark_hooks.resident.server"]
_PATIENCE = 60.0  # seconds to get ready in, on a busy machine


@frozen
class Resident:
    """A repository with our hooks, and a resident process that serves it."""

    repository: Repository
    process: subprocess.Popen[bytes]
    folder: Path

    def hook(self, *arguments: str, alone: bool = False, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a hook; ``alone`` as a process that does its work itself."""
        command = [sys.executable, "-I", "-m", "countermark_hooks", *arguments]
        return self._run(command, {**env, "COUNTERMARK_RESIDENT": "0" if alone else "1"})

    def ask(self, *arguments: str, **env: str) -> str:
        """What the resident process answers: an exit code, or `None`."""
        code = "import sys; from countermark_hooks.resident.client import ask; print(ask(sys.argv[1:]))"
        return self._run([sys.executable, "-I", "-c", code, *arguments], env).stdout.strip()

    def _run(self, command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        environ = {**self.repository.env, **env}
        return subprocess.run(
            command,
            cwd=self.repository.path,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def wait_for_socket(folder: Path) -> Path:
    """The socket in a folder, as soon as it is there."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for path in folder.glob("countermark/hooks-*"):
            if path.is_socket():
                return path
        time.sleep(0.02)
    raise AssertionError("no resident process has come")


@pytest.fixture
def runtime(hooked: Repository) -> Iterator[Path]:
    """A run-time folder of the test's own, whose name is short enough for a socket; hooks may have a resident process."""
    folder = Path(tempfile.mkdtemp(prefix="cm-"))
    hooked.env |= {"XDG_RUNTIME_DIR": str(folder), "COUNTERMARK_RESIDENT": "1"}
    yield folder
    for lock in folder.glob("countermark/*.lock"):
        _end_whoever_holds(lock)
    shutil.rmtree(folder)


def _end_whoever_holds(lock: Path) -> None:
    """End the process that has a file open, if there is one."""
    for opened in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found = opened.readlink() == lock
        except OSError:
            continue
        if found:
            subprocess.run(["kill", opened.parts[2]], check=False)


@pytest.fixture
def resident(hooked: Repository, runtime: Path) -> Iterator[Resident]:
    """A resident process that has just got ready."""
    with subprocess.Popen(SERVER, env=hooked.env, cwd="/", start_new_session=True) as process:
        wait_for_socket(runtime)
        yield Resident(hooked, process, runtime)
        process.send_signal(signal.SIGCONT)
        process.kill()
