"""git-ai, another keeper of authorship: read its notes on commits, and tell it what agents do here. Its notes are never written by us.

Read are notes of the Git AI Standard 3 in ``refs/notes/ai`` (and its working log, see git_ai_log.py); told is the command that it
documents, ``git-ai checkpoint agent-v1``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from countermark.display import escape
from countermark.errors import CountermarkError
from countermark.git.objects import Objects
from countermark.git.process import run
from countermark.git.repository import Repository

from .events import Event, valid_path
from .model import Author, State

REF = "refs/notes/ai"
_SCHEMA = "authorship/3."
_MOST_BYTES = 5_000_000
_MOST_LINES = 1_000_000
_KEY = re.compile(r"  (\S{1,100}) ([0-9,-]{1,100000})")
_NAME = 200


def has_notes(repository: Repository) -> bool:
    """Whether git-ai has noted anything here."""
    args = ("rev-parse", "--verify", "--quiet", REF)
    return run(args, cwd=repository.root, environ=repository.environ).returncode == 0


def noted(objects: Objects, commit: str, path: str) -> dict[int, Author]:
    """The authors of lines (by index) of a file as of a commit, as git-ai noted them; nothing where it did not, or in another form."""
    for name in (commit, f"{commit[:2]}/{commit[2:]}", f"{commit[:2]}/{commit[2:4]}/{commit[4:]}"):
        try:
            data = objects.read(f"{REF}:{name}", at_most=_MOST_BYTES)
        except CountermarkError:  # too large, or damaged
            return {}
        if data:
            return parse(data.decode("utf-8", "replace"), path)
    return {}


def parse(note: str, path: str) -> dict[int, Author]:
    """What one note says of a file; of two entries about a line the later one counts."""
    head, divider, tail = note.partition("\n---\n")
    try:
        about = json.loads(tail)
    except (ValueError, RecursionError):
        return {}
    if not divider or not isinstance(about, dict) or not str(about.get("schema_version")).startswith(_SCHEMA):
        return {}
    found: dict[int, Author] = {}
    here = False
    for line in head.split("\n"):
        if not line.startswith(" "):
            here = line.strip('"') == path
        elif here and (entry := _KEY.fullmatch(line)) and (author := author_of(entry[1], about)):
            found |= dict.fromkeys(_numbers(entry[2]), author)
    return found


def author_of(key: str, about: Mapping[str, Any]) -> Author | None:
    """Whom a key of git-ai's stands for, by its tables of sessions and prompts; None for a person whom it does not know to be one."""
    if key.startswith("h_"):
        return Author(State.HUMAN, session="git-ai")
    return agent_of(_part(about, "sessions" if key.startswith("s_") else "prompts", key.partition("::")[0]))


def agent_of(record: Mapping[str, Any]) -> Author | None:
    """The agent that a record of git-ai's names, a session, a prompt or a checkpoint."""
    agent = record.get("agent_id")
    if not isinstance(agent, dict):
        return None
    tool, model, name = (escape(str(agent.get(word, ""))[:_NAME]) for word in ("tool", "model", "id"))
    return Author(State.AI, tool, model, name)


def _part(about: Mapping[str, Any], name: str, key: str) -> Mapping[str, Any]:
    part = about.get(name)
    found = part.get(key) if isinstance(part, dict) else None
    return found if isinstance(found, dict) else {}


def _numbers(ranges: str) -> Iterator[int]:
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        if first.isdigit() and (last or first).isdigit() and 0 < int(first) <= int(last or first) < _MOST_LINES:
            yield from range(int(first) - 1, int(last or first))


def program(environ: Mapping[str, str], worktree: Path) -> str | None:
    """Where git-ai is, if it is installed; nothing that lies in the worktree counts."""
    inside = os.path.realpath(worktree) + os.sep
    for folder in environ.get("PATH", "").split(os.pathsep):
        file = os.path.join(folder, "git-ai")  # noqa: PTH118 - as in git's own search
        if folder.startswith(os.sep) and os.access(file, os.X_OK) and not os.path.realpath(file).startswith(inside):
            return file
    return None


def checkpoint(event: Event, worktree: Path) -> dict[str, Any] | None:
    """The report of an event in the form that `git-ai checkpoint agent-v1` reads; None for what it has no word for."""
    paths = [str(worktree / path) for path in event.paths if valid_path(path)]
    where = {"repo_working_dir": str(worktree)}
    if event.author.state is not State.AI:
        return None
    if event.kind == "before":
        return {"type": "human", **where, "will_edit_filepaths": paths}
    names = {"agent_name": event.author.agent, "model": event.author.model, "conversation_id": event.author.session}
    return {"type": "ai_agent", **where, "edited_filepaths": paths, **names}


def tell(event: Event, worktree: Path, environ: Mapping[str, str]) -> bool:
    """Report an event to git-ai where that is installed, and do not wait for what it makes of it; whether it was told."""
    file, said = program(environ, worktree), checkpoint(event, worktree)
    if file is None or said is None:
        return False
    with TemporaryFile() as report:
        report.write(json.dumps(said).encode())
        report.seek(0)
        command = [file, "checkpoint", "agent-v1", "--hook-input", "stdin"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        try:
            # It outlives us: nobody may wait for it.
            subprocess.Popen(command, cwd=worktree, env=dict(environ), stdin=report, **quiet).returncode = 0
        except OSError:
            return False
    return True
