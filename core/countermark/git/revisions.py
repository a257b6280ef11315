"""Revisions and ranges that users, CI and pushes name: checked before git sees them, resolved to ids."""

from __future__ import annotations

import os

from countermark.display import escape
from countermark.errors import UsageError

from . import process
from .repository import Repository

EMPTY_TREES = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_FETCH = "this clone is shallow: fetch more, for example with `git fetch --unshallow`, or `fetch-depth: 0` in CI"


def resolve(repository: Repository, name: str, kind: str = "commit") -> str:
    """The id of the commit (or tree) that a name stands for. Raises UsageError for one that stands for none."""
    shown = escape(name)
    if not name or name.startswith(("-", "^")) or not name.isprintable():
        raise UsageError(f"not a revision: {shown!r}")
    args = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{{kind}}}")
    done = process.run(args, cwd=repository.root, environ=repository.environ)
    if done.returncode:
        raise UsageError(f"unknown revision: {shown}" + (f"; {_FETCH}" if repository.shallow else ""))
    return os.fsdecode(done.stdout.strip())


def ends(repository: Repository, spec: str) -> tuple[str, str]:
    """The ids to compare for ``A..B`` (A and B) and ``A...B`` (their merge base and B); an end left out is HEAD."""
    first, dots, last = spec.partition("..")
    symmetric = last.startswith(".")
    last = last.removeprefix(".")
    if not dots or ".." in last or spec.startswith("-"):
        raise UsageError(f"not a range: {escape(spec)}; write A..B, or A...B for what B adds since it left A")
    base, tip = resolve(repository, first or "HEAD"), resolve(repository, last or "HEAD")
    return (_merge_base(repository, base, tip, spec) if symmetric else base), tip


def complete(repository: Repository, revisions: tuple[str, ...]) -> None:
    """Raises UsageError when a shallow clone lacks parents of the commits that these revisions name."""
    if (cut := repository.shallow) and not cut.isdisjoint(
        os.fsdecode(repository.git("rev-list", *revisions, "--")).split()
    ):
        raise UsageError(f"the history of the range is incomplete; {_FETCH}")


def _merge_base(repository: Repository, base: str, tip: str, spec: str) -> str:
    args = ("merge-base", base, tip)
    done = process.run(args, cwd=repository.root, environ=repository.environ)
    if done.returncode == 1:
        hint = f"; {_FETCH}" if repository.shallow else ""
        raise UsageError(f"{escape(spec)}: its ends have no common ancestor{hint}")
    if done.returncode:
        raise process.failed(args, done.stderr)
    return os.fsdecode(done.stdout.strip())
