"""git's setting that notes go along when a commit is amended or rebased, even where no hook of ours runs."""

from __future__ import annotations

from fnmatch import fnmatchcase

from countermark.git.repository import Repository
from countermark.provenance.where import NOTES

from .gitconfig import settings

_REWRITE = "notes.rewriteref"
_OURS = "countermark.rewriteref"  # says that it was us who set the other one


def keep_notes(repository: Repository) -> None:
    """Let git copy our notes to what it rewrites, unless it does already."""
    said = settings(repository.root, repository.environ)
    if any(item.key == _REWRITE and fnmatchcase(NOTES, item.value) for item in said):
        return
    repository.git("config", "--local", "--add", _REWRITE, NOTES)
    repository.git("config", "--local", _OURS, NOTES)


def leave_notes(repository: Repository) -> None:
    """Take that setting back if it was ours; one that the user made stays."""
    said = settings(repository.root, repository.environ, "--local", "--no-includes")
    if not any(item.key == _OURS for item in said):
        return
    repository.git("config", "--local", "--unset-all", _OURS)
    if any(item.key == _REWRITE and item.value == NOTES for item in said):
        repository.git("config", "--local", "--fixed-value", "--unset-all", _REWRITE, NOTES)
