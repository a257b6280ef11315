"""All that a repository ever held."""

from __future__ import annotations

from countermark.change import Change
from countermark.config.schema import Limits
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.git.revisions import EMPTY_TREES, ends, resolve

from .versions import every


def history(repository: Repository, limits: Limits, spec: str | None = None) -> Change:
    """Every version of every file that a branch, a tag or any other ref reaches, or the commits of ``spec``, once each.

    The entries name the commit that brought them, the oldest first; their ``before`` is what that commit replaced.
    """
    if spec is None:
        return every(repository, ("--all",), _head(repository), limits)
    if ".." in spec:
        base, tip = ends(repository, spec)
        return every(repository, (tip, f"^{base}"), tip, limits)
    tip = resolve(repository, spec)
    return every(repository, (tip,), tip, limits)


def _head(repository: Repository) -> str:
    try:
        return resolve(repository, "HEAD")
    except UsageError:  # no commit, or a bare repository whose main branch has another name
        return EMPTY_TREES[64 if repository.config("extensions.objectFormat") == "sha256" else 40]
