"""What a range of commits changes, and what it changed on the way: a secret that a later commit removed was published all the same."""

from __future__ import annotations

from countermark.change import Change
from countermark.config.schema import Limits
from countermark.git.repository import Repository
from countermark.git.revisions import complete, ends

from .versions import between


def commits(repository: Repository, spec: str, limits: Limits) -> Change:
    """The net change of ``A..B`` (for ``A...B`` from where B left A), then every version that a later commit of it replaced.

    Raises UsageError for a range that does not exist, or not completely in a shallow clone.
    """
    base, tip = ends(repository, spec)
    revisions = (tip, f"^{base}")
    complete(repository, revisions)
    return between(repository, [(base, tip)], revisions, limits)
