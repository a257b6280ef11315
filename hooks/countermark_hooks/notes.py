"""git's setting that notes go along when a commit is amended or rebased, even where no hook of ours runs."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from countermark.git.process import git
from countermark.provenance.where import NOTES

from .gitconfig import settings

_REWRITE = "notes.rewriteref"
_OURS = "countermark.rewriteref"  # says that it was us who set the other one

Scope = Literal["local", "global"]


def keep_notes(folder: Path, environ: Mapping[str, str], scope: Scope = "local") -> None:
    """Let git copy our notes to what it rewrites, in one repository or for the whole user, unless it does already."""
    said = settings(folder, environ)
    if any(item.key == _REWRITE and fnmatchcase(NOTES, item.value) for item in said):
        return
    for key, how in ((_OURS, []), (_REWRITE, ["--add"])):  # who is killed in between leaves what can be told as ours
        git(["config", f"--{scope}", *how, key, NOTES], cwd=folder, environ=environ)


def leave_notes(folder: Path, environ: Mapping[str, str], scope: Scope = "local") -> None:
    """Take that setting back if it was ours; one that the user made stays."""
    said = [item for item in settings(folder, environ, "--no-includes") if item.scope == scope]
    if not any(item.key == _OURS for item in said):
        return
    if any(item.key == _REWRITE and item.value == NOTES for item in said):
        git(["config", f"--{scope}", "--fixed-value", "--unset-all", _REWRITE, NOTES], cwd=folder, environ=environ)
    git(["config", f"--{scope}", "--unset-all", _OURS], cwd=folder, environ=environ)
