"""Ask git which files .gitattributes calls generated or vendored, through one `git check-attr`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Self

from attrs import evolve

from countermark.change import Trait

from .dialogue import Dialogue
from .repository import Repository

_TRAITS = {b"linguist-generated": Trait.GENERATED, b"linguist-vendored": Trait.VENDORED}
_VALUES = {b"set": True, b"true": True, b"unset": False, b"false": False}
_FIELDS = 3  # path, attribute, value
_BATCH = 4096  # bytes of names that the smallest pipe takes, so git and we never wait for each other


class Attributes:
    """The attributes of one version of the tree: the index's with ``cached``, else the worktree's."""

    def __init__(self, repository: Repository, *, cached: bool) -> None:
        where = ("--cached",) if cached else ()
        names = (name.decode() for name in _TRAITS)
        self._dialogue = Dialogue(repository, ("check-attr", *where, "--stdin", "-z", *names))

    def read(self, paths: Sequence[str]) -> dict[str, Mapping[Trait, bool]]:
        """What the attributes say, yes or no, of those files that they say anything about. Raises PartFailed."""
        known: dict[str, dict[Trait, bool]] = {}
        for path, attribute, value in self._answers([path.encode("utf-8", "surrogateescape") for path in paths]):
            if value in _VALUES:
                known.setdefault(path.decode("utf-8", "surrogateescape"), {})[_TRAITS[attribute]] = _VALUES[value]
        return dict(known)

    def _answers(self, names: Sequence[bytes]) -> list[tuple[bytes, bytes, bytes]]:
        answers: list[tuple[bytes, bytes, bytes]] = []
        batch: list[bytes] = []
        for name in names:
            if batch and sum(map(len, batch)) + len(batch) + len(name) >= _BATCH:
                answers += self._answer(batch)
                batch = []
            batch.append(name)
        return answers + self._answer(batch)

    def _answer(self, batch: Sequence[bytes]) -> list[tuple[bytes, bytes, bytes]]:
        self._dialogue.ask(b"".join(name + b"\0" for name in batch))
        missing = len(batch) * len(_TRAITS) * _FIELDS
        parts: list[bytes] = []
        while missing:
            parts.append(self._dialogue.available())
            missing -= parts[-1].count(b"\0")
        words = b"".join(parts).split(b"\0")
        return list(zip(words[0::3], words[1::3], words[2::3], strict=False))

    @classmethod
    @contextmanager
    def of_tree(cls, repository: Repository, tree: str) -> Iterator[Self]:
        """The attributes of a commit or tree, which git reads from an index of our own."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="countermark-") as folder:
            index = os.path.join(folder, "index")  # noqa: PTH118 - for the environment
            apart = evolve(repository, environ={**repository.environ, "GIT_INDEX_FILE": index})
            # A split index would leave its other half in the repository.
            apart.git("-c", "core.splitIndex=false", "read-tree", tree)
            with cls(apart, cached=True) as attributes:
                yield attributes

    def close(self) -> None:
        """End git."""
        self._dialogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
