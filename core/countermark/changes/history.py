"""All that a repository ever held: which versions of files there are, and how to read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Self

from attrs import evolve, frozen

from countermark.change import Trait
from countermark.config.schema import Limits
from countermark.errors import UsageError
from countermark.git.attributes import Attributes
from countermark.git.objects import Objects
from countermark.git.repository import Repository
from countermark.git.revisions import EMPTY_TREES, ends, resolve

from .entries import Entry, entries
from .raw import NOTHING, SUBMODULE, Raw
from .versions import versions


@frozen(eq=False)
class Past:
    """A part of the history: the commits of ``revisions``. ``head`` is the commit (or empty tree) that is the present.

    ``whole``: with every commit it has all that led to it, so that whatever is in a version was brought by one of its commits.
    """

    repository: Repository
    revisions: tuple[str, ...]
    head: str
    whole: bool = True

    @classmethod
    def of(cls, repository: Repository, spec: str | None = None) -> Self:
        """All that a branch, a tag or any other ref reaches, or what ``spec`` names: A..B, A...B, or a revision and what led to it.

        Raises UsageError for what does not exist.
        """
        head = _head(repository)
        if spec is None:
            return cls(repository, ("--all",), head)
        if ".." in spec:
            base, tip = ends(repository, spec)
            return cls(repository, (tip, f"^{base}"), head, whole=False)
        return cls(repository, (resolve(repository, spec),), head)

    def commits(self) -> int:
        """How many commits it has."""
        return int(self.repository.git("rev-list", "--count", *self.revisions, "--"))

    def origins(self, commits: Collection[str]) -> dict[str, tuple[str, str]]:
        """Who wrote each of these commits, and on which day."""
        if not commits:
            return {}
        args = (
            "log",
            "--no-walk",
            "--stdin",
            "--no-show-signature",
            "--no-patch",
            "--encoding=UTF-8",
            "--date=short",
            "--format=%H%x00%an%x00%ad",
        )
        said = self.repository.git(*args, input="".join(f"{commit}\n" for commit in sorted(commits)).encode())
        lines = (line.split("\0") for line in said.decode("utf-8", "surrogateescape").split("\n") if line)
        return {commit: (author, date) for commit, author, date in lines}

    def versions(self, seen: set[bytes]) -> Iterator[Raw]:
        """Each content once, under its first name and with the commit that brought it, the oldest first; of a submodule each name.

        ``seen`` are the ids of what is left out, to which those are added that follow.
        """
        submodules: set[str] = set()
        for raw in versions(self.repository, self.revisions):
            if raw.mode == SUBMODULE:
                if raw.path not in submodules:
                    submodules.add(raw.path)
                    yield raw
                continue
            oid = bytes.fromhex(raw.oid.decode())
            seen.add(bytes.fromhex(raw.old_oid.decode()))  # an earlier commit brought it, or one before the first
            if not raw.deleted and oid not in seen:
                seen.add(oid)
                yield raw

    def present(self) -> Iterator[Raw]:
        """The files that HEAD has."""
        for line in self.repository.git("ls-tree", "-r", "-z", "--full-tree", self.head).split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, oid = about.split(b" ")
            path = name.decode("utf-8", "surrogateescape")
            yield Raw(b"A", NOTHING, mode, b"0" * len(oid), oid, path, commit=self.head)


class Reader:
    """Reads versions; a context manager over two git processes. One at a time."""

    def __init__(self, past: Past, limits: Limits) -> None:
        self._limits = limits
        self._whole = past.whole
        self._stack = ExitStack()
        self._objects = Objects(past.repository)
        self._attributes = partial(Attributes.of_tree, past.repository, past.head)
        self._known: dict[str, Mapping[Trait, bool]] = {}
        self._asked: Attributes | None = None

    def entries(self, raws: Iterable[Raw]) -> Iterator[Entry]:
        """The content of each, or why there is none; of a part of the history, with what it replaced."""
        alone = (evolve(raw, old_mode=NOTHING) for raw in raws) if self._whole else raws
        yield from entries(alone, self._limits, self._objects, self)

    def read(self, paths: Sequence[str]) -> dict[str, Mapping[Trait, bool]]:
        """What .gitattributes say of files; of a path, which has many versions, git is asked once."""
        if unknown := list(dict.fromkeys(path for path in paths if path not in self._known)):
            if self._asked is None:
                self._asked = self._stack.enter_context(self._attributes())
            self._known |= {path: {} for path in unknown} | self._asked.read(unknown)
        return {path: self._known[path] for path in paths}

    def __enter__(self) -> Self:
        self._stack.enter_context(self._objects)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _head(repository: Repository) -> str:
    try:
        return resolve(repository, "HEAD")
    except UsageError:  # no commit, or a bare repository whose main branch has another name
        return EMPTY_TREES[64 if repository.config("extensions.objectFormat") == "sha256" else 40]
