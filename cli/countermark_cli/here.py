"""The repository that a command was started in."""

from __future__ import annotations

import os
from pathlib import Path

from countermark.errors import UsageError
from countermark.git.repository import Repository, discover


def repository_here() -> Repository:
    """The repository around the current folder. Raises UsageError where there is none."""
    repository = discover(Path.cwd(), os.environ)
    if repository is None:
        raise UsageError(f"{Path.cwd()} lies in no git repository; `git init` makes one")
    return repository
