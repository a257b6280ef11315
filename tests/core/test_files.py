"""Atomic writes: the old content or the new, whatever happens, and one clear line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from countermark.errors import ExitCode, PartFailed
from countermark.files import locked, write_atomically

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and limits")


def write(path: Path, content: str, prepare: str = "") -> subprocess.CompletedProcess[str]:
    """Write a file from a process of its own, after it has run ``prepare``."""
    code = (
        "import os, resource, sys\nfrom pathlib import Path\nfrom countermark.errors import CountermarkError\n"
        f"from countermark.files import write_atomically\n{prepare}\n"
        "try:\n    write_atomically(Path(sys.argv[1]), sys.argv[2].encode())\n"
        "except CountermarkError as fault:\n    print(fault)\n    sys.exit(fault.exit_code)\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", code, str(path), content], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("old", [None, b"old", b""])
def test_a_file_is_created_or_replaced(tmp_path: Path, old: bytes | None) -> None:
    path = tmp_path / "new" / "folder" / "file"
    if old is not None:
        path.parent.mkdir(parents=True)
        path.write_bytes(old)
    write_atomically(path, b"new\0\xff")
    assert path.read_bytes() == b"new\0\xff"
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


@posix
@pytest.mark.parametrize(
    ("old", "mode", "expected"),
    [(None, None, 0o640), (None, 0o755, 0o755), (0o600, None, 0o600), (0o600, 0o755, 0o755), (0o777, None, 0o777)],
)
def test_permissions(tmp_path: Path, old: int | None, mode: int | None, expected: int) -> None:
    path = tmp_path / "file"
    if old is not None:
        path.write_bytes(b"old")
        path.chmod(old)
    mask = os.umask(0o027)
    try:
        write_atomically(path, b"new", mode=mode)
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o7777 == expected


@posix
def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"precious")
    link = tmp_path / "file"
    link.symlink_to("elsewhere")
    write_atomically(link, b"new")
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"
    assert (tmp_path / "elsewhere").read_bytes() == b"precious"


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 125)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@posix
def test_no_room_leaves_the_old_file(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the write breaks off in the middle."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    done = write(path, "x" * 10_000, "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))")
    assert (done.returncode, done.stderr) == (ExitCode.BROKEN, "")
    assert done.stdout == f"{path} could not be written: it would be larger than a file may be here\n"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@posix
def test_a_read_only_folder_is_one_clear_line(public: Path) -> None:
    path = public / "file"
    path.write_bytes(b"old")
    public.chmod(0o555)
    done = write(path, "new", "if os.getuid() == 0: os.setuid(65534)")  # the superuser may write anywhere
    public.chmod(0o755)
    assert (done.returncode, done.stderr) == (ExitCode.BROKEN, "")
    assert done.stdout == f"{path} could not be written: permission denied\n"
    assert path.read_bytes() == b"old"


def test_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "below", tmp_path / "folder"):
        with pytest.raises(PartFailed, match="could not be written"):
            write_atomically(path, b"new")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


def test_names_are_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PartFailed) as raised:
        write_atomically(tmp_path / "file" / "a\nb\u202e", b"")
    assert "a\\nb\\u202e" in str(raised.value)


@posix
def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = {letter * 200_000 for letter in "ab"}
    write_atomically(path, b"a" * 200_000)
    loop = (
        "from countermark.files import write_atomically\nfrom pathlib import Path\nimport sys\n"
        "while True:\n    for letter in b'ab':\n        write_atomically(Path(sys.argv[1]), bytes([letter]) * 200_000)\n"
    )
    writer = subprocess.Popen([sys.executable, "-I", "-c", loop, str(path)])
    try:
        end = time.monotonic() + 0.7
        seen = set()
        while time.monotonic() < end:
            seen.add(path.read_text())
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert seen <= contents
    assert path.read_text() in contents


HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom countermark.files import locked\n"
    "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
)


def test_a_lock_is_held_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("countermark.files._PATIENCE", 0.2)
    path = tmp_path / "new" / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-I", "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(PartFailed, match="another process of Countermark"), locked(path):
            pytest.fail("two hold it")
        holder.stdin.close()
        holder.wait()
    with locked(path):
        pass


@posix
def test_a_killed_holder_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("countermark.files._PATIENCE", 5.0)
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-I", "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with locked(path):
        pass


def test_no_lock_where_there_can_be_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PartFailed, match="could not be locked"), locked(tmp_path / "file" / "lock"):
        pytest.fail("locked")
