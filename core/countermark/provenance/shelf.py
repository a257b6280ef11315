"""The notes that one run needs, each read once: those of certain commits, those that were written last, and others by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import define, field

from countermark.git.objects import Objects
from countermark.git.repository import Repository

from .notes import Note, read_notes, recent

_LATEST = 500  # notes that are looked at where a forge made a commit of others


@define(eq=False)
class Shelf:
    """The notes in ``ref``, which may be the commit that holds them. ``commits`` are those that a range or a push brings."""

    repository: Repository
    objects: Objects
    commits: tuple[str, ...]
    ref: str
    _others: dict[str, Note] = field(init=False, factory=dict[str, Note])

    @cached_property
    def own(self) -> Mapping[str, Note]:
        """The notes of the commits, as far as they have any."""
        return dict(read_notes(self.repository, self.commits, self.objects, self.ref))

    @cached_property
    def latest(self) -> Mapping[str, Note]:
        """Those of other commits that were written last: a commit that a forge made of several has none of its own."""
        others = [commit for commit in recent(self.repository, _LATEST, self.ref) if commit not in self._named]
        return dict(read_notes(self.repository, others, self.objects, self.ref))

    def of(self, commits: Iterable[str]) -> dict[str, Note]:
        """The notes of any commits; an empty one for a commit that has none."""
        wanted = list(commits)
        unread = [commit for commit in wanted if commit not in self._named and commit not in self._others]
        if unread:
            found = dict(read_notes(self.repository, unread, self.objects, self.ref))
            self._others |= {commit: found.get(commit, Note()) for commit in unread}
        return {
            commit: self.own.get(commit, Note()) if commit in self._named else self._others[commit] for commit in wanted
        }

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(self.commits)
