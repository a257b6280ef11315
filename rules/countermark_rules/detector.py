"""What a detector is. Pure: it reads what it is given, does no I/O and runs nothing from the repository."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from countermark.change import FileChange, Skipped
from countermark.finding import Finding, Rule
from countermark.verdict import Failure, Remark

# What a detector may say of a file: what it found, what it could not look at for a reason in the file, what broke, and how it worked.
Said = Finding | Skipped | Failure | Remark


class Detector(Protocol):
    """Finds one kind of problem. An error or a time-out in one is reported and leaves the others their say.

    One that has ``wants_gone`` set is asked about deleted files too.
    """

    @property
    def name(self) -> str:
        """The name in reports of failures: its family of rules, as a rule."""
        ...

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that it can report."""
        ...

    def prepare(self) -> None:
        """Load what it needs. The first use on a machine may take seconds, for which no file's time is counted."""
        ...

    def wants(self, file: FileChange) -> bool:
        """Whether this file can hold anything for it; cheap, for it is asked of every file."""
        ...

    def detect(self, files: Sequence[FileChange]) -> Iterable[Said]:
        """What is to be said of these files; findings are unplaced (see Finding).

        The engine hands over one file at a time, unless ``batch`` is set.
        """
        ...

    @property
    def batch(self) -> bool:
        """Whether it would rather see all files at once, as an engine behind a process would."""
        ...


@runtime_checkable
class Starting(Protocol):
    """A detector that starts something before the others look, since it takes long to start."""

    def begin(self, files: Sequence[FileChange]) -> None:
        """Start it, if these files will be given to it."""
        ...

    def end(self) -> None:
        """End it, if it is still there."""
        ...
