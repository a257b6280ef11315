"""Files and folders as they are now."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path

from attrs import evolve, frozen

from countermark.change import Change, FileChange, Skipped, Trait, Unreadable
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.git.attributes import Attributes
from countermark.git.objects import Blob, TooLarge
from countermark.git.repository import Repository
from countermark.git.worktree import NotRegular, Worktree

from .archives import LARGEST, is_archive, members
from .classify import traits
from .entries import Entry, from_blob, to_the_end
from .ignore import Patterns
from .listing import Listed, listed, walked

_BATCH = 256  # files whose attributes are asked for at once


@frozen
class _Group:
    """Names relative to ``base``; ``repository`` is set where git knows about them."""

    top: Path
    base: Path
    repository: Repository | None
    names: Iterable[Listed]

    def shown(self, name: str) -> str:
        """A name relative to the change's root."""
        return (
            name if self.base == self.top else posixpath.relpath(f"{self.base.as_posix()}/{name}", self.top.as_posix())
        )


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
        entries=to_the_end(_entries(groups, limits, patterns, archives=archives)),
        total=sum(map(len, lists)) if len(lists) == len(groups) and not archives else None,
    )


def _group(top: Path, path: Path, repository: Repository | None, patterns: Patterns) -> _Group:
    place, is_folder = _place(path)
    worktree = repository.worktree if repository else None
    known = repository if worktree and place.is_relative_to(worktree) else None
    base = worktree if worktree and known else place if is_folder else place.parent
    name = "" if place == base else place.relative_to(base).as_posix()
    group = partial(_Group, top, base, known)
    if ".git" in group([]).shown(name).split("/"):
        return group([Skipped(name, "it belongs to git itself")])
    if not is_folder:
        return group([name])
    if known and ((names := listed(known, name)) or not name):
        return group(names)
    apart = partial(_Group, top, place, None)
    return apart(walked(place, lambda folder: patterns.folder(apart([]).shown(folder))))


def _place(path: Path) -> tuple[Path, bool]:
    """Where a path really is, and whether it is a folder. A link to a folder is followed when it is named, one to a file is not."""
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{escape(str(path))}: {getattr(error, 'strerror', None) or error}") from error
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on what may not be entered
        return Path(os.path.realpath(path)), True
    return Path(os.path.realpath(path.parent)) / path.name, False


def _entries(groups: Sequence[_Group], limits: Limits, patterns: Patterns, *, archives: bool) -> Iterator[Entry]:
    said: set[str] = set()
    with ExitStack() as stack:
        attributes: Attributes | None = None
        for group in groups:
            if group.repository and attributes is None:
                attributes = stack.enter_context(Attributes(group.repository, cached=False))
            found = _of_group(group, limits, patterns, attributes if group.repository else None, archives=archives)
            for entry in found:
                if entry.path not in said:
                    yield entry
                if len(groups) > 1 or isinstance(entry, Skipped):
                    said.add(entry.path)  # two paths may name one file, and many files lie in one excluded folder


def _of_group(
    group: _Group, limits: Limits, patterns: Patterns, attributes: Attributes | None, *, archives: bool
) -> Iterator[Entry]:
    files = Worktree(group.base)
    names = iter(group.names)
    if (first := next(names, None)) is None and group.base != group.top:
        yield Skipped(group.shown("."), "it holds no file to look at")
    names = chain([first] if first is not None else [], names)
    while batch := list(islice(names, _BATCH)):
        known = attributes.read([name for name in batch if isinstance(name, str)]) if attributes else {}
        for name in batch:
            if not isinstance(name, str):
                yield evolve(name, path=group.shown(name.path))
            elif excluded := patterns.part(shown := group.shown(name)):
                yield Skipped(excluded, "excluded by the settings")
            elif archives and is_archive(name):
                yield from _unpacked(shown, _read(files, name, LARGEST), limits)
            else:
                yield _entry(shown, _read(files, name, limits.file_bytes), known.get(name, {}), limits)


def _entry(path: str, blob: Blob | NotRegular, known: Mapping[Trait, bool], limits: Limits) -> Entry:
    if isinstance(blob, NotRegular):
        return Skipped(path, str(blob))
    content = from_blob(path, blob, limits)
    return FileChange(path, content, traits=traits(path, content, known)) if isinstance(content, Content) else content


def _unpacked(path: str, blob: Blob | NotRegular, limits: Limits) -> Iterator[Entry]:
    if isinstance(blob, bytes):
        yield from members(path, blob, limits)
    else:
        yield Skipped(path, str(blob)) if isinstance(blob, NotRegular | TooLarge) else Unreadable(path, str(blob))


def _read(files: Worktree, name: str, most: int) -> Blob | NotRegular:
    try:
        return files.read(name, at_most=most)
    except (NotRegular, TooLarge, PartFailed) as outcome:
        return outcome
