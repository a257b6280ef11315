"""Only regular files of the tree are read, and nothing that lies about makes a scan wait."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from countermark.errors import CountermarkError, PartFailed
from countermark.git.objects import TooLarge
from countermark.git.worktree import NotRegular, Worktree

MOST = 1000


def lay_out(root: Path) -> None:
    (root / "folder").mkdir()
    (root / "folder/file").write_bytes(b"text\n")
    (root / "link").symlink_to("folder/file")
    (root / "out").symlink_to("/etc/hostname")
    (root / "loop").symlink_to("loop")
    (root / "linked").symlink_to("folder")
    (root / "deep").mkdir()
    (root / "deep/linked").symlink_to("../folder")
    (root / "full").write_bytes(b"x" * MOST)
    (root / "large").write_bytes(b"x" * (MOST + 1))
    os.mkfifo(root / "pipe")
    with (root / "sparse").open("wb") as file:
        file.truncate(2 * 10**9)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("folder/file", b"text\n"),
        ("full", b"x" * MOST),
        ("link", NotRegular("a symbolic link")),
        ("out", NotRegular("a symbolic link")),
        ("loop", NotRegular("a symbolic link")),
        ("linked/file", NotRegular("reached through a symbolic link")),
        ("deep/linked/file", NotRegular("reached through a symbolic link")),
        ("loop/file", NotRegular("reached through a symbolic link")),
        ("folder", NotRegular("a folder or a submodule, to be checked on its own")),
        ("pipe", NotRegular("a named pipe")),
        ("none", NotRegular("it is no longer there")),
        ("full/file", NotRegular("it is no longer there")),
        ("large", TooLarge("larger than 1000 bytes")),
        ("sparse", TooLarge("larger than 1000 bytes")),
        ("a\0b", PartFailed("cannot be read: no file can have this name")),
        ("x" * 300, PartFailed("cannot be read: File name too long")),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_what_is_read_and_what_is_said_instead(tmp_path: Path, name: str, expected: bytes | CountermarkError) -> None:
    lay_out(tmp_path)
    if isinstance(expected, bytes):
        assert Worktree(tmp_path).read(name, at_most=MOST) == expected
        return
    with pytest.raises(type(expected)) as outcome:
        Worktree(tmp_path).read(name, at_most=MOST)
    assert str(outcome.value) == str(expected)


def test_devices_and_sockets_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotRegular, match="a device"):
        Worktree(Path("/dev")).read("null", at_most=MOST)
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(NotRegular, match="a socket"):
            Worktree(tmp_path).read("socket", at_most=MOST)


def test_a_file_that_claims_to_be_empty_is_read_up_to_the_limit() -> None:
    if not Path("/proc/self/maps").exists():
        pytest.skip("/proc has such files")
    assert Worktree(Path("/proc")).read(f"{os.getpid()}/stat", at_most=10_000)
    with pytest.raises(TooLarge):
        Worktree(Path("/proc")).read(f"{os.getpid()}/maps", at_most=100)
