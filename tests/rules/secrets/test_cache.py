"""The cache: made whole, by two at once too, and never believed blindly."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from countermark_rules.detectors.secrets import cache

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")
SCAN = """
import sys
from countermark.change import FileChange
from countermark.content import Content
from countermark_rules.detectors.secrets.detector import SecretsDetector
file = FileChange("a.py", Content(b"key = 'AK" + b"IAZ3MNTUVW4567QRST'"))
print([finding.rule.id for finding in SecretsDetector().detect([file])])
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "countermark"


def scan(home: Path) -> str:
    """What a process of its own finds, with this cache."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", SCAN],
        env={**os.environ, "XDG_CACHE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_what_is_written_is_read(place: Path) -> None:
    assert cache.read("secrets-x") is None
    cache.write("secrets-x", b"data")
    assert cache.read("secrets-x") == b"data"
    assert not [file for file in place.iterdir() if file.name.startswith(".")]


@posix
def test_nobody_else_can_read_it(place: Path) -> None:
    cache.write("secrets-x", b"data")
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "secrets-x").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", [b"", b"short", b"\0" * 100])
def test_a_file_that_was_changed_is_not_read(place: Path, broken: bytes) -> None:
    cache.write("secrets-x", b"data")
    (place / "secrets-x").write_bytes(broken)
    assert cache.read("secrets-x") is None


def test_a_file_under_another_name_is_not_read(place: Path) -> None:
    cache.write("secrets-x", b"data")
    (place / "secrets-x").rename(place / "secrets-y")
    assert cache.read("secrets-y") is None


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_can_write_is_not_used(place: Path, mode: int) -> None:
    cache.write("secrets-x", b"data")
    place.chmod(mode)
    assert cache.folder() is None
    assert cache.read("secrets-x") is None
    cache.write("secrets-z", b"data")
    assert not (place / "secrets-z").exists()


@posix
def test_a_file_that_others_can_write_is_not_read(place: Path) -> None:
    cache.write("secrets-x", b"data")
    (place / "secrets-x").chmod(0o666)
    assert cache.read("secrets-x") is None


@posix
def test_links_are_not_followed(place: Path, tmp_path: Path) -> None:
    cache.write("secrets-x", b"data")
    (place / "secrets-x").rename(tmp_path / "elsewhere")
    (place / "secrets-x").symlink_to(tmp_path / "elsewhere")
    assert cache.read("secrets-x") is None
    place.rename(tmp_path / "folder")
    place.symlink_to(tmp_path / "folder")
    assert cache.folder() is None


def test_no_home_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    (tmp_path / "file").write_text("")
    assert cache.read("secrets-x") is None
    cache.write("secrets-x", b"data")


def test_old_files_are_forgotten(place: Path) -> None:
    for number in range(12):
        cache.write(f"secrets-{number}", b"data")
        os.utime(place / f"secrets-{number}", (number, number))
    cache.write("secrets-new", b"data")
    assert len(list(place.iterdir())) <= 6
    assert cache.read("secrets-new") == b"data"


def test_two_processes_that_make_it_at_once_both_find(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        assert set(pool.map(scan, [tmp_path] * 2)) == {"['secrets/aws-access-key-id']"}
    assert scan(tmp_path) == "['secrets/aws-access-key-id']"


def test_a_corrupt_or_foreign_cache_is_made_anew(shared_cache: Path, tmp_path: Path) -> None:
    scan(shared_cache)
    folder = tmp_path / "countermark"
    folder.mkdir(mode=0o700)
    for file in (shared_cache / "countermark").iterdir():
        (folder / file.name).write_bytes(file.read_bytes()[:-10] + b"corrupted!")
    assert scan(tmp_path) == "['secrets/aws-access-key-id']"
