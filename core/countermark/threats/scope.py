"""Which change a session is about, in words and in commits, and who takes part."""

from __future__ import annotations

from attrs import frozen

from countermark.errors import PartFailed
from countermark.git.repository import Repository


@frozen
class Scope:
    """Which change: ``staged``, ``range`` with its two ends, or ``paths``. ``base`` and ``head`` are commits where there are any."""

    kind: str
    spec: str = ""
    base: str = ""
    head: str = ""

    @property
    def title(self) -> str:
        """The scope in a few words."""
        return {"staged": "the staged change", "range": f"the range {self.spec}"}.get(
            self.kind, self.spec or "these files"
        )


def staged(repository: Repository) -> Scope:
    """The staged change, on top of the present commit if there is one."""
    return Scope("staged", base=_commit(repository, "HEAD"))


def commits(repository: Repository, spec: str) -> Scope:
    """A range ``A..B`` or ``A...B``; a missing end means HEAD, as git has it."""
    base, _, head = spec.replace("...", "..").partition("..")
    return Scope("range", spec, base=_commit(repository, base or "HEAD"), head=_commit(repository, head or "HEAD"))


def author(repository: Repository | None) -> str:
    """Who answers, as git would name the author of a commit made now; ``unknown`` where git does not know."""
    if repository is None:
        return "unknown"
    try:
        identity = repository.git("var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace")
    except PartFailed:
        return "unknown"
    return identity.rpartition(">")[0] + ">"


def _commit(repository: Repository, name: str) -> str:
    try:
        return (
            repository.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
            .decode()
            .strip()
        )
    except PartFailed:
        return ""  # no commit yet; a range that does not exist is refused where the change is made
