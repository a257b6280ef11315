"""Files and folders as they are now."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, cast

from attrs import define, evolve, field, frozen

from countermark.change import Change, Entry, FileChange, Part, Skipped, Trait, Unreadable
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.git.attributes import Attributes
from countermark.git.objects import Blob, TooLarge
from countermark.git.repository import Repository
from countermark.git.worktree import NotRegular, Worktree

from .classify import traits
from .entries import from_blob, to_the_end
from .ignore import Patterns
from .listing import Listed, listed, walked

_BATCH = 256  # files whose attributes are asked for at once


@frozen
class _Place:
    """What names are relative to, and what the change is; ``repository`` is set where git knows about them."""

    top: Path
    base: Path
    repository: Repository | None

    def shown(self, name: str) -> str:
        """A name relative to the change's root."""
        return (
            name if self.base == self.top else posixpath.relpath(f"{self.base.as_posix()}/{name}", self.top.as_posix())
        )


@frozen
class _Group:
    """The names at a place."""

    place: _Place
    names: Iterable[Listed]


def tree(
    root: Path,
    paths: Sequence[Path],
    *,
    limits: Limits,
    exclude: Sequence[str],
    repository: Repository | None,
    archives: bool = False,
) -> Change:
    """The files that ``paths`` name, and those of the folders that they name; all are called relative to ``root``.

    With ``archives`` what is inside archives counts, too.

    In the worktree of ``repository`` a folder holds what git tracks or does not ignore, elsewhere everything. A file, or a folder
    with nothing else in it, counts even where git ignores it. Raises UsageError for a path that does not exist.
    """
    patterns = Patterns(exclude)
    top = Path(os.path.realpath(root))
    groups = [_group(top, path, repository, patterns) for path in paths]
    lists = [group.names for group in groups if isinstance(group.names, list)]
    return Change(
        root=str(top),
        entries=_Entries(groups, limits, patterns, archives),
        total=sum(map(len, lists)) if len(lists) == len(groups) and not archives else None,
    )


def _group(top: Path, path: Path, repository: Repository | None, patterns: Patterns) -> _Group:
    place, is_folder = _place(path)
    worktree = repository.worktree if repository else None
    known = repository if worktree and place.is_relative_to(worktree) else None
    base = worktree if worktree and known else place if is_folder else place.parent
    name = "" if place == base else place.relative_to(base).as_posix()
    within = _Place(top, base, known)
    if ".git" in within.shown(name).split("/"):
        return _Group(within, [Skipped(name, "it belongs to git itself")])
    if not is_folder:
        return _Group(within, [name])
    if known and ((names := listed(known, name)) or not name):
        return _Group(within, names)
    apart = _Place(top, place, None)
    return _Group(apart, walked(place, lambda folder: patterns.folder(apart.shown(folder))))


def _place(path: Path) -> tuple[Path, bool]:
    """Where a path really is, and whether it is a folder. A link to a folder is followed when it is named, one to a file is not."""
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{escape(str(path))}: {getattr(error, 'strerror', None) or error}") from error
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on what may not be entered
        return Path(os.path.realpath(path)), True
    return Path(os.path.realpath(path.parent)) / path.name, False


class _File(NamedTuple):
    """A file to read: the number of its place, its name there, and what it is called."""

    place: int
    name: str
    shown: str


@frozen(eq=False)
class _Entries:
    """See Divided."""

    groups: Sequence[_Group]
    limits: Limits
    patterns: Patterns
    archives: bool

    def __iter__(self) -> Iterator[Entry]:
        with closing(self.reader()) as reader:
            for part in self.parts(_BATCH):
                yield from reader.read(part)

    def parts(self, files: int) -> Iterator[Part]:
        """See Divided."""
        found = self._found()
        while part := list(islice(found, files)):
            yield part

    def reader(self) -> _Reader:
        """See Divided."""
        return _Reader([group.place for group in self.groups], self.limits, self.archives)

    def _found(self) -> Iterator[_File | Entry]:
        """Each file once, and what is to be said of others: two paths may name one file, and many files lie in one excluded folder."""
        said: set[str] = set()
        for number, group in enumerate(self.groups):
            for found in self._of_group(number, group):
                path = found.shown if isinstance(found, _File) else found.path
                if path not in said:
                    yield found
                if len(self.groups) > 1 or isinstance(found, Skipped):
                    said.add(path)

    def _of_group(self, number: int, group: _Group) -> Iterator[_File | Entry]:
        names = iter(group.names)
        place = group.place
        if (first := next(names, None)) is None and place.base != place.top:
            yield Skipped(place.shown("."), "it holds no file to look at")
        for name in chain([first] if first is not None else [], names):
            if not isinstance(name, str):
                yield evolve(name, path=place.shown(name.path))
            elif excluded := self.patterns.part(shown := place.shown(name)):
                yield Skipped(excluded, "excluded by the settings")
            else:
                yield _File(number, name, shown)


@define(eq=False)
class _Reader:
    """See Reader."""

    _places: Sequence[_Place]
    _limits: Limits
    _archives: bool
    _files: dict[int, Worktree] = field(factory=dict)
    _attributes: Attributes | None = None

    def read(self, part: Part) -> Iterator[Entry]:
        """See Reader."""
        return to_the_end(self._entries(cast("Sequence[_File | Entry]", part)))

    def close(self) -> None:
        """See Reader."""
        if self._attributes is not None:
            self._attributes.close()
            self._attributes = None

    def _entries(self, part: Sequence[_File | Entry]) -> Iterator[Entry]:
        known = self._known([one for one in part if isinstance(one, _File)])
        for one in part:
            if not isinstance(one, _File):
                yield one
            elif self._archives and (unpacked := self._unpacked(one)) is not None:
                yield from unpacked
            else:
                blob = self._read(one, self._limits.file_bytes)
                yield _entry(one.shown, blob, known.get(one.shown, {}), self._limits)

    def _unpacked(self, file: _File) -> Iterator[Entry] | None:
        """What is in an archive; None for a file that is none by its name."""
        from .archives import LARGEST, is_archive, members  # few ask for it, and it brings every way to pack

        if not is_archive(file.name):
            return None
        blob = self._read(file, LARGEST)
        if isinstance(blob, bytes):
            return members(file.shown, blob, self._limits)
        kind = Skipped if isinstance(blob, NotRegular | TooLarge) else Unreadable
        return iter([kind(file.shown, str(blob))])

    def _known(self, files: Sequence[_File]) -> Mapping[str, Mapping[Trait, bool]]:
        """What .gitattributes say of those that git knows, by what they are called; the places know one repository at most."""
        inside = {number: place.repository for number, place in enumerate(self._places) if place.repository}
        asked = [file for file in files if file.place in inside]
        if not asked:
            return {}
        if self._attributes is None:
            self._attributes = Attributes(inside[asked[0].place], cached=False)
        said = self._attributes.read([file.name for file in asked])
        return {file.shown: said.get(file.name, {}) for file in asked}

    def _read(self, file: _File, most: int) -> Blob | NotRegular:
        if (files := self._files.get(file.place)) is None:
            files = self._files[file.place] = Worktree(self._places[file.place].base)
        try:
            return files.read(file.name, at_most=most)
        except (NotRegular, TooLarge, PartFailed) as outcome:
            return outcome


def _entry(path: str, blob: Blob | NotRegular, known: Mapping[Trait, bool], limits: Limits) -> Entry:
    if isinstance(blob, NotRegular):
        return Skipped(path, str(blob))
    content = from_blob(path, blob, limits)
    return FileChange(path, content, traits=traits(path, content, known)) if isinstance(content, Content) else content
