"""What a server is about to take, as git tells it to a pre-receive hook."""

from __future__ import annotations

import re
from typing import IO

from attrs import frozen

from countermark.display import escape
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.provenance.where import NOTES

_LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S+)")
_MOST_INPUT = 64_000_000  # bytes of lines from git; a million refs
_BRANCHES = "refs/heads/"


@frozen
class Pushed:
    """Commits to verify: the revisions that name them, the commit that they build on, and words for a person.

    ``notes`` is the commit of the notes that come along, if any do.
    """

    revisions: tuple[str, ...]
    base: str | None
    notes: str | None
    shown: str


def pushed(repository: Repository, lines: IO[bytes]) -> list[Pushed]:
    """The new commits of each branch that is pushed. Notes that come in the same push count already.

    What any ref of the server has is not new. Raises UsageError for lines that are none of git's.
    """
    updates = [_update(line) for line in lines.read(_MOST_INPUT).decode("utf-8", "replace").splitlines() if line]
    notes = next((new for _, new, ref in updates if ref == NOTES and new.strip("0")), None)
    branches = [(old, new) for old, new, ref in updates if ref.startswith(_BRANCHES) and new.strip("0")]
    return [_new(repository, old, new, notes) for old, new in branches]


def _new(repository: Repository, old: str, new: str, notes: str | None) -> Pushed:
    base = old if old.strip("0") else _default(repository)
    return Pushed((new, "--not", "--all"), base, notes, f"{base[:12]}..{new[:12]}" if base else new[:12])


def _default(repository: Repository) -> str | None:
    """The commit of the server's own branch, whose settings a new branch cannot loosen; None in an empty repository."""
    from countermark.git.revisions import resolve

    try:
        return resolve(repository, "HEAD")
    except UsageError:
        return None


def _update(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise UsageError(f"not a line that git writes for a pre-receive hook: {escape(line)[:200]}")
    return found[1], found[2], found[3]
