"""What an agent or an editor reports: an event, as it arrives and as the journal gives it back."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

from .model import Author

Kind = Literal["before", "after"]

MOST_BYTES = 2_000_000  # of one text; a larger one is noted as unknown


def valid_path(path: str) -> bool:
    """Whether a name stays inside the worktree and out of git's own folder: relative, plain, with ``/``."""
    parts = path.split("/")
    return (
        0 < len(path) <= 4096  # noqa: PLR2004 - the longest that Linux takes
        and "\0" not in path
        and "\\" not in (path if os.name == "nt" else "")
        and not any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts)
    )


class Event(NamedTuple):
    """One report. ``before`` says that the author is about to act, ``after`` that it has; ``key`` joins the two.

    ``paths`` are relative to the worktree. ``head`` is the commit at HEAD where nobody knows which files the author will touch: then
    ``paths`` are all that differed from it (see ``Journal.dirty_paths``). ``prompt`` is what the agent was asked. ``at`` is in seconds
    since 1970, 0 for now.
    """

    kind: Kind
    key: str
    author: Author
    paths: tuple[str, ...]
    prompt: str = ""
    at: float = 0.0
    head: str = ""


class Entry(NamedTuple):
    """One file of one event, in the order of arrival; ``sha`` names its text, None where the file was not there.

    ``older``: git had this very text before the author began, so it was git that put it there.
    """

    event: int
    kind: Kind
    key: str
    author: Author
    worktree: bytes
    head: str
    at: float
    path: str
    sha: bytes | None
    older: bool
