"""What an inspection is given: the entries of a change in chunks, and what is said of them before any detector sees them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from countermark.change import Entry, FileChange, Skipped, Unreadable
from countermark.changes.ignore import matcher
from countermark.project import Project
from countermark.verdict import Failure, Judged

from .inspector import Outcome

# A chunk is what one process looks at in one go: large enough that a batch detector starts seldom, small enough that none waits long
# for another at the end. The first is smaller, since it tells whether sharing pays.
CHUNK_BYTES = 2_000_000
_FIRST_BYTES = 500_000
_CHUNK_FILES = 400


class Inputs:
    """The entries of a change, cut into chunks; what nobody will look at is noted as it passes.

    ``look`` is asked about each file. ``end`` is when the time is over, by the clock that all processes share.
    """

    def __init__(
        self,
        project: Project,
        look: Callable[[FileChange], Iterable[Judged | Failure]] | None = None,
        *,
        end: float | None = None,
    ) -> None:
        seconds = project.settings.limits.total_seconds
        self.look = look
        self.end = time.monotonic() + seconds if end is None and seconds else end
        self._excluded = matcher(project.settings.exclude)
        self._judged: list[Judged] = []
        self._skipped: list[Skipped] = []
        self._failures: list[Failure] = []
        self._late = 0

    def chunks(self, entries: Iterable[Entry], *, first: int = _FIRST_BYTES) -> Iterator[list[FileChange]]:
        """What is to be looked at, until the time is over. ``first`` is how many bytes the first chunk has."""
        chunk: list[FileChange] = []
        size = 0
        most = first
        for file in self._files(entries):
            if self.end is not None and time.monotonic() > self.end:
                self._late += 1
                continue
            chunk.append(file)
            size += len((file.before or file.after).data if file.gone else file.after.data)
            if size >= most or len(chunk) >= _CHUNK_FILES:
                yield chunk
                chunk, size, most = [], 0, CHUNK_BYTES
        if chunk:
            yield chunk

    def taken(self) -> Outcome:
        """What was noted since this was asked last."""
        noted = Outcome(
            judged=tuple(self._judged), failures=tuple(self._failures), skipped=tuple(self._skipped), late=self._late
        )
        self._judged, self._skipped, self._failures, self._late = [], [], [], 0
        return noted

    def _files(self, entries: Iterable[Entry]) -> Iterator[FileChange]:
        for entry in entries:
            if self._excluded(entry.path):
                self._skipped.append(Skipped(entry.path, "excluded by the settings"))
            elif isinstance(entry, Skipped):
                self._skipped.append(entry)
            elif isinstance(entry, Unreadable):
                self._failures.append(Failure("reader", entry.path, entry.why))
            else:
                if not entry.gone:
                    self._ask(entry)
                yield entry

    def _ask(self, file: FileChange) -> None:
        for said in self.look(file) if self.look else ():
            if isinstance(said, Judged):
                self._judged.append(said)
            else:
                self._failures.append(said)
