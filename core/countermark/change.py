"""What is being judged: files before and after, with the hunks between them. Nothing behind this asks git anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import Protocol, TypeAlias, runtime_checkable

from attrs import define, field, frozen

from .content import Content, Span
from .diff import Hunk, diff


class Trait(Enum):
    """What a file is besides its language; noise is judged by it."""

    GENERATED = "generated"
    VENDORED = "vendored"
    MINIFIED = "minified"
    LOCKFILE = "lockfile"


@frozen
class Skipped:
    """A file that nobody looked at, and why: it is reported, so that no silence passes for "clean"."""

    path: str
    why: str


@frozen
class Unreadable:
    """A file that should have been looked at and could not be: the result is incomplete, and the exit code says so."""

    path: str
    why: str


@define(frozen=True, eq=False)
class FileChange:
    """One file of a change.

    ``path`` is relative to the change's root, with ``/``; bytes of a name that are not UTF-8 are lone surrogates (surrogateescape).
    ``before`` is None for a new file and where no earlier version is known: then every line counts as touched.
    ``commit`` names the commit of a version that a later one of the same range replaced; only what is lost for ever matters there.
    ``gone``: the change deletes the file, so ``after`` is empty; only what looks for losses has to do with it.
    """

    path: str
    after: Content
    before: Content | None = None
    old_path: str | None = None
    traits: frozenset[Trait] = frozenset()
    commit: str | None = None
    gone: bool = False

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """What differs between before and after, computed once it is asked for: most files hold no finding."""
        return diff(self.before, self.after)

    def touches(self, span: Span) -> bool:
        """Whether the change added or replaced any line under a span; a mere deletion beside it does not count."""
        return any(span.overlaps(hunk.after) for hunk in self.hunks if hunk.after.start < hunk.after.end)


Entry: TypeAlias = "FileChange | Skipped | Unreadable"
Part: TypeAlias = "Sequence[object]"


@runtime_checkable
class Divided(Protocol):
    """Entries that several processes can read, each some parts of them: else one would read for all. They are read once."""

    def __iter__(self) -> Iterator[Entry]:
        """All of them."""
        ...

    def parts(self, files: int) -> Iterator[Part]:
        """All of them in parts of so many files. Any process can be given a part."""
        ...

    def reader(self) -> Reader:
        """What reads the parts; each process is given one."""
        ...


class Reader(Protocol):
    """Reads parts of something divided."""

    def read(self, part: Part) -> Iterator[Entry]:
        """The entries of one part."""
        ...

    def close(self) -> None:
        """End what was started for it."""
        ...


@frozen
class Change:
    """Files to judge, and how many to expect; the entries may be a stream that is read once, so that memory stays flat.

    ``deleted`` are the names of the files that are no more, ``gone`` is what they held, read when it is asked for.
    """

    root: str
    entries: Iterable[Entry]
    total: int | None = None
    deleted: tuple[str, ...] = field(default=())
    gone: Iterable[FileChange] = field(default=(), eq=False)
