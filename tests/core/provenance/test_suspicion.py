"""Agents are suspected by the addresses and trailers that they leave, and people who are called like one are not."""

from __future__ import annotations

import pytest

from countermark.provenance.model import Author, State
from countermark.provenance.suspicion import agent_of

ADA = ("Ada", "ada@example.invalid")


@pytest.mark.parametrize(
    ("message", "person", "agent"),
    [
        ("x\n\nCo-Authored-By: Claude Opus <noreply@anthropic.com>", ADA, "claude"),
        ("x\n\n* first\n\nco-authored-by: Cursor <cursoragent@cursor.com>\n\n* second\n", ADA, "cursor"),
        ("x\n\nCo-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>", ADA, "copilot"),
        ("x\n\nCo-authored-by: aider (gpt) <aider@aider.chat>\nSigned-off-by: Ada <a@x>", ADA, "aider"),
        ("x\n\nClaude-Session: https://claude.ai/code/session_1", ADA, "claude"),
        ("x\n\nMade-with: Cursor", ADA, "cursor"),
        ("x\n\nAmp-Thread-ID: https://ampcode.com/threads/T-1", ADA, "amp"),
        ("x\n\nReplit-Commit-Author: Agent", ADA, "replit"),
        ("x", ("Jules", "161369871+google-labs-jules[bot]@users.noreply.github.com"), "jules"),
        ("x", ("Ada (aider)", "ada@example.invalid"), "aider"),
        ("x\n\nAssisted-by: Claude:opus-4 sparse", ADA, "claude"),
    ],
)
def test_agents_are_suspected(message: str, person: tuple[str, str], agent: str) -> None:
    found = agent_of(message, person)

    assert found is not None
    assert (found.state, found.agent) == (State.SUSPECTED, agent)


@pytest.mark.parametrize(
    ("message", "person"),
    [
        ("x", ("Claude Paroz", "claude@example.invalid")),
        ("x", ("Staff", "somebody@anthropic.com")),
        ("x\n\nCo-authored-by: Claude Paroz <claude@example.invalid>", ADA),
        ("Co-authored-by: Claude <noreply@anthropic.com>", ADA),
        ("x\n\nas in: Co-authored-by: Claude <noreply@anthropic.com>", ADA),
        ("x\n\nAssisted-by: Daniel Stenberg", ADA),
        ("x\n\nAssisted-by: https://example.invalid/x", ADA),
        ("x\n\nReviewed-by: Copilot <copilot@github.com>", ADA),
        ("x", ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")),
        ("Talk about claude-session: and made-with: cursor", ADA),
    ],
)
def test_people_are_not(message: str, person: tuple[str, str]) -> None:
    assert agent_of(message, person) is None


def test_a_model_is_told_where_the_trailer_has_it() -> None:
    assert agent_of("x\n\nAssisted-by: Codex:gpt-6 [tool]", ADA) == Author(State.SUSPECTED, "codex", "gpt-6")


def test_a_hostile_message_takes_no_time() -> None:
    assert agent_of("x\n" + ("co-authored-by: " + "<" * 5000 + "\n") * 200 + " " * 50_000, ADA) is None
