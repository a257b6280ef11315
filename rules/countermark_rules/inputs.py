"""What an inspection is given: the entries of a change in chunks, and what is said of them before any detector sees them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from countermark.change import FileChange, Skipped, Unreadable
from countermark.changes.ignore import matcher
from countermark.project import Project
from countermark.verdict import Failure, Judged

# A chunk is what one process looks at in one go: large enough that a batch detector starts seldom, small enough that none waits long
# for another at the end. The first is smaller, since it tells whether sharing pays.
_CHUNK_BYTES = 2_000_000
_FIRST_BYTES = 500_000
_CHUNK_FILES = 400


class Inputs:
    """The entries of a change, cut into chunks; what nobody will look at is noted as it passes."""

    def __init__(
        self, project: Project, look: Callable[[FileChange], Iterable[Judged | Failure]] | None = None
    ) -> None:
        self._look = look
        self.judged: list[Judged] = []
        self._excluded = matcher(project.settings.exclude)
        self._seconds = project.settings.limits.total_seconds
        self._end = time.monotonic() + self._seconds if self._seconds else None
        self.skipped: list[Skipped] = []
        self.failures: list[Failure] = []

    def chunks(self, entries: Iterable[FileChange | Skipped | Unreadable]) -> Iterator[list[FileChange]]:
        """What is to be looked at, until the time of the settings is over."""
        chunk: list[FileChange] = []
        size = late = 0
        most = _FIRST_BYTES
        for file in self._files(entries):
            if self._end is not None and time.monotonic() > self._end:
                late += 1
                continue
            chunk.append(file)
            size += len((file.before or file.after).data if file.gone else file.after.data)
            if size >= most or len(chunk) >= _CHUNK_FILES:
                yield chunk
                chunk, size, most = [], 0, _CHUNK_BYTES
        if chunk:
            yield chunk
        if late:
            said = f"the {self._seconds:g} s of limits.total-seconds were over, so {late} files were not looked at"
            self.failures.append(Failure("engine", None, said))

    def _files(self, entries: Iterable[FileChange | Skipped | Unreadable]) -> Iterator[FileChange]:
        for entry in entries:
            if self._excluded(entry.path):
                self.skipped.append(Skipped(entry.path, "excluded by the settings"))
            elif isinstance(entry, Skipped):
                self.skipped.append(entry)
            elif isinstance(entry, Unreadable):
                self.failures.append(Failure("reader", entry.path, entry.why))
            else:
                if not entry.gone:
                    self._ask(entry)
                yield entry

    def _ask(self, file: FileChange) -> None:
        for said in self._look(file) if self._look else ():
            if isinstance(said, Judged):
                self.judged.append(said)
            else:
                self.failures.append(said)
