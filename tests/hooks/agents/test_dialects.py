"""Each agent's messages are understood, versions drift, and no message can break anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_hooks.agents.dialects import read
from countermark_hooks.agents.event import understood
from countermark_hooks.agents.report import Report
from countermark_hooks.agents.selftest import filled, sample
from countermark_hooks.agents.table import AGENTS

VALUES = {
    "root": "/r",
    "file": "/r/a.txt",
    "name": "a.txt",
    "home": "/h",
    "session": "s1",
    "call": "c1",
    "prompt": 'add "it"',
}


def said(agent: str, *keys: str) -> Any:
    message = sample(agent)
    for key in keys:
        message = message[key]
    return filled(message, VALUES)


def report(agent: str, *keys: str) -> Report | None:
    return understood(json.dumps(said(agent, *keys)).encode(), agent)


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_edit_names_its_file_and_a_shell_may_touch_any(agent: str, when: str) -> None:
    edit, shell = report(agent, "edit", when), report(agent, "shell", when)

    assert edit is not None
    assert shell is not None
    assert (edit.agent, edit.kind, edit.session, edit.anywhere) == (agent, when, "s1", False)
    assert edit.paths in {("/r/a.txt",), ("a.txt",)}
    assert (shell.agent, shell.kind, shell.paths, shell.anywhere) == (agent, when, (), True)
    assert shell.cwd == "/r"


@pytest.mark.parametrize("agent", AGENTS)
def test_reading_tools_are_passed_over_and_questions_kept(agent: str) -> None:
    assert report(agent, "ignored") is None
    if sample(agent)["asked"] is not None:
        asked = report(agent, "asked")
        assert asked is not None
        assert (asked.kind, asked.prompt, asked.session) == ("asked", 'add "it"', "s1")


@pytest.mark.parametrize("agent", ["cursor", "windsurf", "gemini", "codex", "cline", "copilot"])
def test_a_message_that_another_agents_settings_brought_is_known_by_its_form(agent: str) -> None:
    found = understood(json.dumps(said(agent, "edit", "after")).encode(), "claude")

    assert found is not None
    assert found.agent == agent


@pytest.mark.parametrize(
    "message",
    [
        {"hookEventName": "PostToolUse", "toolName": "Edit", "toolInput": {"filePath": "/r/a.txt"}, "sessionId": "s"},
        {
            "hook_event_name": "PostToolUse",
            "tool_name": "MultiEdit",
            "tool_input": {"edits": [{"file_path": "/r/a.txt"}]},
        },
        {"hook_event_name": "PostToolUse", "tool_name": "apply_patch", "tool_input": "*** Add File: /r/a.txt\n+x"},
        {
            "hook_event_name": "PostToolUse",
            "tool_name": "new_tool",
            "tool_input": {"path": "/r/a.txt"},
            "new": {"x": [1]},
        },
        {"hook_event_name": "PostToolUse", "tool_name": "mcp__fs__write", "tool_input": {"paths": ["/r/a.txt"]}},
    ],
)
def test_names_may_drift(message: dict[str, Any]) -> None:
    found = read(message, "claude")

    assert found is not None
    assert found.paths == ("/r/a.txt",)


def test_a_patch_names_all_its_files() -> None:
    patch = "*** Begin Patch\n*** Update File: a\n*** Move to: b\n*** Delete File: c d\n*** End Patch"
    found = read({"hook_event_name": "PostToolUse", "tool_name": "apply_patch", "tool_input": {"command": patch}})

    assert found is not None
    assert found.paths == ("a", "b", "c d")


def test_an_unknown_tool_that_sounds_like_writing_may_touch_any_file() -> None:
    found = read({"hook_event_name": "PreToolUse", "tool_name": "mcp__x__apply", "tool_input": {}, "cwd": "/r"})

    assert found is not None
    assert found.anywhere


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"{" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"tool_name": 1}',
    ],
)
def test_what_is_no_message_is_none(data: bytes) -> None:
    assert understood(data, "claude") is None


def test_raw_control_characters_are_no_hindrance() -> None:
    data = b'{"agent_action_name": "post_write_code", "tool_info": {"file_path": "/r/a.txt", "edits": [{"new_string": "a\x01\n"}]}}'
    found = understood(data, "windsurf")

    assert found is not None
    assert found.paths == ("/r/a.txt",)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=15,
)
_KEYS = st.sampled_from(
    [
        *(
            "hook_event_name",
            "hookName",
            "agent_action_name",
            "tool_name",
            "toolName",
            "toolArgs",
            "tool_input",
            "tool_info",
        ),
        *(
            "session_id",
            "tool_use_id",
            "cwd",
            "workspace_roots",
            "model",
            "preToolUse",
            "postToolUse",
            "prompt",
            "edits",
            "files",
        ),
    ]
)
_WORDS = st.sampled_from(["PreToolUse", "PostToolUse", "post_write_code", "Bash", "Edit", "apply_patch", "/r/a"])


@given(st.dictionaries(_KEYS, _WORDS | _JSON, max_size=10), st.sampled_from(["", *AGENTS]))
def test_any_message_ends_in_a_report_or_none(message: dict[str, Any], hint: str) -> None:
    found = read(message, hint)

    if found is not None:
        assert all(
            isinstance(text, str)
            for text in (found.agent, found.session, found.call, found.cwd, found.model, *found.paths)
        )
        assert found.paths or found.anywhere or found.prompt
