"""How our hooks stand, in words: what `install` and `status` print."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from countermark.display import escape

from .survey import HookState, State, Survey, Way

_AGAIN = "run `countermark install` again"


def describe(survey: Survey, root: Path) -> tuple[str, ...]:
    """One line for each hook, after one that says where they are; paths inside the repository are shown relative to it."""
    return (
        _where(survey, root),
        *(f"  {state.hook:<12}  {_said(state, root)}" for state in survey.hooks),
        *_advice(survey, root),
    )


def shown(path: Path, root: Path) -> str:
    """A path for people."""
    return escape(str(path.relative_to(root)) if path.is_relative_to(root) else str(path))


def _where(survey: Survey, root: Path) -> str:
    folder = shown(survey.folder, root)
    match survey.way:
        case Way.IN_PLACE:
            return f"git hooks in {folder}:"
        case Way.IN_FRONT:
            return f"git hooks in {folder}, in front of {_behind(survey, root)}:"
        case Way.MACHINE:
            return f"git hooks of the whole machine in {folder}, in front of {_behind(survey, root)}:"
    return f"git hooks in {folder}: none of ours runs"


def _behind(survey: Survey, root: Path) -> str:
    return shown(Path(os.path.normpath(survey.behind or survey.folder)), root)


def _said(state: HookState, root: Path) -> str:
    match state.state:
        case State.INSTALLED if state.before:
            whose = f"{state.tool}'s hook" if state.tool else "the hook that was there"
            return f"installed; {whose} keeps running"
        case State.INSTALLED:
            return "installed"
        case State.BROKEN:
            return f"stops git: {escape(str(state.interpreter))} cannot be started; {_AGAIN}"
        case State.REPLACED:
            return f"gone: {state.tool or 'somebody'} wrote {shown(state.path, root)} since; {_AGAIN}"
        case State.HIDDEN:
            return f"not run: core.hooksPath names another folder now; {_AGAIN}"
    return "not installed"


def _advice(survey: Survey, root: Path) -> Iterator[str]:
    """What to do where a hooks folder is shared by a team; we never write files that git tracks."""
    if survey.way is Way.IN_FRONT and survey.behind and survey.behind.is_relative_to(root):
        if any(part == ".git" for part in survey.behind.relative_to(root).parts):
            return
        folder = survey.behind.parent if survey.behind.name == "_" else survey.behind  # husky's own scripts lie in _
        yield f"This holds for your clone. To check for everybody, add to {shown(folder, root)}/pre-commit:"
        yield "  countermark hook pre-commit"
