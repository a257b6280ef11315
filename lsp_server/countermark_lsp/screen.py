"""For how long each hunk could be seen: since it was shown, while its document is open, and in sight as far as the client tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from attrs import define, field

from countermark.review.session import Stopwatch

from .job import Mark


@define
class Screen:
    """The watches of every hunk of every open document. Clients that never say what is visible show all that they have open."""

    clock: Callable[[], float] = time.monotonic
    _watches: dict[str, dict[str, Stopwatch]] = field(factory=dict)
    _visible: frozenset[str] | None = None

    def shown(self, uri: str, marks: Iterable[Mark]) -> None:
        """These are the marks of a document now; a hunk that is not among them is another text, and begins anew."""
        old = self._watches.get(uri, {})
        self._watches[uri] = {mark.id: old.get(mark.id) or Stopwatch(self.clock) for mark in marks}
        self._run(uri)

    def visible(self, uris: Iterable[str]) -> None:
        """These documents are in sight, and no others."""
        self._visible = frozenset(uris)
        for uri in self._watches:
            self._run(uri)

    def seconds(self, uri: str, hunk: str) -> float:
        """For how long a hunk could be seen; 0 for one that was never shown."""
        watch = self._watches.get(uri, {}).get(hunk)
        return watch.seconds if watch is not None else 0.0

    def forget(self, uri: str) -> None:
        """The document was closed."""
        self._watches.pop(uri, None)

    def _run(self, uri: str) -> None:
        seen = self._visible is None or uri in self._visible
        for watch in self._watches[uri].values():
            watch.start() if seen else watch.stop()
