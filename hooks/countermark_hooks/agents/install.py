"""Have agents call us: put our entries into their settings and leave the rest as it is; take them away and leave nothing.

What was put in is remembered outside the repository, as our own texts and their offsets, so that a file that nobody changed since is
as it was before, byte for byte. From a file that was changed our entries alone are taken out.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.files import write_atomically
from countermark_hooks.install import interpreter

from . import memory
from .jsonc import Insertion, NotJson, append, applied, taken_back, without
from .plugins import plugin, script
from .table import AGENTS, MARKS, SCRIPTS, Agent

_LARGEST = 2_000_000  # bytes of a settings file
_EXECUTABLE = 0o755


@frozen
class Where:
    """Whose settings: a person's, below the home folder, or a repository's, below its worktree."""

    root: Path
    project: bool

    def target(self, agent: Agent) -> Path | None:
        """The file or folder of an agent; None where it reads none there."""
        name = agent.project if self.project else agent.user
        return self.root / name if name else None


def install(name: str, where: Where) -> Path:
    """Have an agent call us; twice is as good as once. Gives the file. Raises UsageError for one that cannot be read."""
    agent, target = _known(name, where)
    if installed(name, where) == command(name, where):
        return target
    uninstall(name, where)
    if agent.kind == "scripts":
        for hook in SCRIPTS:
            _put_alone(target / hook, script(shlex.join(command(name, where))), mode=_EXECUTABLE)
    elif agent.kind == "plugin":
        _put_alone(target, plugin(name, command(name, where)))
    else:
        _merge(target, agent, _shell(command(name, where)), where)
    return target


def uninstall(name: str, where: Where) -> bool:
    """Take our entries away; whether there were any."""
    agent, target = _known(name, where)
    files = [target / hook for hook in SCRIPTS] if agent.kind == "scripts" else [target]
    return sum(_take_away(file, agent, where) for file in files) > 0


def installed(name: str, where: Where) -> list[str] | None:
    """The command that an agent calls us by; None where it does not."""
    agent, target = _known(name, where)
    text = _read(target / SCRIPTS[0] if agent.kind == "scripts" else target, where)
    if text is None or not any(mark in text for mark in MARKS):
        return None
    wanted = command(name, where)
    shown = {_shell(wanted), shlex.join(wanted), json.dumps(wanted)}
    as_is = any(one in text or json.dumps(one)[1:-1] in text for one in shown)
    return wanted if as_is else []


def command(name: str, where: Where) -> list[str]:
    """What an agent is to run: this installation, or, in files that a team shares, whichever PATH finds."""
    if where.project:
        return ["countermark", "agent-event", name]
    return [str(interpreter()), "-I", "-m", "countermark_hooks", "agent-event", name]


def in_use(name: str, home: Path) -> bool:
    """Whether somebody with this home folder seems to use an agent."""
    return any((home / sign).exists() for sign in AGENTS[name].signs)


def _known(name: str, where: Where) -> tuple[Agent, Path]:
    agent = AGENTS[name]
    target = where.target(agent)
    assert target is not None  # noqa: S101 - every row has both places
    return agent, target


def _shell(words: Sequence[str]) -> str:
    """The command as a shell reads it. Agents on Windows start cmd or PowerShell."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _merge(target: Path, agent: Agent, words: str, where: Where) -> None:
    before = _read(target, where)
    text = before if before is not None and before.strip() else json.dumps(dict(agent.head), indent=2) + "\n"
    insertions: list[Insertion] = []
    try:
        for hook in agent.hooks:
            more = append(text, hook.keys, hook.element(words))
            insertions += more
            text = applied(text, more)
    except NotJson as fault:
        raise UsageError(
            f"{escape(str(target))} cannot be added to: {fault}. Mend it, and run this command again"
        ) from None
    _write(target, text, where)
    memory.remember(target, sha256(text.encode()).hexdigest(), insertions, made=before is None, blank=before)


def _put_alone(target: Path, text: str, *, mode: int | None = None) -> None:
    if os.path.lexists(target):
        raise UsageError(f"{escape(str(target))} is there already and not ours; move it away, or call us from it")
    write_atomically(target, text.encode(), mode=mode)


def _take_away(file: Path, agent: Agent, where: Where) -> bool:
    text = _read(file, where)
    if text is None or not any(mark in text for mark in MARKS):
        return False
    if agent.kind in {"plugin", "scripts"}:
        file.unlink()
        _tidy(file, where)
        return True
    known = memory.recall(file)
    left = _restored(text, known)
    if left is None:
        _delete(file, where)
    else:
        _write(file, left, where)
    memory.forget(file)
    return True


def _restored(text: str, known: memory.Remembered | None) -> str | None:
    """The text without us; None where there was no file."""
    if known and known.after == sha256(text.encode()).hexdigest():
        if known.made:
            return None
        before = taken_back(text, known.insertions)
        if before is not None:
            return known.blank if known.blank is not None else before
    try:
        return without(text, MARKS)
    except NotJson as fault:
        raise UsageError(f"our entries cannot be taken out of a file that is no JSON: {fault}") from None


def _read(file: Path, where: Where) -> str | None:
    """A settings file; None where there is none."""
    _refuse_links(file, where)
    try:
        if file.stat().st_size > _LARGEST:
            raise UsageError(f"{escape(str(file))} is larger than {_LARGEST} bytes")
        return file.read_bytes().decode()
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    except UnicodeDecodeError:
        raise UsageError(f"{escape(str(file))} is no UTF-8 text") from None
    except OSError as fault:
        raise PartFailed(f"{escape(str(file))} cannot be read: {fault.strerror}") from None


def _refuse_links(file: Path, where: Where) -> None:
    """A repository may not lead us out of itself. At home people keep such files elsewhere, and link them."""
    if where.project and not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(where.root)):
        raise UsageError(f"{escape(str(file))} leads out of the repository")


def _write(file: Path, text: str, where: Where) -> None:
    write_atomically(file if where.project else Path(os.path.realpath(file)), text.encode())


def _delete(file: Path, where: Where) -> None:
    Path(os.path.realpath(file)).unlink()
    _tidy(file, where)


def _tidy(file: Path, where: Where) -> None:
    """Remove the folders that are empty now, below the agent's own."""
    for folder in file.parents:
        if folder == where.root or not folder.is_relative_to(where.root) or any(folder.iterdir()):
            return
        folder.rmdir()
