"""A test's repository as the code sees it."""

from __future__ import annotations

from pathlib import Path

from countermark.git.repository import Repository as Opened
from countermark.git.repository import discover
from tests.support import Repository


def opened(repository: Repository, folder: Path | None = None, /, **environ: str) -> Opened:
    """The repository, seen from a folder of it and with more in the environment."""
    found = discover(folder or repository.path, {**repository.env, **environ})
    assert found is not None
    return found
