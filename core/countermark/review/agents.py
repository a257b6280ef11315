"""Telling that an agent runs us: by its environment, and by the processes that ours descends from.

Both are reasons to refuse and never proof of a person: an agent that means to can unset a variable and leave its process tree.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

# Variables that agents set for the commands they run, and whose they are; an empty one does not count.
VARIABLES: Mapping[str, str] = {
    "CLAUDECODE": "Claude Code",
    "CLAUDE_CODE": "Claude Code",
    "CURSOR_AGENT": "Cursor",
    "GEMINI_CLI": "Gemini CLI",
    "CODEX_SANDBOX": "Codex",
    "CODEX_THREAD_ID": "Codex",
    "COPILOT_CLI": "Copilot CLI",
    "OPENCODE": "opencode",
    "OPENCODE_CLIENT": "opencode",
    "AUGMENT_AGENT": "Augment",
    "AMP_CURRENT_THREAD_ID": "Amp",
    "ANTIGRAVITY_AGENT": "Antigravity",
    "REPL_ID": "Replit",
    "AI_AGENT": "an AI agent",
    "AGENT": "an AI agent",
}
_DEVIN = Path("/opt/.devin")
# Programs that are agents and no editors: people type into an editor's terminal, too.
PROGRAMS: Mapping[str, str] = {
    "claude": "Claude Code",
    "claude-code": "Claude Code",
    "cursor-agent": "Cursor",
    "gemini": "Gemini CLI",
    "gemini-cli": "Gemini CLI",
    "codex": "Codex",
    "copilot": "Copilot CLI",
    "opencode": "opencode",
    "amp": "Amp",
    "auggie": "Augment",
    "aider": "Aider",
    "droid": "Factory Droid",
    "goose": "goose",
    "qwen": "Qwen Code",
    "crush": "Crush",
}
_SCRIPT = re.compile(r"(?:^|/)(?:node|bun|deno|python[\d.]*)$")
_MODULE = re.compile(
    r"/(?:@[^/]+/)?(claude-code|gemini-cli|codex|copilot|opencode-ai|amp|auggie|qwen-code|aider)(?:/|$)"
)
_MOST_PARENTS = 100
_MOST_BYTES = 4096
_SECONDS = 5


def by_environment(environ: Mapping[str, str]) -> str | None:
    """The agent whose environment this is, and how that shows; None for no known one."""
    for name, agent in VARIABLES.items():
        if environ.get(name):
            return f"{agent} ({name} is set)"
    return "Devin (/opt/.devin exists)" if _DEVIN.exists() else None


def by_parents(pid: int | None = None) -> str | None:
    """The agent among the processes that this one descends from, or None."""
    for command in _parents(os.getppid() if pid is None else pid):
        if (agent := of_command(command)) is not None:
            return f"{agent} (it started this process)"
    return None


def of_command(words: list[str]) -> str | None:
    """The agent that a command line starts, or None."""
    if not words:
        return None
    program = _base(words[0])
    if program in PROGRAMS:
        return PROGRAMS[program]
    if not _SCRIPT.search(words[0]):
        return None
    script = next((word for word in words[1:] if not word.startswith("-")), "")
    if _base(script) in PROGRAMS:
        return PROGRAMS[_base(script)]
    found = _MODULE.search(script)
    return f"{found[1]}" if found else None


def _base(word: str) -> str:
    name = word.replace("\\", "/").rpartition("/")[2].lower().removeprefix("-")
    for ending in (".exe", ".cmd", ".js", ".mjs", ".py"):
        name = name.removesuffix(ending)
    return name


def _parents(pid: int) -> Iterator[list[str]]:
    """The command lines of a process and of all that it descends from."""
    known = None if os.path.isdir("/proc/self") else _listed()  # noqa: PTH112 - a question of one call
    for _ in range(_MOST_PARENTS):
        if pid <= 0:
            return
        found = _of_proc(pid) if known is None else known.get(pid)
        if found is None:
            return
        pid, command = found
        yield command


def _of_proc(pid: int) -> tuple[int, list[str]] | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - hot path
            stat = file.read(_MOST_BYTES)
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 - as above
            words = os.fsdecode(file.read(_MOST_BYTES)).split("\0")
        return int(stat.rpartition(b")")[2].split()[1]), [word for word in words if word]
    except (OSError, ValueError, IndexError):
        return None


def _listed() -> dict[int, tuple[int, list[str]]]:
    """Every process, as `ps` lists it, for systems without /proc; none where there is no `ps`."""
    try:
        done = subprocess.run(
            ["/bin/ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    rows = [line.split(None, 2) for line in os.fsdecode(done.stdout).splitlines()]
    return {int(row[0]): (int(row[1]), row[2].split()) for row in rows if len(row) == 3 and row[0].isdigit()}  # noqa: PLR2004 - three columns
