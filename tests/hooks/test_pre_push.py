"""The pre-push hook sees every new commit: what `--no-verify` let through, and what a later commit removed again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Repository, fake_aws_key

from .conftest import Ended

LEAK = f"key = '{fake_aws_key()}'\n"
ZERO = "0" * 40


@pytest.fixture
def origin(hooked: Repository, tmp_path: Path) -> Repository:
    """The repository, with a remote that has its first commit."""
    hooked.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    hooked.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    hooked.git("push", "-q", "--no-verify", "origin", "main")
    return hooked


def head(repository: Repository, name: str = "HEAD") -> str:
    return repository.git("rev-parse", name).stdout.strip()


def test_a_clean_push_hears_nothing(origin: Repository) -> None:
    origin.write("a.py", "x = 1\n").stage().commit()

    done = origin.git("push", "-q", "origin", "main", check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_no_verify_let_through_is_stopped(origin: Repository) -> None:
    origin.write("a.py", LEAK).stage().commit()

    done = origin.git("push", "origin", "main", check=False)

    assert done.returncode == 1
    assert "the push was stopped" in done.stderr
    assert fake_aws_key() not in done.stderr
    assert head(origin, "origin/main") == head(origin, "HEAD~1")


def test_what_a_later_commit_removed_is_stopped_all_the_same(origin: Repository, hook: Callable[..., Ended]) -> None:
    origin.write("a.py", LEAK).stage().commit()
    leaky = head(origin)
    origin.write("a.py", "x = 1\n").stage().commit()

    ended = hook(
        "pre-push",
        "origin",
        "url",
        stdin=f"refs/heads/main {head(origin)} refs/heads/main {head(origin, 'origin/main')}\n",
    )

    assert ended.code == 1
    assert leaky[:12] in ended.said


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("", 0),
        (f"(delete) {ZERO} refs/heads/old {{first}}\n", 0),
        ("refs/heads/main {leaky} refs/heads/main {first}\n", 1),
        (f"refs/heads/new {{leaky}} refs/heads/new {ZERO}\n", 1),
        (f"refs/tags/v1 {{leaky}} refs/tags/v1 {ZERO}\n", 1),
        (f"HEAD {{first}} refs/heads/x {ZERO}\nrefs/heads/main {{leaky}} refs/heads/main {{first}}\n", 1),
        (f"refs/heads/main {{first}} refs/heads/other {ZERO}\n", 0),
    ],
    ids=["nothing", "a deletion", "a branch", "a new branch", "a tag", "two refs", "what the remote has"],
)
def test_what_git_says_is_pushed(lines: str, code: int, origin: Repository, hook: Callable[..., Ended]) -> None:
    first = head(origin)
    origin.write("a.py", LEAK).stage().commit()

    assert hook("pre-push", "origin", "url", stdin=lines.format(leaky=head(origin), first=first)).code == code


def test_a_secret_in_the_message_of_a_new_commit(origin: Repository, hook: Callable[..., Ended]) -> None:
    origin.commit(f"use {fake_aws_key()}")
    origin.commit("clean")

    ended = hook("pre-push", "origin", "url", stdin=f"refs/heads/main {head(origin)} refs/heads/main {ZERO}\n")

    assert ended.code == 1
    assert "commit message" in ended.said
    assert fake_aws_key() not in ended.said


def test_a_push_is_judged_by_the_settings_that_it_pushes(origin: Repository, hook: Callable[..., Ended]) -> None:
    origin.write("a.py", LEAK).write("countermark.toml", "exclude = ['a.py']\n").stage().commit()
    line = f"refs/heads/main {head(origin)} refs/heads/main {ZERO}\n"
    origin.write("countermark.toml", "").stage()

    assert hook("pre-push", "origin", "url", stdin=line).code == 0
    origin.commit()
    line = f"refs/heads/main {head(origin)} refs/heads/main {ZERO}\n"
    assert hook("pre-push", "origin", "url", stdin=line).code == 1


def test_a_push_from_a_branch_without_commits(origin: Repository, hook: Callable[..., Ended]) -> None:
    line = f"refs/heads/main {head(origin)} refs/heads/main {ZERO}\n"
    origin.git("checkout", "-q", "--orphan", "empty")

    assert hook("pre-push", "elsewhere", "url", stdin=line).code == 0


@pytest.mark.usefixtures("origin")
def test_lines_that_are_none_of_gits(hook: Callable[..., Ended]) -> None:
    assert hook("pre-push", "origin", "url", stdin="a b c d\n").code == 2


def test_pre_commit_names_what_is_pushed_in_the_environment(origin: Repository, hook: Callable[..., Ended]) -> None:
    origin.write("a.py", LEAK).stage().commit()
    names = {"PRE_COMMIT": "1", "PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main"}

    assert hook("pre-push").code == 0  # git itself would have named something
    assert hook("pre-push", **names, PRE_COMMIT_TO_REF=head(origin), PRE_COMMIT_FROM_REF=ZERO).code == 1
    assert hook("pre-push", **names, PRE_COMMIT_LOCAL_BRANCH="refs/heads/main").code == 1
    assert hook("pre-push", **names).code == 1
    assert hook("pre-push", **names, PRE_COMMIT_TO_REF=head(origin, "origin/main")).code == 0
