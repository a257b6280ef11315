"""Who is refused: agents by their environment and by the processes that ours descends from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from countermark.review.agents import VARIABLES, by_environment, by_parents, of_command
from countermark.review.person import Refused, refuse_agents


@pytest.mark.parametrize("variable", sorted(VARIABLES))
def test_every_known_variable_gives_an_agent_away(variable: str) -> None:
    assert by_environment({variable: "1"}) == f"{VARIABLES[variable]} ({variable} is set)"
    assert by_environment({variable: ""}) is None


@pytest.mark.parametrize(
    ("command", "agent"),
    [
        (["/usr/local/bin/claude", "--resume"], "Claude Code"),
        (["claude"], "Claude Code"),
        (["node", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js"], "claude-code"),
        (["/usr/bin/node", "--no-warnings", "/home/a/.npm/bin/gemini"], "Gemini CLI"),
        (["/opt/x/cursor-agent"], "Cursor"),
        (["/usr/bin/python3.12", "/home/a/.local/bin/aider"], "Aider"),
        (["C:\\Tools\\codex.exe"], "Codex"),
        # people type into an editor's terminal, and work in folders of any name
        (["/usr/share/cursor/cursor", "--type=renderer"], None),
        (["/usr/bin/code"], None),
        (["-bash"], None),
        (["vim", "claude"], None),
        (["/bin/sh", "/home/claude/bin/run"], None),
        (["node", "/home/claude/server.js"], None),
        (["python3", "-m", "pytest"], None),
        ([], None),
    ],
)
def test_programs_that_are_agents(command: list[str], agent: str | None) -> None:
    assert of_command(command) == agent


def test_an_agent_is_found_however_far_up(tmp_path: Path) -> None:
    """A real process of that name starts a shell that starts us, with nothing in the environment."""
    agent = tmp_path / "claude"
    agent.symlink_to("/bin/sh")
    code = "from countermark.review.agents import by_parents; print(by_parents())"
    inner = f'/bin/sh -c \'"{sys.executable}" -I -c "{code}"; true\'; true'

    told = subprocess.run([str(agent), "-c", inner], capture_output=True, text=True, check=True, env={"PATH": "/bin"})

    assert told.stdout == "Claude Code (it started this process)\n"


def test_a_person_is_let_through() -> None:
    if by_parents(os.getpid()) is not None:
        pytest.skip("an agent runs the tests")
    refuse_agents({})


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(Refused, match=r"started by Codex \(CODEX_SANDBOX is set\); open a terminal of your own"):
        refuse_agents({"CODEX_SANDBOX": "1"})
