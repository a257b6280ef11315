"""Where a repository is, from wherever one looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.errors import PartFailed, UsageError
from countermark.git.repository import discover
from tests.core.opened import opened
from tests.support import Repository


def test_none_outside_of_any(tmp_path: Path, home: Path) -> None:
    assert discover(tmp_path, Repository(tmp_path / "else", home).env) is None


@pytest.mark.parametrize("start", [".", "src/deep", "src/file.py", "link"])
def test_from_a_folder_or_file_of_it(repository: Repository, start: str) -> None:
    repository.write("src/deep/x", "").write("src/file.py", "")
    (repository.path / "link").symlink_to("src")
    found = opened(repository, repository.path / start)
    assert (found.worktree, found.git_dir, found.common_dir) == (
        repository.path,
        repository.path / ".git",
        repository.path / ".git",
    )
    assert found.root == repository.path


def test_a_linked_worktree_shares_the_common_dir(repository: Repository, tmp_path: Path) -> None:
    repository.commit().git("worktree", "add", "-q", str(tmp_path / "linked"))
    found = opened(repository, tmp_path / "linked")
    assert found.worktree == tmp_path / "linked"
    assert found.git_dir == repository.path / ".git/worktrees/linked"
    assert found.common_dir == repository.path / ".git"
    assert found.hooks_path() == repository.path / ".git/hooks"


def test_a_submodule_has_its_git_dir_elsewhere(repository: Repository, tmp_path: Path, home: Path) -> None:
    Repository(tmp_path / "lib", home).write("a", "1").stage().commit()
    repository.git("submodule", "--quiet", "add", str(tmp_path / "lib"), "lib")
    found = opened(repository, repository.path / "lib")
    assert (found.worktree, found.git_dir) == (repository.path / "lib", repository.path / ".git/modules/lib")


def test_a_bare_repository_has_no_worktree(tmp_path: Path, home: Path) -> None:
    bare = Repository(tmp_path / "bare.git", home, init=False)
    bare.git("init", "-q", "--bare")
    found = opened(bare)
    assert (found.worktree, found.git_dir, found.root) == (None, bare.path, bare.path)


def test_the_git_dir_itself_is_no_worktree(repository: Repository) -> None:
    assert opened(repository, repository.path / ".git").worktree is None


def test_relative_locations_of_a_hook_hold_from_the_top(repository: Repository) -> None:
    repository.write("src/a", "1").stage()
    found = opened(repository, repository.path / "src", GIT_DIR="../.git", GIT_WORK_TREE="..")
    assert found.worktree == repository.path
    assert found.git("ls-files") == b"src/a\n"


@pytest.mark.parametrize(
    ("setting", "path"),
    [(None, ".git/hooks"), (".githooks", ".githooks"), ("/srv/hooks", "/srv/hooks"), ("~/hooks", "../home/hooks")],
)
def test_hooks_lie_where_git_looks(repository: Repository, setting: str | None, path: str) -> None:
    if setting:
        repository.git("config", "core.hooksPath", setting)
    assert opened(repository).hooks_path() == (repository.path / path).resolve()


def test_the_environment_is_never_shown(repository: Repository) -> None:
    assert "opens nothing" not in repr(opened(repository, TOKEN="opens nothing"))


def test_settings_of_git(repository: Repository) -> None:
    repository.git("config", "countermark.policy", " with\nline ends ")
    repository.git("config", "countermark.empty", "")
    found = opened(repository)
    assert [found.config(f"countermark.{key}") for key in ("policy", "empty", "none")] == [
        " with\nline ends ",
        "",
        None,
    ]
    repository.write(".git/config", "[broken")
    with pytest.raises(PartFailed, match="git config failed"):
        found.config("countermark.policy")


def test_a_folder_that_git_does_not_trust_is_refused_with_the_mend(repository: Repository) -> None:
    with pytest.raises(UsageError, match=r"dubious ownership.*git config --global --add safe\.directory"):
        opened(repository, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")


@pytest.mark.parametrize("git_file", ["gitdir: /nowhere/at/all", "rubbish"])
def test_a_repository_that_is_broken_is_not_taken_for_none(repository: Repository, git_file: str) -> None:
    repository.write("sub/.git", git_file)
    with pytest.raises(PartFailed):
        discover(repository.path / "sub", repository.env)


def test_a_repository_beneath_a_name_with_a_line_end_is_refused(tmp_path: Path, home: Path) -> None:
    odd = Repository(tmp_path / "odd\nname", home)
    with pytest.raises(PartFailed, match="line end"):
        discover(odd.path, odd.env)


def test_a_shallow_clone_knows_where_it_was_cut(repository: Repository, tmp_path: Path, home: Path) -> None:
    repository.commit("1").commit("2")
    clone = Repository(tmp_path / "clone", home, init=False)
    clone.git("clone", "-q", "--depth=1", repository.path.as_uri(), ".")
    assert opened(clone).shallow == {repository.git("rev-parse", "HEAD").stdout.strip()}
    assert opened(repository).shallow == frozenset()
