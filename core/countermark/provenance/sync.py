"""Exchange notes with a remote: fetch, join, push. Two notes of one commit become one that has every line of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from subprocess import CompletedProcess

from attrs import frozen

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.files import locked
from countermark.git.process import failed, run, words
from countermark.git.repository import Repository

from .journal import Journal
from .notes import changed, read_notes, tip
from .passages import Passages
from .where import FOLDER, NOTES

_REMOTE = re.compile(r"[\w][\w./:@~+%-]{0,500}", re.ASCII)
_TRIES = 3  # somebody else may push in between
_MOST_NEW = 2000  # notes that are read at once for what they say of lines
_ABSENT = b"couldn't find remote ref"
_WHO = {"GIT_AUTHOR_NAME": "Countermark", "GIT_AUTHOR_EMAIL": "countermark@localhost"}
_WHO |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in _WHO.items()}


@frozen
class Synced:
    """How many commits have notes that came from the remote, and whether the remote got any from here."""

    received: int
    sent: bool


def sync(repository: Repository, remote: str) -> Synced:
    """Bring the notes here and those of a remote together. Raises UsageError for no remote's name, PartFailed when git fails."""
    if not _REMOTE.fullmatch(remote):
        raise UsageError(f"not the name or address of a remote: {escape(remote[:200])}")
    received: set[str] = set()
    for _ in range(_TRIES):
        theirs = _fetched(repository, remote)
        received |= _joined(repository, theirs) if theirs else set()
        ours = tip(repository)
        if ours is None or ours == theirs:
            return Synced(len(received), sent=False)
        done = _run(repository, "push", "--quiet", "--no-verify", remote, f"{NOTES}:{NOTES}")
        if done.returncode == 0:
            return Synced(len(received), sent=True)
        if not any(word in done.stderr for word in (b"rejected", b"fetch first", b"failed to update ref")):
            raise failed(("push",), done.stderr)
    raise PartFailed(f"the notes could not be pushed: others push to {escape(remote)} all the time; try again")


def _fetched(repository: Repository, remote: str) -> str | None:
    """The remote's notes, under a name of their own; None where it has none."""
    name = f"refs/notes/countermark-sync/{sha256(remote.encode()).hexdigest()[:16]}"
    args = (
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        remote,
        f"+{NOTES}:{name}",
    )
    done = _run(repository, *args)
    if done.returncode and _ABSENT in done.stderr:
        return None
    if done.returncode:
        raise PartFailed(f"the notes could not be fetched from {escape(remote)}: {words(done.stderr)}")
    return repository.git("rev-parse", f"{name}^{{commit}}").decode().strip()


def _joined(repository: Repository, theirs: str) -> set[str]:
    """Make ours hold theirs too; the commits whose notes changed here."""
    with locked(repository.common_dir / FOLDER / "notes.lock"):
        ours = tip(repository)
        if ours == theirs:
            return set()
        if ours is None:
            repository.git("update-ref", NOTES, theirs, "0" * len(theirs))
        else:
            environ = {**repository.environ, **_WHO}
            args = ("notes", f"--ref={NOTES}", "merge", "--quiet", "--strategy=cat_sort_uniq", theirs)
            done = run(args, cwd=repository.root, environ=environ)
            if done.returncode:
                raise failed(args, done.stderr)
    now = tip(repository) or theirs
    commits = changed(repository, ours or _empty(repository), now)
    _learn(repository, commits)
    return set(commits)


def _empty(repository: Repository) -> str:
    return repository.git("mktree", input=b"").decode().strip()


def _learn(repository: Repository, commits: list[str]) -> None:
    """Know the lines again that others noted, wherever they turn up here."""
    passages = Passages(Journal.of(repository).database)
    for batch in _batches(commits[:_MOST_NEW]):
        known = read_notes(repository, batch)
        passages.add(hunk.passage(commit) for commit, note in known for hunk in note.hunks)
    passages.database.close()


def _batches(commits: list[str]) -> Iterator[list[str]]:
    source = iter(commits)
    while batch := list(islice(source, 200)):
        yield batch


def _run(repository: Repository, *args: str) -> CompletedProcess[bytes]:
    return run(args, cwd=repository.root, environ=repository.environ, network=True)
