"""A push is judged by what the remote does not have yet, whatever was done to the branch."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from countermark.change import Change, FileChange
from countermark.changes.push import unpushed
from countermark.config.schema import Limits
from countermark.errors import UsageError
from tests.core.changes.looking import added, read, skipped
from tests.core.opened import opened
from tests.support import Repository

LIMITS = Limits(file_bytes=10_000)
LINES = "".join(f"line {number}\n" for number in range(30))
ZERO = "0" * 40


@pytest.fixture
def clone(repository: Repository, tmp_path: Path) -> Repository:
    """A clone with one commit that its remote has, and a hook that notes what git tells it."""
    repository.git("init", "-q", "--bare", str(tmp_path / "remote.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    repository.write("a", LINES).stage().commit().git("push", "-q", "origin", "main")
    hook = repository.path / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\ncat > "{tmp_path}/lines"; echo "$1" > "{tmp_path}/remote"; exit 1\n')
    hook.chmod(0o755)
    return repository


def push(repository: Repository, *args: str) -> Change:
    """What a real push tells its hook, looked at."""
    assert repository.git("push", *args, check=False).returncode == 1
    folder = repository.path.parent
    return look(repository, (folder / "lines").read_text().splitlines(), (folder / "remote").read_text().strip())


def look(repository: Repository, lines: Sequence[str], remote: str = "origin") -> Change:
    return read(unpushed(opened(repository), lines, remote, LIMITS))


def publish(repository: Repository, *args: str) -> None:
    repository.git("push", "-q", "--no-verify", *args)


def versions(change: Change) -> list[tuple[str, str, bool]]:
    """Path, text without what was always there, and whether a later commit replaced it."""
    files = [entry for entry in change.entries if isinstance(entry, FileChange)]
    return [(file.path, file.after.text.replace(LINES, "…"), file.commit is not None) for file in files]


def test_new_commits_of_a_branch(clone: Repository) -> None:
    clone.write("a", LINES + "secret\n").stage().commit().write("a", LINES + "clean\n").stage().commit()
    change = push(clone, "origin", "main")
    assert versions(change) == [("a", "…clean\n", False), ("a", "…secret\n", True)]
    assert [added(entry) for entry in change.entries if isinstance(entry, FileChange)] == [["clean\n"], ["secret\n"]]


def test_a_new_branch_is_compared_to_where_it_left(clone: Repository) -> None:
    clone.git("switch", "-q", "-c", "topic")
    clone.write("a", LINES + "topic\n").stage().commit()
    assert versions(push(clone, "origin", "topic")) == [("a", "…topic\n", False)]


def test_what_was_merged_from_the_remote_is_not_new(clone: Repository) -> None:
    clone.git("switch", "-q", "-c", "topic")
    clone.write("t", "topic\n").stage().commit().git("switch", "-q", "main")
    clone.write("m", "main\n").stage().commit()
    publish(clone, "origin", "main")
    clone.git("switch", "-q", "topic")
    clone.git("merge", "-q", "--no-edit", "main")
    assert versions(push(clone, "origin", "topic")) == [("t", "topic\n", False)]


def test_the_first_push_of_all_publishes_all(clone: Repository, tmp_path: Path) -> None:
    clone.write("b", "more\n").stage().commit()
    clone.git("init", "-q", "--bare", str(tmp_path / "other.git"))
    change = push(clone, str(tmp_path / "other.git"), "main")
    assert versions(change) == [("a", "…", False), ("b", "more\n", False)]


def test_a_rewritten_branch_is_compared_to_what_stayed(clone: Repository) -> None:
    clone.write("a", LINES + "first try\n").stage().commit()
    publish(clone, "origin", "main")
    clone.write("a", LINES + "second try\n").stage().commit("again", "--amend")
    assert versions(push(clone, "--force", "origin", "main")) == [("a", "…second try\n", False)]


def test_a_branch_of_the_remote_that_was_never_fetched(clone: Repository, tmp_path: Path, home: Path) -> None:
    other = Repository(tmp_path / "other", home, init=False)
    other.git("clone", "-q", str(tmp_path / "remote.git"), ".", "--branch", "main")
    other.write("x", "1").stage().commit()
    publish(other, "origin", "main")
    clone.write("a", LINES + "mine\n").stage().commit()
    lines = [f"refs/heads/main {oid(clone, 'HEAD')} refs/heads/main {oid(other, 'HEAD')}"]
    assert versions(look(clone, lines)) == [("a", "…mine\n", False)]


def oid(repository: Repository, name: str) -> str:
    return repository.git("rev-parse", name).stdout.strip()


@pytest.mark.parametrize(
    "args",
    [("origin", ":main"), ("origin", "main:copy"), ("origin", "--tags")],
    ids=["deletion", "known", "known tags"],
)
def test_nothing_new_is_an_empty_change(clone: Repository, args: tuple[str, ...]) -> None:
    clone.git("tag", "-a", "-m", "one", "v1")
    assert list(push(clone, *args).entries) == []


def test_several_branches_and_tags_at_once(clone: Repository) -> None:
    clone.write("a", LINES + "one\n").stage().commit().git("tag", "-a", "-m", "one", "v1")
    clone.write("a", LINES + "two\n").stage().commit().git("switch", "-q", "-c", "topic", "HEAD~2")
    clone.write("t", "topic\n").stage().commit()
    found = versions(push(clone, "origin", "main", "topic", "v1"))
    assert sorted(found) == [("a", "…one\n", True), ("a", "…two\n", False), ("t", "topic\n", False)]


def test_a_tag_of_no_commit_is_said(clone: Repository) -> None:
    clone.git("tag", "blob", clone.git("hash-object", "-w", "--stdin", input=b"text").stdout.strip())
    assert skipped(push(clone, "origin", "blob")) == {"refs/tags/blob": "it is no commit"}


def test_a_local_name_may_hold_spaces(clone: Repository) -> None:
    clone.write("a", LINES + "new\n").stage().commit()
    lines = [f"HEAD@{{1 second ago}} {oid(clone, 'HEAD')} refs/heads/x {ZERO}\n", "\n"]
    assert versions(look(clone, lines)) == [("a", "…new\n", False)]


@pytest.mark.parametrize("remote", ["", "*", "-x", "[a", "no/such", "https://example.invalid/x.git"])
def test_of_an_unknown_remote_nothing_is_known(clone: Repository, remote: str) -> None:
    lines = [f"refs/heads/main {oid(clone, 'HEAD')} refs/heads/main {ZERO}"]
    assert versions(look(clone, lines, remote)) == [("a", "…", False)]


@pytest.mark.parametrize(
    "line", ["rubbish", "a b c d", f"main {'f' * 39} main {ZERO}", f"main {ZERO} main --all", f"main --all main {ZERO}"]
)
def test_lines_that_are_none_of_gits_are_refused(clone: Repository, line: str) -> None:
    with pytest.raises(UsageError, match="not a line that git writes"):
        look(clone, [line])


def test_no_line_is_nothing(clone: Repository) -> None:
    assert list(look(clone, []).entries) == []


def test_the_real_git_takes_our_lines_for_its_own(clone: Repository) -> None:
    """The hook above is what these tests stand on."""
    clone.write("a", "1").stage().commit()
    push(clone, "origin", "main")
    (line,) = (clone.path.parent / "lines").read_text().splitlines()
    assert len(line.split(" ")) == 4
    assert subprocess.run(["git", "cat-file", "-e", line.split(" ")[1]], cwd=clone.path, check=False).returncode == 0
