"""`countermark review` in a real pseudo-terminal, over the real index, with what an agent reported; and who is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve

from countermark.review.agents import by_parents
from countermark.review.entry import Decision
from countermark.review.ledger import Ledger
from countermark.review.noted import note
from countermark.review.signing import required
from tests.core.provenance.acting import Actors, found
from tests.core.review.sample import entry, hunk
from tests.support import Repository
from tests.terminal import COUNTERMARK, Typed, type_at

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there"),
    pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused"),
]
PLAIN = (*COUNTERMARK, "review", "--plain")
ONE = ("def f(x):", "    return x + 1")
TWO = ("def g(x):", "    return x + 2")


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """A repository with one commit, and two staged hunks of an agent."""
    repository.write("countermark.toml", "[review]\nfastest-lines-per-minute = 1_000_000\n").stage().commit("first")
    made = Actors(repository)
    made.agent("a.py", *ONE)
    made.agent("b.py", *TWO)
    repository.stage()
    return made


def at_terminal(
    repository: Repository,
    *script: tuple[str, str],
    command: tuple[str, ...] = PLAIN,
    env: Mapping[str, str] | None = None,
) -> Typed:
    return type_at(command, script, cwd=repository.path, env={**repository.env, **(env or {})})


def rules(repository: Repository) -> list[str]:
    done = repository.countermark("check", "--staged", "--only", "review", "--format", "json")
    return [one["rule"] for one in json.loads(done.stdout)["findings"]]


def entries(repository: Repository) -> list[dict[str, object]]:
    done = repository.countermark("audit", "list", "--format", "json")
    found: list[dict[str, object]] = json.loads(done.stdout)["entries"]
    return found


def test_what_is_approved_passes_and_what_is_rejected_does_not(actors: Actors) -> None:
    repository = actors.repository
    assert rules(repository) == ["review/ai-unreviewed"] * 2

    ended = at_terminal(repository, ("1 of 2  a.py:1-2", "a fine\n"), ("2 of 2  b.py:1-2", "r adds too much\n"))

    assert ended.code == 1
    assert "Written by robot (robot-1); 2 lines." in ended.shown
    assert rules(repository) == ["review/rejected"]
    first, second = entries(repository)
    assert (first["decision"], first["comment"], first["face"], first["mail"]) == (
        "approve",
        "fine",
        "terminal",
        "ada@example.invalid",
    )
    assert (second["decision"], second["comment"], second["agent"]) == ("reject", "adds too much", "robot")
    assert at_terminal(repository, ("b.py:1-2", "a\n")).code == 0
    assert rules(repository) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"a.py": ("def f(x):", "    return x + l")}, 1),
        ({"a.py": (*ONE, "", *TWO)}, 1),  # what was approved in another file is no piece of this one
        ({"a.py": (*ONE, "", "", *ONE)}, 0),
        ({"a.py": None, "moved/a.py": ONE}, 0),
    ],
)
def test_an_approval_goes_where_its_text_goes(
    actors: Actors, change: dict[str, tuple[str, ...] | None], expected: int
) -> None:
    repository = actors.repository
    at_terminal(repository, ("a.py:1-2", "a\n"), ("b.py:1-2", "a\n"))
    for path, lines in change.items():
        if lines is None:
            (repository.path / path).unlink()
        else:
            actors.agent(path, *lines)
    repository.stage()

    assert len(rules(repository)) == expected


def test_the_screen_in_a_real_terminal(actors: Actors) -> None:
    ended = at_terminal(actors.repository, ("a.py:1-2", "a"), ("b.py:1-2", "q"), command=(*COUNTERMARK, "review"))

    assert ended.code == 1
    assert "1 approved; 1 hunk still open" in ended.shown
    assert [one["face"] for one in entries(actors.repository)] == ["tui"]


def test_nothing_to_review_is_said(actors: Actors) -> None:
    actors.repository.git("rm", "-q", "-f", "a.py", "b.py")

    ended = at_terminal(actors.repository)

    assert (ended.code, "nothing in the staged change needs an answer" in ended.shown) == (0, True)


def test_text_that_changed_meanwhile_is_refused(actors: Actors) -> None:
    repository = actors.repository

    class Slow(str):
        """A text that is typed once the index holds something else."""

        __slots__ = ()

        def encode(self, *_: object) -> bytes:
            actors.agent("a.py", "def f(x):", "    return x - 1")
            repository.stage()
            return b"a\n"

    ended = at_terminal(repository, ("a.py:1-2", Slow("a\n")), ("these lines changed", "q\n"))

    assert "these lines changed after they were shown, so nothing was decided" in ended.shown
    assert entries(repository) == []


def test_a_challenge_has_to_be_answered(actors: Actors) -> None:
    repository = actors.repository.write("countermark.toml", "[review]\nchallenge = true\n").stage()

    ended = at_terminal(repository, ("to show that you are there", "no\n"))

    assert (ended.code, "that was not the word" in ended.shown) == (2, True)
    assert entries(repository) == []


@pytest.mark.parametrize("variable", ["CLAUDECODE", "CURSOR_AGENT", "AI_AGENT"])
def test_an_agents_environment_is_refused_even_in_a_terminal(actors: Actors, variable: str) -> None:
    ended = at_terminal(actors.repository, env={variable: "1"})

    assert ended.code == 2
    assert f"({variable} is set)" in ended.shown
    assert entries(actors.repository) == []


def test_a_child_of_an_agent_is_refused_even_in_a_terminal(actors: Actors, tmp_path: Path) -> None:
    agent = tmp_path / "claude"
    agent.symlink_to("/bin/sh")
    command = (str(agent), "-c", " ".join(f"'{word}'" for word in PLAIN) + "; exit $?")

    ended = at_terminal(actors.repository, command=command)

    assert ended.code == 2
    assert "started by Claude Code (it started this process)" in ended.shown


def test_without_a_terminal_nobody_can_decide(actors: Actors) -> None:
    done = subprocess.run(
        PLAIN,
        cwd=actors.repository.path,
        env=actors.repository.env,
        input="a\na\n",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "there is no terminal here" in done.stderr
    assert entries(actors.repository) == []


def test_somebody_whom_git_does_not_know_cannot_decide(actors: Actors) -> None:
    unknown = {"GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": "", "EMAIL": ""}
    actors.repository.git("config", "user.useConfigOnly", "true")

    ended = at_terminal(actors.repository, env=unknown)

    assert ended.code == 2
    assert "git does not know who you are" in ended.shown


def test_a_signature_can_be_required(actors: Actors, home: Path) -> None:
    repository = actors.repository
    repository.write(
        "countermark.toml", '[review]\nsignature = "required"\nfastest-lines-per-minute = 1_000_000\n'
    ).stage()
    assert "there is no SSH key to sign the review with" in at_terminal(repository).shown

    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    repository.git("config", "user.signingkey", str(key))
    at_terminal(repository, ("a.py:1-2", "a\n"), ("b.py:1-2", "a\n"), ("stays open", ""))
    assert rules(repository) == ["review/ai-unreviewed"] * 2  # nobody says whose key it is
    (home / "signers").write_text(f"ada@example.invalid {(home / 'key.pub').read_text()}")
    repository.git("config", "gpg.ssh.allowedSignersFile", str(home / "signers"))

    assert rules(repository) == []
    assert "2 entries, 2 of them signed: the chain is whole" in repository.countermark("audit", "verify").stdout


def test_a_broken_ledger_stops_everything_until_it_is_put_aside(actors: Actors) -> None:
    repository = actors.repository
    at_terminal(repository, ("a.py:1-2", "a\n"), ("b.py:1-2", "q\n"))
    ledger = repository.path / ".git/countermark/reviews.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"approve"', b'"waive"'))

    checked = repository.countermark("check", "--staged")
    audited = repository.countermark("audit", "verify", "--format", "json")

    assert (checked.returncode, "the ledger of reviews is not whole" in checked.stderr) == (3, True)
    assert audited.returncode == 1
    assert json.loads(audited.stdout)["faults"][0]["fault"].startswith("entry 1 was edited")
    restarted = at_terminal(repository, ("begin a new one?", "y\n"), command=(*COUNTERMARK, "audit", "restart"))
    assert restarted.code == 0
    assert rules(repository) == ["review/ai-unreviewed"] * 2


def test_reviews_that_were_forged_in_a_note_are_named(actors: Actors, home: Path) -> None:
    repository = actors.repository
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / "key")], check=True)
    (home / "signers").write_text(f"ada@example.invalid {(home / 'key.pub').read_text()}")
    for key, value in (("user.signingkey", home / "key"), ("gpg.ssh.allowedSignersFile", home / "signers")):
        repository.git("config", key, str(value))
    place = found(repository)
    commit = repository.git("rev-parse", "HEAD").stdout.strip()
    signed = Ledger.of(place).append(entry(hunk(*ONE), Decision.REJECT), required(place).sign)
    note(place, [(commit, signed), (commit, evolve(signed, decision=Decision.APPROVE))])

    audited = repository.countermark("audit", "verify", "--format", "json")

    (fault,) = json.loads(audited.stdout)["faults"]
    assert (audited.returncode, fault["where"]) == (1, f"note of {commit[:12]}")
    assert "it was changed after it was signed" in fault["fault"]


def test_worktrees_share_the_ledger(actors: Actors, tmp_path: Path) -> None:
    repository = actors.repository
    at_terminal(repository, ("a.py:1-2", "a\n"), ("b.py:1-2", "a\n"))
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))

    done = repository.countermark("audit", "list", cwd=tmp_path / "linked")

    assert done.stdout.count("approve") == 2
