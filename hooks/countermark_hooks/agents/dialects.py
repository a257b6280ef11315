"""From the JSON that agents send to a Report. One hook file may be run by several agents, so the dialect is told by the message itself.

Field by field this follows what each agent's documentation and source say; names drift between versions, so twins in camelCase and
snake_case are taken alike, and what is unknown is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from .report import Report

_MOST_PATHS = 200
_LONGEST = 4096  # characters of a path or an id
_MOST_PROMPT = 20_000
_PATCHED = re.compile(r"^\*\*\* (?:Update|Add|Delete) File: (.+)$|^\*\*\* Move to: (.+)$", re.MULTILINE)

# By what only one agent sends; the first that holds names it. Claude Code's form is what the others imitate, so it comes last.
_SIGNS: tuple[tuple[str, Callable[[Mapping[str, Any]], object]], ...] = (
    ("windsurf", lambda said: "agent_action_name" in said),
    ("cursor", lambda said: "cursor_version" in said),
    ("cline", lambda said: "clineVersion" in said),
    ("codex", lambda said: "turn_id" in said),
    ("copilot", lambda said: "toolName" in said and "toolArgs" in said),
    ("gemini", lambda said: _text(said, "hook_event_name") in {"BeforeTool", "AfterTool", "BeforeAgent"}),
    ("copilot", lambda said: "tool_result" in said and "tool_use_id" not in said),
    ("vscode", lambda said: "filePath" in _input(said) or "copilot" in _text(said, "transcript_path").lower()),
)
# Nobody else runs what was installed for these.
_ALONE = frozenset({"amp", "droid", "opencode"})
_SHELLS = frozenset(
    """
    bash shell sh zsh powershell pwsh terminal execute exec run run_shell_command run_command run_in_terminal execute_command
    exec_command local_shell unified_exec runterminalcommand run_terminal_cmd
    """.split()
)
_READERS = frozenset(
    """
    read read_file readfile view cat grep glob search ls list list_dir list_files listfiles list_directory search_files searchfiles
    codebase_search file_search grep_search semantic_search web_search websearch webfetch web_fetch fetch todowrite todoread think task
    ask_followup_question list_code_definition_names read_many_files open_file notebookread bashoutput killshell exitplanmode
    """.split()
)
_READS = re.compile(r"(?:^|_)(?:read|view|list|search|find)(?:_|$)", re.IGNORECASE)
_WRITES = re.compile(
    r"write|edit|patch|replace|create|delete|remove|move|rename|insert|apply|mcp|format|generate|save", re.IGNORECASE
)
_SESSIONS = ("session_id", "sessionId", "conversation_id", "trajectory_id", "taskId", "sessionID", "thread_id")
_CALLS = ("tool_use_id", "toolUseId", "toolUseID", "callID", "call_id", "execution_id")
# Copilot's own form names no event.
_ASKED = frozenset(
    {"", "userpromptsubmit", "userpromptsubmitted", "beforesubmitprompt", "beforeagent", "pre_user_prompt"}
)
_PATHS = (
    "file_path",
    "filePath",
    "path",
    "notebook_path",
    "notebookPath",
    "target_file",
    "targetFile",
    "absolute_path",
    "file",
)
_LISTS = ("files", "paths", "file_paths", "filePaths", "edits", "replacements", "changes")


def read(said: Mapping[str, Any], hint: str = "") -> Report | None:
    """The report in a message; None where it is about nothing that changes a file. ``hint`` is the agent that was installed for."""
    agent = hint if hint in _ALONE else next((name for name, holds in _SIGNS if holds(said)), hint or "claude")
    event = _text(said, "hook_event_name", "hookEventName", "hookName", "agent_action_name", "event")
    report = Report(
        agent=agent,
        kind="asked",
        session=_text(said, *_SESSIONS),
        call="",
        cwd=_folder(said),
        model=_model(said),
        prompt=_prompt(said, event)[:_MOST_PROMPT],
    )
    return report if report.prompt else _of_tool(said, event, report)


def _of_tool(said: Mapping[str, Any], event: str, report: Report) -> Report | None:
    kind = _kind(said, event)
    tool = _text(said, "tool_name", "toolName", "tool") or _text(_nested(said), "toolName") or event
    paths = tuple(dict.fromkeys(_paths(said)))[:_MOST_PATHS]
    anywhere = _is_shell(tool, event) or (not paths and bool(_WRITES.search(tool)))
    if kind is None or tool.lower() in _READERS or _READS.search(tool) or not (paths or anywhere):
        return None
    return report._replace(kind=kind, call=_text(said, *_CALLS), paths=() if anywhere else paths, anywhere=anywhere)


def _kind(said: Mapping[str, Any], event: str) -> Literal["before", "after"] | None:
    name = event.lower()
    if name.startswith(("pre", "before")) or name.endswith(".before"):
        return "before"
    if name.startswith(("post", "after")) or name.endswith(".after"):
        return "after"
    if "toolArgs" in said:  # Copilot's own form names no event: a result is there, or is not yet
        return "after" if "toolResult" in said else "before"
    return None


def _is_shell(tool: str, event: str) -> bool:
    return tool.lower() in _SHELLS or "shell" in event.lower() or event.endswith("run_command")


def _prompt(said: Mapping[str, Any], event: str) -> str:
    if event.lower() not in _ASKED:
        return ""
    inner = _nested(said)
    return _text(said, "prompt", "user_prompt", most=_MOST_PROMPT) or _text(
        inner, "user_prompt", "prompt", most=_MOST_PROMPT
    )


def _paths(said: Mapping[str, Any]) -> Iterator[str]:
    """Every file that a message names as one that is written."""
    yield from _named(said, _PATHS[:2])
    for inner in (_input(said), _nested(said), _mapping(_nested(said).get("parameters"))):
        yield from _named(inner, _PATHS)
        for text in (inner.get("command"), inner.get("input"), inner.get("patch"), inner.get("patchText")):
            yield from _patched(text)
    yield from _patched(said.get("tool_input"))


def _named(inner: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        yield from _path(inner.get(key))
    for key in _LISTS:
        entries = inner.get(key)
        for entry in entries[:_MOST_PATHS] if isinstance(entries, list) else ():
            yield from _path(entry)
            if isinstance(entry, Mapping):
                yield from (path for name in _PATHS for path in _path(entry.get(name)))


def _patched(text: object) -> Iterator[str]:
    """The files in the patch format that Codex's and Copilot's apply_patch take."""
    if isinstance(text, str) and "*** " in text:
        for match in _PATCHED.finditer(text):
            yield from _path((match[1] or match[2]).strip())


def _path(value: object) -> Iterator[str]:
    if isinstance(value, str) and 0 < len(value) <= _LONGEST and "\n" not in value:
        yield value


def _folder(said: Mapping[str, Any]) -> str:
    roots = said.get("workspace_roots") or said.get("workspaceRoots")
    first = roots[0] if isinstance(roots, list) and roots and isinstance(roots[0], str) else ""
    return _text(said, "cwd", "directory", "worktree") or _text(_nested(said), "cwd") or first


def _model(said: Mapping[str, Any]) -> str:
    model = said.get("model")
    if isinstance(model, Mapping):
        return _text(model, "slug", "id", "name", "modelID")
    return _text(said, "model", "model_name", "modelName")


def _input(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a tool was called with; some agents send it as JSON in a text."""
    for key in ("tool_input", "toolArgs", "toolInput", "args"):
        value = said.get(key)
        if isinstance(value, str) and value.lstrip()[:1] == "{":
            try:
                value = json.loads(value, strict=False)
            except (ValueError, RecursionError):
                continue
        if isinstance(value, Mapping):
            return value
    return {}


def _nested(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Windsurf and Cline have the tool in an object of its own."""
    return next((_mapping(said[key]) for key in ("tool_info", "preToolUse", "postToolUse") if key in said), {})


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(said: Mapping[str, Any], *keys: str, most: int = _LONGEST) -> str:
    """The first of these that is a text."""
    return next((value[:most] for key in keys if isinstance(value := said.get(key), str) and value), "")
