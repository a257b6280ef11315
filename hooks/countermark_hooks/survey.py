"""Which hooks git runs here, and whether ours are among them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from attrs import frozen

from countermark.git.repository import Repository

from .chain import aside, made_by, ours
from .front import folder_in_use
from .gitconfig import hooks_paths
from .script import FRONT, OURS, read_mark


class State(Enum):
    """How one of our hooks stands."""

    INSTALLED = "installed"
    BROKEN = "broken"  # its interpreter is gone, so git stops there
    MISSING = "missing"
    REPLACED = "replaced"  # somebody wrote that hook anew after we were installed
    HIDDEN = "hidden"  # it lies in git's own folder, but core.hooksPath names another


class Way(Enum):
    """How ours came to run."""

    NONE = "none"
    IN_PLACE = "in place"
    IN_FRONT = "in front"
    MACHINE = "whole machine"


@frozen
class HookState:
    """One hook: where git looks for it, what runs before ours, and which tool made that."""

    hook: str
    state: State
    path: Path
    before: Path | None = None
    tool: str | None = None
    interpreter: Path | None = None


@frozen
class Survey:
    """All of ours; ``folder`` is where git looks, ``behind`` what it would look at without us, where ours stands in front."""

    way: Way
    folder: Path
    behind: Path | None
    hooks: tuple[HookState, ...]

    @property
    def complete(self) -> bool:
        """Whether git runs every one of ours."""
        return all(hook.state is State.INSTALLED for hook in self.hooks)


def own_folder(repository: Repository) -> Path:
    """The hooks folder that git has for a repository itself."""
    return repository.common_dir / "hooks"


def survey(repository: Repository) -> Survey:
    """How our hooks stand in a repository."""
    paths = hooks_paths(repository.root, repository.environ)
    folder = folder_in_use(repository, paths)
    foreign = tuple(path for path in paths if not path.is_ours)
    behind = folder_in_use(repository, foreign) if paths and paths[-1].is_ours else None
    hooks = tuple(_state(hook, folder, behind, own_folder(repository)) for hook in OURS)
    if all(hook.state in {State.MISSING, State.HIDDEN} for hook in hooks):
        way = Way.NONE
    elif behind is None:
        way = Way.IN_PLACE
    else:
        way = Way.MACHINE if paths[-1].scope == "global" else Way.IN_FRONT
    return Survey(way, folder, behind, hooks)


def survey_machine(home: Path, environ: Mapping[str, str]) -> Path | None:
    """The folder of ours that stands in front for the whole machine, if there is one."""
    paths = [path for path in hooks_paths(home, environ) if path.scope == "global"]
    return Path(paths[-1].value) if paths and paths[-1].is_ours else None


def _state(hook: str, folder: Path, behind: Path | None, own: Path) -> HookState:
    path = folder / hook
    at = ours(path)
    if at is None:
        return HookState(hook, _absent(path, own), path, tool=made_by(path))
    mark = read_mark(at)
    interpreter = mark.python if mark else None
    working = interpreter is not None and os.access(interpreter, os.X_OK) and os.access(at, os.X_OK)
    before = behind / hook if behind else aside(path)
    if behind is None and at != path:
        before = path  # pre-commit or prek, which run ours
    runs = before.is_file() and os.access(before, os.X_OK) and before.parent.name != FRONT
    return HookState(
        hook,
        State.INSTALLED if working else State.BROKEN,
        path,
        before=before if runs else None,
        tool=made_by(before) if runs else None,
        interpreter=interpreter,
    )


def _absent(path: Path, own: Path) -> State:
    if path.parent != own and ours(own / path.name):
        return State.HIDDEN
    traces = (aside(path), path.with_name(path.name + ".old"), path.with_name(path.name + ".legacy"))
    if path.parent.name == FRONT or (os.path.lexists(path) and any(os.path.lexists(trace) for trace in traces)):
        return State.REPLACED
    return State.MISSING
