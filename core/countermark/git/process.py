"""Start git: an executable that no scanned repository supplies, with settings that none can change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from countermark.display import escape
from countermark.errors import PartFailed

_SETTINGS = {
    "core.attributesFile": os.devnull,  # what counts as generated must not depend on the machine
    "core.fsmonitor": "false",  # else git starts a program that the repository's configuration names
    "core.quotePath": "false",
    "core.warnAmbiguousRefs": "false",
}
_FLAGS = ("--no-pager", *(part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")))
_PROTOCOLS = "GIT_ALLOW_PROTOCOL"
_ENVIRONMENT = {
    "LC_ALL": "C",  # its messages are read
    _PROTOCOLS: "none",  # a partial clone would fetch what it lacks; nothing here goes over the network
    "GIT_FLUSH": "1",
    "GIT_GRAFT_FILE": os.path.join(os.devnull, "none"),  # noqa: PTH118 - grafts and replacements hide what gets pushed
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_DROPPED = frozenset(
    {
        "GIT_ATTR_SOURCE",
        "GIT_DIFF_OPTS",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_REDIRECT_STDERR",
        "GIT_REDIRECT_STDIN",
        "GIT_REDIRECT_STDOUT",
        "LANGUAGE",
    }
)
_PROGRAM = "git.exe" if os.name == "nt" else "git"
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # a language server without a console would flash one
_MOST_WORDS = 2000


def git(
    args: Sequence[str | bytes],
    *,
    cwd: Path,
    environ: Mapping[str, str] | None = None,
    input: bytes | None = None,  # noqa: A002 - as subprocess calls it
) -> bytes:
    """What git prints. Raises PartFailed with git's own words when it fails."""
    done = run(args, cwd=cwd, environ=environ, input=input)
    if done.returncode:
        raise failed(args, done.stderr)
    return done.stdout


def run(
    args: Sequence[str | bytes],
    *,
    cwd: Path,
    environ: Mapping[str, str] | None = None,
    input: bytes | None = None,  # noqa: A002 - as subprocess calls it
    avoid: Path | None = None,
    network: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Git's whole answer, for those who read its exit code; no program inside ``avoid`` (else ``cwd``) is taken for git.

    ``network``: a person asked for what goes over the network.
    """
    stdin: dict[str, Any] = {"stdin": subprocess.DEVNULL} if input is None else {"input": input}
    command = _command(args, environ, avoid or cwd)
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            env=_environment(environ, network=network),
            capture_output=True,
            check=False,
            creationflags=_NO_WINDOW,
            **stdin,
        )
    except OSError as error:
        raise _not_started(error) from error


def start(
    args: Sequence[str | bytes],
    *,
    cwd: Path,
    environ: Mapping[str, str] | None = None,
    stdin: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Git as a running process with pipes; whoever calls this ends it."""
    command = _command(args, environ, cwd)
    try:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=_environment(environ),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise _not_started(error) from error


def failed(args: Sequence[str | bytes], stderr: bytes) -> PartFailed:
    """The error that says which command of git failed and what git said about it, on one line."""
    return PartFailed(f"git {os.fsdecode(args[0])} failed: {words(stderr) or 'it gave no reason'}")


def words(stderr: bytes) -> str:
    """What git complained about, on one line and fit to be shown."""
    return escape(" ".join(stderr.decode("utf-8", "replace").split())[:_MOST_WORDS])


@lru_cache(maxsize=32)
def executable(avoid: Path, search: str | None = None) -> str:
    """The absolute path of git from PATH (or ``search``).

    Relative entries, and those that lie inside ``avoid``, do not count: a repository may ship a program of that name.
    """
    avoided = os.path.realpath(avoid)
    inside = avoided + os.sep if os.path.dirname(avoided) != avoided else None  # noqa: PTH120 - the root holds every git
    for folder in (os.environ.get("PATH", os.defpath) if search is None else search).split(os.pathsep):
        path = os.path.join(folder, _PROGRAM)  # noqa: PTH118 - hot path
        if not os.path.isabs(folder) or not os.path.isfile(path) or not os.access(path, os.X_OK):  # noqa: PTH113, PTH117
            continue
        if inside is None or not any(name.startswith(inside) for name in (path, os.path.realpath(path))):
            return path
    raise PartFailed("git was not found: PATH names no absolute folder outside the repository that holds it")


def _command(args: Sequence[str | bytes], environ: Mapping[str, str] | None, avoid: Path) -> list[str | bytes]:
    return [executable(avoid, None if environ is None else environ.get("PATH", os.defpath)), *_FLAGS, *args]


def _environment(environ: Mapping[str, str] | None, *, network: bool = False) -> dict[str, str]:
    seen = os.environ if environ is None else environ
    kept = {key: value for key, value in seen.items() if key not in _DROPPED}
    fixed = {key: value for key, value in _ENVIRONMENT.items() if not network or key != _PROTOCOLS}
    return kept | fixed


def _not_started(error: OSError) -> PartFailed:
    return PartFailed(f"git could not be started: {escape(str(error))}")
