"""What git says about the files of a change: the `--raw -z` format of its diffs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from attrs import frozen

# Fixed, whatever diff.* or .gitmodules say. The limit bounds the search for renames, which is quadratic.
FLAGS = (
    "--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--submodule=short",
    "--ignore-submodules=none", "--ita-invisible-in-index", f"-O{os.devnull}", "--find-renames=50%", "-l400",
)  # fmt: skip
REGULAR = frozenset((b"100644", b"100755", b"100664"))  # the last one is git's own past
LINK, SUBMODULE, NOTHING = b"120000", b"160000", b"000000"


@frozen
class Raw:
    """One file of a change: its modes and object ids before and after; ``commit`` is whose change it is, where there are many.

    ``others`` are the file's ids in a merge's parents behind the first.
    """

    status: bytes
    old_mode: bytes
    mode: bytes
    old_oid: bytes
    oid: bytes
    path: str
    old_path: str | None = None
    commit: str | None = None
    others: tuple[bytes, ...] = ()

    @property
    def regular(self) -> bool:
        """Whether there is a regular file after the change."""
        return self.mode in REGULAR

    @property
    def deleted(self) -> bool:
        """Whether nothing is there after the change; a file with a conflict is not deleted."""
        return self.mode == NOTHING and self.status != b"U"


def parse(tokens: Iterable[bytes]) -> Iterator[Raw]:
    """The files in git's output, cut at NUL; names of commits in between go with the files that follow them."""
    commit: str | None = None
    source = iter(tokens)
    for token in source:
        if token.startswith(b":"):
            yield _raw(token, source, commit)
        elif token:
            commit = token.decode("ascii", "replace").strip()


def _raw(token: bytes, names: Iterator[bytes], commit: str | None) -> Raw:
    parents = len(token) - len(
        token.lstrip(b":")
    )  # a merge is compared to each of its parents; the first counts as "before"
    words = token[parents:].split(b" ")
    modes, oids, status = words[: parents + 1], words[parents + 1 : -1], words[-1]
    old = _name(next(names)) if parents == 1 and status[:1] in {b"R", b"C"} else None
    return Raw(
        status[:1], modes[0], modes[-1], oids[0], oids[-1], _name(next(names)), old, commit, tuple(oids[1:parents])
    )


def _name(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
