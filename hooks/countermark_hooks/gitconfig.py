"""What git's settings say about hooks folders, each value with the scope that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from countermark.git.process import git

from .script import FRONT


@frozen
class Setting:
    """One value of one key, as git lists it: the key in lower case; ``scope`` is system, global, local or worktree."""

    scope: str
    key: str
    value: str


@frozen
class HooksPath:
    """One value of core.hooksPath, relative to where hooks run."""

    scope: str
    value: str

    @property
    def is_ours(self) -> bool:
        """Whether it names a folder of ours that stands in front of another."""
        return self.value.endswith(f"/{FRONT}")


def settings(cwd: Path, environ: Mapping[str, str], *options: str) -> tuple[Setting, ...]:
    """Every setting that holds in a folder; of one key the last counts. What ``git -c`` and its like say is left out."""
    listed = git(["config", "--list", "-z", "--show-scope", *options], cwd=cwd, environ=environ)
    fields = listed.decode("utf-8", "surrogateescape").split("\0")
    parted = ((scope, *item.partition("\n")) for scope, item in zip(fields[0::2], fields[1::2], strict=False))
    return tuple(Setting(scope, key, value) for scope, key, _, value in parted if scope != "command")


def hooks_paths(cwd: Path, environ: Mapping[str, str]) -> tuple[HooksPath, ...]:
    """Every value of core.hooksPath; git uses the last."""
    return tuple(HooksPath(item.scope, item.value) for item in settings(cwd, environ) if item.key == "core.hookspath")
