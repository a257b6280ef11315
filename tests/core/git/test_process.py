"""Which git is started, and that nobody's settings change what it says or does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from countermark.errors import PartFailed
from countermark.git.process import executable, git
from tests.support import Repository

HOSTILE_SETTINGS = {
    "core.attributesFile": "elsewhere",
    "core.fsmonitor": "./marker",
    "core.pager": "./marker",
    "core.quotePath": "true",
    "color.ui": "always",
    "diff.external": "./marker",
    "status.relativePaths": "false",
}


def program(path: Path) -> Path:
    """An executable that leaves a mark beside itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('#!/bin/sh\ntouch "$(dirname "$0")/started"\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("entry", ["", ".", "bin", "{inside}/bin", "{inside}", "{link}"])
def test_a_git_that_the_repository_ships_is_never_started(repository: Repository, tmp_path: Path, entry: str) -> None:
    program(repository.path / "bin/git")
    program(repository.path / "git")
    (tmp_path / "link").symlink_to(repository.path / "bin")
    search = entry.format(inside=repository.path, link=tmp_path / "link") + os.pathsep + os.environ["PATH"]
    git(["status"], cwd=repository.path, environ={**repository.env, "PATH": search})
    assert not list(repository.path.rglob("started"))


def test_a_link_in_path_to_a_git_in_the_repository_does_not_count(repository: Repository, tmp_path: Path) -> None:
    program(repository.path / "git")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(repository.path / "git")
    with pytest.raises(PartFailed, match="git was not found"):
        executable(repository.path, str(tmp_path / "bin"))


def test_a_git_outside_counts_and_what_cannot_run_does_not(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/git").write_text("no program")
    expected = program(tmp_path / "bin/git")
    search = os.pathsep.join(str(tmp_path / name) for name in ("plain", "none", "bin"))
    assert executable(repository.path, search) == str(expected)


def test_a_repository_at_the_root_of_the_disk_can_be_read(tmp_path: Path) -> None:
    assert executable(Path("/"), str(program(tmp_path / "git").parent)) == str(tmp_path / "git")


def test_no_setting_starts_a_program_or_changes_the_answer(repository: Repository) -> None:
    marker = program(repository.path / "marker")
    repository.write("é.txt", "text\n").stage().commit()
    for key, value in HOSTILE_SETTINGS.items():
        repository.git("config", key, value)
    names = git(
        ["ls-files", "--others", "--cached"], cwd=repository.path, environ={**repository.env, "GIT_PAGER": "./marker"}
    )
    assert "é.txt" in names.decode()
    assert not (marker.parent / "started").exists()


@pytest.mark.parametrize(
    "environ",
    [
        {"GIT_GLOB_PATHSPECS": "1"},
        {"GIT_NOGLOB_PATHSPECS": "1"},
        {"GIT_ICASE_PATHSPECS": "1"},
        {"GIT_REDIRECT_STDOUT": "elsewhere"},
        {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_the_environment_does_not_change_the_answer(repository: Repository, environ: dict[str, str]) -> None:
    repository.write("[ab].txt", "1").write("a.txt", "2").stage()
    names = git(["ls-files", "--", "[ab].txt"], cwd=repository.path, environ={**repository.env, **environ})
    assert names == b"[ab].txt\n"


def test_replaced_objects_are_read_as_they_are_pushed(repository: Repository) -> None:
    repository.write("file", "published\n").stage().commit()
    real, other = (
        repository.git("hash-object", "-w", "--stdin", input=text).stdout.strip()
        for text in (b"published\n", b"other\n")
    )
    repository.git("replace", real, other)
    assert repository.git("cat-file", "blob", real).stdout == "other\n"
    assert git(["cat-file", "blob", real], cwd=repository.path, environ=repository.env) == b"published\n"


def test_grafts_hide_no_commit(repository: Repository) -> None:
    repository.write("a", "1").stage().commit().write("a", "2").stage().commit()
    head = repository.git("rev-parse", "HEAD").stdout
    (repository.path / ".git/info/grafts").write_text(head)
    assert repository.git("rev-list", "--count", "HEAD").stdout == "1\n"
    assert git(["rev-list", "--count", "HEAD"], cwd=repository.path, environ=repository.env) == b"2\n"


def test_an_error_is_one_line_of_gits_own_words(repository: Repository) -> None:
    with pytest.raises(PartFailed) as failure:
        git(["rev-parse", "--verify", "no\u202esuch\x1b[31m"], cwd=repository.path, environ=repository.env)
    message = str(failure.value)
    assert message.startswith("git rev-parse failed: fatal: Needed a single revision")
    assert message.isprintable()


def test_no_such_folder_and_no_git_are_failures(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(PartFailed, match="could not be started"):
        git(["status"], cwd=tmp_path / "none", environ=repository.env)
    with pytest.raises(PartFailed, match="git was not found"):
        git(["status"], cwd=repository.path, environ={**repository.env, "PATH": ""})
