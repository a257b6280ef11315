"""What the settings ask of a file's lines: whether somebody has to answer for them, and who that may be."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import attrs
from attrs import define

from countermark.changes.ignore import matcher
from countermark.config.schema import Gate, Need, Reviewing, ReviewPath, Settings
from countermark.git.repository import Repository
from countermark.provenance.model import State
from countermark.provenance.where import FOLDER, GIT_AI, NAME

if TYPE_CHECKING:
    from .owners import Group, Owners

_OF_STATE = {State.AI: "ai", State.SUSPECTED: "suspected", State.UNTRACKED: "untracked"}


@define
class Policy:
    """One `[review]`, and the code owners that it may speak of. Patterns are compiled once."""

    settings: Reviewing
    owners: Owners | None = None

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that tell one version of the settings from another."""
        told = json.dumps(attrs.asdict(self.settings), sort_keys=True, default=str)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def asks_for_all(self) -> bool:
        """Whether lines of which nothing is known may need anything, so that files nobody reported on have to be looked at."""
        return max([self.settings.untracked, *(entry.untracked for entry in self.settings.paths)]) > Need.NOTHING

    def need(self, path: str, state: State) -> Need:
        """What lines of a file need; a person's own need nothing."""
        if (name := _OF_STATE.get(state)) is None:
            return Need.NOTHING
        said = [self.settings, *(entry for entry, names in self._paths if names(path))]
        return Need(max(getattr(one, name) for one in said))

    def by(self, path: str) -> frozenset[str]:
        """Who has to review a file: all that is asked together."""
        return frozenset([*self.settings.by, *(one for entry, names in self._paths if names(path) for one in entry.by)])

    def groups(self, path: str) -> tuple[Group, ...]:
        """The groups of code owners who have to review a file."""
        return self.owners.groups(path) if self.owners is not None else ()

    def names(self, mail: str) -> frozenset[str]:
        """All that CODEOWNERS may call the person with an address."""
        mail = mail.lower()
        known = [person.owns for person in self.settings.people if person.mail.lower() == mail]
        return frozenset([mail, *(name.lower() for names in known for name in names)])

    @cached_property
    def _paths(self) -> tuple[tuple[ReviewPath, Callable[[str], bool]], ...]:
        return tuple((entry, matcher(entry.match)) for entry in self.settings.paths)


def concerned(repository: Repository, settings: Settings) -> bool:
    """Whether it matters who wrote the lines of a change that is not committed yet.

    It does where somebody reported one, or all lines need an answer; and only where there is a gate, or a stricter verdict.
    """
    gated = settings.review.gate is not Gate.OFF
    if not gated and not settings.policy.ai.raise_:
        return False
    evidence = (repository.common_dir / FOLDER / NAME, repository.common_dir / GIT_AI)
    return (gated and Policy(settings.review).asks_for_all) or any(path.exists() for path in evidence)
