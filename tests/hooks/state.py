"""What git would run in a repository, byte for byte: for comparing before with after."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from countermark.git.repository import Repository as Found
from countermark.git.repository import discover
from tests.support import Repository

Seen = dict[str, tuple[int, bytes]]


def seen(folder: Path) -> Seen:
    """Every file and link under a folder, with its mode; links are not followed."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes(),
        )
        for path in paths
    }


def hooks_and_settings(repository: Repository) -> Seen:
    """What decides which hooks git runs, and anything of ours in the git folder."""
    everything = seen(repository.path / ".git")
    ours = {name: data for name, data in everything.items() if name.startswith(("hooks/", "config", "countermark"))}
    ours.pop("countermark-install.lock", None)  # an installation leaves it, uninstall does not
    return ours


def found(repository: Repository, path: Path | None = None) -> Found:
    """The repository as our code sees it."""
    at = discover(path or repository.path, repository.env)
    assert at is not None
    return at


def write_script(path: Path, text: str, *, mode: int = 0o755) -> Path:
    """An executable file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def is_executable(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IXUSR)


def run_hook(
    repository: Repository, *arguments: str | bytes, cwd: Path | None = None, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Start a hook as its script does."""
    done = subprocess.run(
        [sys.executable, "-I", "-m", "countermark_hooks", *arguments], cwd=cwd or repository.path, input=stdin,
        env={**repository.env, **environ}, capture_output=True, check=False,
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
