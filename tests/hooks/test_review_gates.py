"""The gates of reviews through real commits and pushes: what an agent wrote stops until a person answers for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from countermark.git.repository import discover
from countermark.review.agents import by_parents
from countermark.review.ledger import Ledger
from countermark_hooks.install import install
from tests.core.provenance.acting import Actors, found
from tests.core.review.sample import entry, hunk
from tests.support import Repository
from tests.terminal import COUNTERMARK, Typed, type_at

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there"),
    pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused"),
]
LINES = ("def f(x):", "    return x + 1")


@pytest.fixture
def actors(hooked: Repository) -> Actors:
    """A hooked repository in which an agent has written a file."""
    made = Actors(hooked)
    made.agent("a.py", *LINES)
    hooked.stage()
    return made


def commit(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    return repository.git("commit", "-m", "change", *arguments, check=False)


def approve(repository: Repository, *lines: str, path: str = "a.py") -> None:
    """An entry as the review writes it."""
    found = discover(repository.path, repository.env)
    assert found is not None
    Ledger.of(found).append(entry(hunk(*lines, path=path)))


def settle(repository: Repository, text: str) -> None:
    """Settings that hold from now on."""
    repository.write("countermark.toml", text).git("add", "countermark.toml")


def test_a_commit_stops_until_somebody_answers(actors: Actors) -> None:
    repository = actors.repository

    stopped = commit(repository)

    assert stopped.returncode == 1
    for part in (
        "a.py\n  1:1  block  AI-written lines that nobody has answered for",
        "robot (robot-1) wrote lines 1 to 2; nobody has answered for this hunk yet.",
        "1 hunk needs a person's answer. In a terminal of your own:\n    countermark review --staged\n",
        "countermark: the commit was stopped",
    ):
        assert part in stopped.stderr
    approve(repository, *LINES)
    assert (commit(repository, "-q").returncode, commit(repository, "-q", "--allow-empty").stderr) == (0, "")
    travelling = repository.git("notes", "--ref=refs/notes/countermark", "show", "HEAD~1").stdout
    assert '{"review":{' in travelling
    assert "return x" not in travelling


def test_the_very_first_commit_stops_too(repository: Repository) -> None:
    install(found(repository))
    Actors(repository).agent("a.py", *LINES)
    repository.stage()

    assert "AI-written lines that nobody has answered for" in commit(repository).stderr
    approve(repository, *LINES)
    assert commit(repository).returncode == 0


def test_a_persons_own_lines_stop_nothing(hooked: Repository) -> None:
    made = Actors(hooked)
    made.editor("a.py", *LINES)
    made.person("b.py", *LINES)
    hooked.stage()

    done = commit(hooked, "-q")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ('gate = "commit"', 1, "block"),
        ('gate = "push"', 0, "warn"),
        ('gate = "off"', 0, ""),
        ('ai = "warn"', 0, "warn"),
        ('ai = "nothing"', 0, ""),
        ('paths = [{ match = ["*.go"], ai = "review" }]\nai = "warn"', 0, "warn"),
        ('paths = [{ match = ["*.py"], ai = "review" }]\nai = "warn"', 1, "block"),
    ],
)
def test_the_policy_decides_what_stops(actors: Actors, settings: str, code: int, said: str) -> None:
    settle(actors.repository, f"[review]\n{settings}\n")

    done = commit(actors.repository, "-q")

    assert done.returncode == code
    assert (f"  {said}  AI-written lines" in done.stderr) if said else done.stderr == ""


def test_neither_a_comment_nor_a_baseline_silences_it(hooked: Repository) -> None:
    Actors(hooked).agent("a.py", "f()  # countermark: allow review/ai-unreviewed because I say so")
    hooked.stage()

    assert "AI-written lines" in commit(hooked).stderr


def test_untracked_lines_can_be_asked_about(hooked: Repository) -> None:
    settle(hooked, '[review]\nuntracked = "review"\npaths = [{ match = ["*.toml"] }]\n')
    hooked.write("b.py", "x = 1\n").stage()

    done = commit(hooked)

    assert done.returncode == 1
    assert "Lines of unknown origin" in done.stderr


def test_the_hook_offers_the_review_on_the_spot(actors: Actors) -> None:
    repository = actors.repository
    script = (("review them now? [Y/n]", "y\n"), ("a.py:1-2", "a"))

    ended = type_at(("git", "commit", "-q", "-m", "change"), script, cwd=repository.path, env=repository.env)

    assert ended.code == 0, ended.shown
    assert repository.git("log", "--format=%s").stdout == "change\nfirst\n"


def test_the_offer_may_be_declined(actors: Actors) -> None:
    repository = actors.repository
    script = (("review them now? [Y/n]", "n\n"),)

    ended = type_at(("git", "commit", "-q", "-m", "change"), script, cwd=repository.path, env=repository.env)

    assert ended.code == 1
    assert "the commit was stopped" in ended.shown


def test_an_agent_is_offered_nothing(actors: Actors) -> None:
    repository = actors.repository
    env = {**repository.env, "CLAUDECODE": "1"}

    ended = type_at(("git", "commit", "-q", "-m", "change"), (), cwd=repository.path, env=env)

    assert ended.code == 1
    assert "review them now" not in ended.shown


@pytest.fixture
def origin(actors: Actors, tmp_path: Path) -> Actors:
    """The same with a remote that has the first commit, and a second commit that went past the hook."""
    repository = actors.repository
    repository.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    repository.git("push", "-q", "--no-verify", "origin", "main")
    actors.commit()
    return actors


def review(repository: Repository, *arguments: str, script: tuple[tuple[str, str], ...]) -> Typed:
    command = (*COUNTERMARK, "review", "--plain", *arguments)
    return type_at(command, script, cwd=repository.path, env=repository.env)


def test_a_push_stops_for_what_went_past_the_commit_hook(origin: Actors) -> None:
    repository = origin.repository
    head, first = repository.git("rev-parse", "HEAD", "HEAD~1").stdout.split()

    stopped = repository.git("push", "origin", "main", check=False)

    assert stopped.returncode == 1
    assert f"a.py in commit {head[:12]}" in stopped.stderr
    assert f"    countermark review {first[:12]}..{head[:12]}\n" in stopped.stderr
    ended = review(repository, f"{first[:12]}..{head[:12]}", script=((f"a.py:1-2 in commit {head[:12]}", "a\n"),))
    assert ended.code == 0, ended.shown
    assert repository.git("push", "-q", "origin", "main", check=False).returncode == 0


def test_each_commit_is_asked_about_and_not_only_what_is_left_of_it(origin: Actors) -> None:
    repository = origin.repository
    origin.agent("a.py", "def f(x):", "    return x + 2")
    origin.commit()
    approve(repository, "    return x + 2")

    stopped = repository.git("push", "origin", "main", check=False)

    assert stopped.returncode == 1
    assert stopped.stderr.count("AI-written lines") == 1
    approve(repository, *LINES)
    assert repository.git("push", "-q", "origin", "main", check=False).returncode == 0


def test_a_merge_asks_only_for_what_none_of_its_parents_has(origin: Actors) -> None:
    repository = origin.repository
    approve(repository, *LINES)
    repository.git("checkout", "-q", "-b", "side", "HEAD~1")
    origin.agent("b.py", "b = 1")
    origin.commit()
    approve(repository, "b = 1", path="b.py")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-verify", "-m", "merge", "side")

    assert repository.git("push", "-q", "origin", "main", check=False).stderr == ""
