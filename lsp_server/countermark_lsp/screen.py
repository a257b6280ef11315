"""For how long each hunk could be seen: since it was shown, while its document is open, and in sight as far as the client tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from attrs import define, field

from .job import Mark


@define
class Screen:
    """When each hunk of every open document was seen. Clients that never say what is visible show all that they have open.

    ``clock`` gives seconds, and is set by nobody.
    """

    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, dict[str, float]] = field(factory=dict)  # seconds, until the document was last put out of sight
    _since: dict[str, dict[str, float]] = field(factory=dict)  # of those that are in sight
    _visible: frozenset[str] | None = None

    def shown(self, uri: str, marks: Iterable[Mark]) -> None:
        """These are the marks of a document now; a hunk that is not among them is another text, and begins anew."""
        ids, now = [mark.id for mark in marks], self.clock()
        seen, since = self._seen.get(uri, {}), self._since.get(uri, {})
        self._seen[uri] = {hunk: seen.get(hunk, 0.0) for hunk in ids}
        self._since[uri] = {hunk: since.get(hunk, now) for hunk in ids} if self._in_sight(uri) else {}

    def visible(self, uris: Iterable[str]) -> None:
        """These documents are in sight, and no others."""
        now, self._visible = self.clock(), frozenset(uris)
        for uri, seen in self._seen.items():
            if not self._in_sight(uri):
                self._seen[uri] = {hunk: self.seconds(uri, hunk) for hunk in seen}
                self._since[uri] = {}
            else:
                self._since[uri] = {hunk: self._since[uri].get(hunk, now) for hunk in seen}

    def seconds(self, uri: str, hunk: str) -> float:
        """For how long a hunk could be seen; 0 for one that was never shown."""
        now = self.clock()
        return self._seen.get(uri, {}).get(hunk, 0.0) + now - self._since.get(uri, {}).get(hunk, now)

    def forget(self, uri: str) -> None:
        """The document was closed."""
        self._seen.pop(uri, None)
        self._since.pop(uri, None)

    def _in_sight(self, uri: str) -> bool:
        return self._visible is None or uri in self._visible
