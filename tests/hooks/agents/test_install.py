"""Agents' settings: added to, and left as they were."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.errors import UsageError
from countermark_hooks.agents.install import Where, command, install, installed, uninstall
from countermark_hooks.agents.jsonc import append, applied, parse, taken_back, without
from countermark_hooks.agents.table import AGENTS, MARKS
from tests.support import Repository

COMMENTED = """\
{
    // what I like
    "model": "opus", // keep
    "env": {"A": "//no comment", "B": "\\"}"},
    "hooks": {
        "PreToolUse": [
            { "matcher": "Bash", "hooks": [{ "type": "command", "command": "mine" }] }, /* mine */
        ],
    },
}
"""


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def where(tmp_path: Path) -> Where:
    (tmp_path / "home").mkdir()
    return Where(tmp_path / "home", project=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", AGENTS)
@pytest.mark.parametrize("project", [False, True])
def test_an_agent_that_had_no_settings_has_none_afterwards(where: Where, name: str, project: bool) -> None:
    place = Where(where.root, project=project)
    install(name, place)
    once = tree(where.root)
    install(name, place)

    assert once
    assert tree(where.root) == once
    assert installed(name, place) == command(name, place)
    assert uninstall(name, place)
    assert list(where.root.iterdir()) == []
    assert not uninstall(name, place)


@pytest.mark.parametrize("name", [name for name, agent in AGENTS.items() if agent.kind == "settings"])
@pytest.mark.parametrize(
    "text",
    [
        COMMENTED,
        COMMENTED.replace("\n", "\r\n"),
        "{}",
        "{}\n",
        "",
        "\n",
        '{"hooks": {}}',
        '{"a": [1, 2],\n\t"hooks": {"PreToolUse": []}}',
        '{\n  "a": 1\n  // the end\n}\n',
        '\ufeff{"é": "\\ud83d\\ude00"}',
    ],
)
def test_settings_are_as_they_were_byte_for_byte(where: Where, name: str, text: str) -> None:
    file = where.root / AGENTS[name].user
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    install(name, where)
    added = parse(file.read_text("utf-8"))

    assert added.members is not None
    assert "hooks" in added.members
    assert installed(name, where) == command(name, where)
    assert uninstall(name, where)
    assert file.read_bytes() == text.encode()


def test_comments_order_and_others_hooks_stay(where: Where) -> None:
    file = where.root / ".claude/settings.json"
    file.parent.mkdir()
    file.write_text(COMMENTED)
    install("claude", where)
    text = file.read_text()

    assert text.startswith(COMMENTED[: COMMENTED.index("        ],")].rstrip())
    plain = parse(text)
    assert plain.members is not None
    assert [*plain.members] == ["model", "env", "hooks"]
    hooks = plain.members["hooks"].members
    assert hooks is not None
    assert [len(hooks[event].children) for event in ("PreToolUse", "PostToolUse", "UserPromptSubmit")] == [2, 1, 1]


def test_what_was_changed_since_keeps_its_changes(where: Where) -> None:
    file = where.root / ".claude/settings.json"
    file.parent.mkdir()
    file.write_text(COMMENTED)
    install("claude", where)
    file.write_text(file.read_text().replace('"opus"', '"sonnet"'))
    uninstall("claude", where)
    text = file.read_text()

    assert not any(mark in text for mark in MARKS)
    assert '"command": "mine"' in text
    assert text.splitlines()[:4] == COMMENTED.replace("opus", "sonnet").splitlines()[:4]
    parse(text)


def test_another_installation_is_replaced(where: Where) -> None:
    file = where.root / ".cursor/hooks.json"
    file.parent.mkdir()
    old = {
        "version": 1,
        "hooks": {"postToolUse": [{"command": "/old/python -I -m countermark_hooks agent-event cursor"}]},
    }
    file.write_text(json.dumps(old))

    assert installed("cursor", where) == []
    install("cursor", where)
    assert installed("cursor", where) == command("cursor", where)
    assert "/old/python" not in file.read_text()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"hooks": []}', '{"hooks": {"PreToolUse": {}}}', "// only", '{"a": 1} x', "\ud800"]
)
def test_settings_that_cannot_be_added_to_are_left_alone(where: Where, text: str) -> None:
    file = where.root / ".claude/settings.json"
    file.parent.mkdir()
    data = text.encode("utf-8", "surrogatepass")
    file.write_bytes(data)

    with pytest.raises(UsageError, match=r"settings\.json"):
        install("claude", where)
    assert file.read_bytes() == data


@pytest.mark.parametrize("name", ["cline", "opencode"])
def test_a_file_of_somebody_else_is_not_replaced(where: Where, name: str) -> None:
    file = where.root / (AGENTS[name].user + ("/PreToolUse" if name == "cline" else ""))
    file.parent.mkdir(parents=True)
    file.write_text("mine")

    with pytest.raises(UsageError, match="not ours"):
        install(name, where)
    assert not uninstall(name, where)
    assert file.read_text() == "mine"


def test_at_home_links_are_followed_and_in_a_repository_refused(where: Where, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "settings.json").write_text("{}")
    (where.root / ".claude").mkdir()
    (where.root / ".claude" / "settings.json").symlink_to(tmp_path / "dotfiles" / "settings.json")
    install("claude", where)

    assert (where.root / ".claude" / "settings.json").is_symlink()
    assert "countermark" in (tmp_path / "dotfiles" / "settings.json").read_text()
    with pytest.raises(UsageError, match="leads out"):
        install("claude", Where(where.root, project=True))


def test_a_script_can_be_run(where: Where) -> None:
    folder = install("cline", where)
    done = subprocess.run([folder / "PreToolUse"], input=b"{}", capture_output=True, check=True)

    assert json.loads(done.stdout) == {"cancel": False}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=6), _VALUES, max_size=4), st.sampled_from([None, 1, 2, "\t"]), st.booleans())
def test_whatever_is_put_in_can_be_taken_back(value: dict[str, Any], indent: Any, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    element = {"command": "x countermark agent-event y"}
    insertions = append(text, ("hooks of mine", "Event"), element)
    put_in = applied(text, insertions)

    assert json.loads(put_in) == value | {"hooks of mine": {"Event": [element]}}
    assert taken_back(put_in, insertions) == text
    assert json.loads(without(put_in, MARKS)) == value


def test_the_command_tells_what_is_installed_and_tries_it(repository: Repository) -> None:
    env = {"XDG_STATE_HOME": str(repository.path.parent / "state")}
    (Path(repository.env["HOME"]) / ".gemini").mkdir(parents=True)
    assert "used here, does not report" in repository.countermark("agents", "status", env=env).stdout
    done = repository.countermark("agents", "install", env=env)
    assert done.stdout == "Gemini CLI: reports from now on (~/.gemini/settings.json)\n"
    assert "reports (home)" in repository.countermark("agents", "status", env=env).stdout
    tried = repository.countermark("agents", "test", env=env)
    assert (tried.returncode, tried.stdout) == (0, "Gemini CLI: its edit was recorded as its own\n")
    assert repository.countermark("agents", "uninstall", env=env).stdout == "Gemini CLI: reports no longer\n"
    assert repository.countermark("agents", "test", env=env).returncode == 2
    assert repository.countermark("agents", "install", "nobody", env=env).returncode == 2


def test_a_project_calls_whatever_path_finds(repository: Repository) -> None:
    repository.countermark("agents", "install", "copilot", "--project")
    text = (repository.path / ".github/hooks/countermark.json").read_text()

    assert '"bash": "countermark agent-event copilot"' in text
    assert os.sep + "python" not in text
