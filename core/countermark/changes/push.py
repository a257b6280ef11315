"""What a push would publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from attrs import evolve, frozen

from countermark.change import Change, Skipped
from countermark.config.schema import Limits
from countermark.display import escape
from countermark.errors import UsageError
from countermark.git.repository import Repository
from countermark.git.revisions import EMPTY_TREES

from .versions import between

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FIELDS = 4
_GLOB = re.compile(r"[*?\[\\]")


@frozen
class _Update:
    """One line of what git tells a pre-push hook; an id of zeros stands for nothing."""

    local_ref: str
    local: str
    remote: str


def unpushed(repository: Repository, lines: Iterable[str], remote: str, limits: Limits) -> Change:
    """The net change that a push brings to each branch, then every version that its other commits would publish.

    ``lines`` are what git writes to the standard input of a pre-push hook, ``remote`` is the hook's first argument. What the remote
    has is known from the push itself and from the branches that were fetched. Raises UsageError for lines that are none of git's.
    """
    updates = [_update(line) for line in lines if line.strip()]
    pushed = [update for update in updates if update.local.strip("0")]
    commits = _commits(repository, [update.local for update in pushed])
    tips = sorted({commit for commit in commits if commit})
    theirs = _commits(repository, [update.remote for update in pushed if update.remote.strip("0")])
    known = ["--not", *sorted({commit for commit in theirs if commit}), *_fetched(remote)]
    news = set(_lines(repository, "rev-list", *tips, *known)) if tips else set()
    ends = [
        (_base(repository, tip, known), tip) for tip in _independent(repository, [tip for tip in tips if tip in news])
    ]
    change = between(repository, ends, (*tips, *known) if ends else (), limits)
    others = [
        Skipped(update.local_ref, "it is no commit")
        for update, commit in zip(pushed, commits, strict=True)
        if not commit
    ]
    return evolve(change, entries=chain(others, change.entries))


def _update(line: str) -> _Update:
    fields = line.rstrip("\n").rsplit(" ", _FIELDS - 1)  # a local name may hold spaces: HEAD@{1 day ago}
    if len(fields) != _FIELDS or not (_OID.fullmatch(fields[1]) and _OID.fullmatch(fields[3])):
        raise UsageError(f"not a line that git writes for a pre-push hook: {escape(line)}")
    return _Update(escape(fields[0]), fields[1], fields[3])


def _commits(repository: Repository, oids: Sequence[str]) -> list[str | None]:
    """The commit behind each id; None where this repository has none."""
    if not oids:
        return []
    questions = "".join(f"{oid}^{{commit}}\n" for oid in oids).encode()
    answers = repository.git("cat-file", "--batch-check=%(objectname)", input=questions).decode().splitlines()
    return [answer if _OID.fullmatch(answer) else None for answer in answers]


def _fetched(remote: str) -> list[str]:
    """An option for the branches of a remote; a URL in the place of a name has none that we know of."""
    return [] if _GLOB.search(remote) or not remote else [f"--remotes={remote}"]


def _base(repository: Repository, tip: str, known: Sequence[str]) -> str:
    """Where a branch left what the remote has: the newest such commit, for what was merged from there is not new."""
    boundary = [line[1:] for line in _lines(repository, "rev-list", "--boundary", tip, *known) if line.startswith("-")]
    return next(iter(_independent(repository, boundary)), EMPTY_TREES[len(tip)])


def _independent(repository: Repository, commits: Sequence[str]) -> list[str]:
    """Those that no other of them holds already."""
    return _lines(repository, "merge-base", "--independent", *commits) if len(commits) > 1 else list(commits)


def _lines(repository: Repository, *args: str) -> list[str]:
    return repository.git(*args).decode().splitlines()
