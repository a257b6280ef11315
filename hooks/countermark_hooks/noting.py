"""The hooks that run when git has committed: they note who wrote what, and say so where they cannot; git goes on in any case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from countermark.errors import ExitCode
from countermark.git.repository import Repository, discover

_MOST_INPUT = 8_000_000  # bytes of lines from git
_MOST_COMMITS = 1000  # that one rebase may have made: more are noted by what git copies
_FIELDS = 2


def post_commit(environ: Mapping[str, str]) -> int:
    """Note the commit at HEAD."""
    from countermark.git.revisions import resolve
    from countermark.provenance.inside import report_commit
    from countermark.provenance.record import note_commits
    from countermark.review.noted import about

    if (repository := _repository(environ)) is not None:
        commit = resolve(repository, "HEAD")
        report_commit(repository, commit, environ)
        note_commits(repository, [commit], reviews=about(repository))
    return ExitCode.CLEAN


def post_rewrite(lines: IO[bytes], environ: Mapping[str, str]) -> int:
    """Note the commits that git made of others, which it names on its input: ``old new`` a line."""
    from countermark.provenance.record import note_commits
    from countermark.review.noted import about

    replaced: dict[str, list[str]] = {}
    for line in lines.read(_MOST_INPUT).decode("ascii", "replace").split("\n"):
        fields = line.split()
        if len(fields) >= _FIELDS:
            replaced.setdefault(fields[1], []).append(fields[0])
    if (repository := _repository(environ)) is not None:
        note_commits(repository, list(replaced)[-_MOST_COMMITS:], replaced, about(repository))
    return ExitCode.CLEAN


def _repository(environ: Mapping[str, str]) -> Repository | None:
    return discover(Path.cwd(), environ)
