"""Settings are read from one version, as regular files of the tree and from nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from countermark.errors import PartFailed, UsageError
from countermark.git.objects import Objects
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot, WorktreeSnapshot
from countermark.snapshot import Snapshot
from tests.core.opened import opened
from tests.support import Repository

KINDS = ["worktree", "index", "index, shared process", "commit"]


def snapshot(kind: str, repository: Repository) -> Snapshot:
    found = opened(repository)
    if kind == "commit":
        repository.commit()
        return CommitSnapshot(found, "HEAD")
    if kind == "worktree":
        return WorktreeSnapshot(repository.path)
    return IndexSnapshot(found, Objects(found) if "shared" in kind else None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("countermark.toml", b"[policy]\n"),
        ("./sub//settings.toml", b"deep\n"),
        ("sub/../countermark.toml", b"[policy]\n"),
        ("empty", b""),
        ("no line end", b"x"),
        ("none", None),
        ("sub", None),
        ("link", None),
        ("linked/settings.toml", None),
        ("../outside", None),
        ("/etc/hostname", None),
        (":/change", None),
        ("1:countermark.toml", None),
        ("a\nb", None),
        ("a\0b", None),
        ("", None),
        ("\udcff", b"bytes\n"),
    ],
)
def test_only_regular_files_inside_are_read(repository: Repository, kind: str, path: str, data: bytes | None) -> None:
    repository.write("countermark.toml", "[policy]\n").write("sub/settings.toml", "deep\n").write("empty", "")
    repository.write("no line end", "x").write("../outside", "secret\n")
    (repository.path / "link").symlink_to("countermark.toml")
    (repository.path / "linked").symlink_to("sub")
    Path(os.fsdecode(os.fsencode(repository.path) + b"/\xff")).write_bytes(b"bytes\n")
    repository.stage()
    assert snapshot(kind, repository).read(path) == data


def test_each_snapshot_is_of_its_own_version(repository: Repository) -> None:
    repository.write("f", "committed\n").stage().commit().write("f", "staged\n").stage().write("f", "worktree\n")
    found = opened(repository)
    snapshots = (CommitSnapshot(found, "HEAD"), IndexSnapshot(found), WorktreeSnapshot(repository.path))
    assert [each.read("f") for each in snapshots] == [b"committed\n", b"staged\n", b"worktree\n"]


def test_a_commit_that_does_not_exist_is_a_mistake_of_the_caller(repository: Repository) -> None:
    with pytest.raises(UsageError, match="unknown revision: HEAD"):
        CommitSnapshot(opened(repository), "HEAD")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(repository: Repository) -> None:
    repository.write("countermark.toml", "")
    (repository.path / "countermark.toml").chmod(0)
    with pytest.raises(PartFailed, match=r"countermark\.toml: cannot be read: Permission denied"):
        WorktreeSnapshot(repository.path).read("countermark.toml")


def test_settings_beyond_all_measure_are_a_failure(repository: Repository) -> None:
    with (repository.path / "countermark.toml").open("wb") as file:
        file.truncate(2**31)
    with pytest.raises(PartFailed, match=r"countermark\.toml: larger than"):
        WorktreeSnapshot(repository.path).read("countermark.toml")


def test_a_pipe_is_no_settings_file(repository: Repository) -> None:
    os.mkfifo(repository.path / "countermark.toml")
    assert WorktreeSnapshot(repository.path).read("countermark.toml") is None
