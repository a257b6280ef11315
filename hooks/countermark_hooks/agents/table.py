"""The agents that we know how to be called by. An agent is one row: where its hooks stand, and what has to stand there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

# What tells an entry of ours from all others, however the command was written.
MARKS = ("countermark_hooks agent-event", "countermark agent-event")


@frozen
class Hook:
    """A list in a JSON file, named by its keys, and the element of ours that goes into it, made from the command to run."""

    keys: tuple[str, ...]
    element: Callable[[str], Any]


@frozen
class Agent:
    """An agent. ``user`` and ``project`` are files below the home folder and below a worktree; "" where it reads none there.

    ``kind``: entries in a JSON file that may be others' as well, a JSON file or a plug-in of our own, or executable scripts (``user``
    and ``project`` are then their folder). ``signs`` are what lies in the home folder of somebody who uses it. ``note`` is what the
    person has to do besides.
    """

    title: str
    kind: Literal["settings", "file", "plugin", "scripts"]
    user: str
    project: str
    signs: tuple[str, ...]
    hooks: tuple[Hook, ...] = ()
    head: Mapping[str, Any] = {}
    note: str = ""


def _nested(command: str) -> dict[str, Any]:
    return {"matcher": "*", "hooks": [{"type": "command", "command": command, "timeout": 10}]}


def _in_milliseconds(command: str) -> dict[str, Any]:
    return {"matcher": "*", "hooks": [{"type": "command", "command": command, "timeout": 10_000}]}


def _without_matcher(command: str) -> dict[str, Any]:
    return {"hooks": [{"type": "command", "command": command, "timeout": 10}]}


def _plain(command: str) -> dict[str, Any]:
    return {"command": command}


def _quiet(command: str) -> dict[str, Any]:
    return {"command": command, "show_output": False}


def _either_shell(command: str) -> dict[str, Any]:
    return {"type": "command", "bash": command, "powershell": f"& {command}", "timeoutSec": 10}


def _typed(command: str) -> dict[str, Any]:
    return {"type": "command", "command": command, "timeout": 10}


def _hooks(events: str, element: Callable[[str], Any], *more: Hook) -> tuple[Hook, ...]:
    return (*(Hook(("hooks", event), element) for event in events.split()), *more)


_CLAUDE = _hooks("PreToolUse PostToolUse", _nested, Hook(("hooks", "UserPromptSubmit"), _without_matcher))

AGENTS: Mapping[str, Agent] = {
    "claude": Agent("Claude Code", "settings", ".claude/settings.json", ".claude/settings.json", (".claude",), _CLAUDE),
    "cursor": Agent(
        "Cursor",
        "settings",
        ".cursor/hooks.json",
        ".cursor/hooks.json",
        (".cursor",),
        _hooks("preToolUse postToolUse beforeSubmitPrompt", _plain),
        {"version": 1},
    ),
    "copilot": Agent(
        "GitHub Copilot CLI and cloud agent",
        "file",
        ".copilot/hooks/countermark.json",
        ".github/hooks/countermark.json",
        (".copilot",),
        _hooks("preToolUse postToolUse userPromptSubmitted", _either_shell),
        {"version": 1},
        "the cloud agent reads .github/hooks alone: commit that file (--project), and install countermark in its set-up steps",
    ),
    "vscode": Agent(
        "VS Code agent hooks",
        "file",
        ".copilot/hooks/countermark-vscode.json",
        ".github/hooks/countermark-vscode.json",
        (".vscode", ".config/Code", "Library/Application Support/Code"),
        _hooks("PreToolUse PostToolUse UserPromptSubmit", _typed),
        note="VS Code asks once whether the workspace's hooks are trusted",
    ),
    "codex": Agent(
        "Codex",
        "settings",
        ".codex/hooks.json",
        ".codex/hooks.json",
        (".codex",),
        _CLAUDE,
        note="Codex runs a hook once you have trusted it: type /hooks there",
    ),
    "gemini": Agent(
        "Gemini CLI",
        "settings",
        ".gemini/settings.json",
        ".gemini/settings.json",
        (".gemini",),
        _hooks("BeforeTool AfterTool BeforeAgent", _in_milliseconds),
    ),
    "windsurf": Agent(
        "Windsurf",
        "settings",
        ".codeium/windsurf/hooks.json",
        ".windsurf/hooks.json",
        (".codeium/windsurf",),
        _hooks("pre_write_code post_write_code pre_run_command post_run_command pre_user_prompt", _quiet),
    ),
    "opencode": Agent(
        "opencode",
        "plugin",
        ".config/opencode/plugins/countermark.ts",
        ".opencode/plugins/countermark.ts",
        (".config/opencode",),
    ),
    "amp": Agent(
        "Amp", "plugin", ".config/amp/plugins/countermark.ts", ".amp/plugins/countermark.ts", (".config/amp",)
    ),
    "cline": Agent(
        "Cline",
        "scripts",
        "Documents/Cline/Hooks",
        ".clinerules/hooks",
        ("Documents/Cline",),
        note="Cline runs hooks on Linux and macOS alone, once they are switched on in its settings",
    ),
    "droid": Agent(
        "Factory Droid", "settings", ".factory/settings.json", ".factory/settings.json", (".factory",), _CLAUDE
    ),
}
SCRIPTS: Sequence[str] = ("PreToolUse", "PostToolUse", "UserPromptSubmit")
