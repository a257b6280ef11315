"""What is inside archives, and that none can be a bomb."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.change import FileChange, Skipped, Unreadable
from countermark.changes import archives
from countermark.changes.archives import members
from countermark.config.schema import Limits
from tests.support import Repository, fake_aws_key

FILES = {"a.txt": b"one\n", "inner/b.py": b"two\n"}


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def inside(name: str, data: bytes, **limits: int) -> dict[str, bytes | str]:
    """Each member with its bytes, or with why there are none."""
    return {
        entry.path: entry.after.data if isinstance(entry, FileChange) else entry.why
        for entry in members(name, data, Limits(**limits))
    }


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.zip", zipped),
        ("x.whl", zipped),
        ("x.tar", tarred),
        ("x.tar.gz", lambda files: tarred(files, "w:gz")),
        ("x.tgz", lambda files: gzip.compress(tarred(files))),
        ("x.tar.bz2", lambda files: bz2.compress(tarred(files))),
        ("x.txz", lambda files: lzma.compress(tarred(files))),
    ],
)
def test_each_member_has_its_place(name: str, pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    assert inside(name, pack(FILES)) == {f"{name}!/{path}": data for path, data in FILES.items()}


def test_a_packed_file_is_one_file() -> None:
    assert inside("dump.sql.gz", gzip.compress(b"text\n")) == {"dump.sql.gz!/dump.sql": b"text\n"}


def test_archives_in_archives_are_opened_three_deep() -> None:
    data = b"deep\n"
    for _ in range(5):
        data = zipped({"n.zip": data})
    [(path, why)] = inside("x.zip", data).items()

    assert path == "x.zip!/n.zip!/n.zip!/n.zip"
    assert why == "binary"


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x", "a/./../b", "\\..\\x"])
def test_a_name_leads_nowhere_else(name: str) -> None:
    [path] = inside("x.tar", tarred({name: b"x"}))

    assert path.startswith("x.tar!/")
    assert ".." not in path.split("/")


def test_a_large_member_is_named() -> None:
    found = inside("x.zip", zipped({"big": b"a" * 2_000, "small": b"b"}), file_bytes=1_000)

    assert "larger than 1000 bytes" in str(found["x.zip!/big"])
    assert found["x.zip!/small"] == b"b"


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.zip", zipped),
        ("x.tgz", lambda files: tarred(files, "w:gz")),
        ("x.gz", lambda files: gzip.compress(b"".join(files.values()))),
    ],
)
def test_a_bomb_is_left_in_time(name: str, pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    bomb = pack({f"{number}": b"\0" * 50_000 for number in range(20)})
    budget = archives._Budget(bytes=100_000)
    found = list(archives._opened(name, bomb, Limits(), budget, 1))

    assert isinstance(found[-1], Unreadable)
    assert "not looked at to the end" in found[-1].why


def test_too_many_members_end_it() -> None:
    budget = archives._Budget(members=3)
    found = list(archives._opened("x.zip", zipped({str(n): b"x" for n in range(9)}), Limits(), budget, 1))

    assert [type(one) for one in found] == [FileChange] * 3 + [Unreadable]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"no archive", gzip.compress(b"x" * 5_000, mtime=0)[:20], zipped(FILES)[:60]],
    ids=["empty", "letters", "text", "gzip", "zip"],
)
def test_a_damaged_one_is_no_clean_one(data: bytes) -> None:
    assert isinstance(list(members("x.zip", data, Limits()))[-1], Unreadable)


@given(st.binary(max_size=600), st.sampled_from([b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b""]))
def test_any_bytes_end_in_entries(data: bytes, magic: bytes) -> None:
    for entry in members("x.zip", magic + data, Limits()):
        assert isinstance(entry, FileChange | Skipped | Unreadable)


def test_check_opens_archives_when_asked(repository: Repository) -> None:
    repository.write("build.whl", zipped({"pkg/settings.py": f"key = '{fake_aws_key()}'\n".encode()}))

    assert repository.countermark("check").returncode == 0
    asked = repository.countermark("check", "--archives")

    assert asked.returncode == 1
    assert "build.whl!/pkg/settings.py" in asked.stdout
    assert repository.countermark("check", "--archives", "--staged").returncode == 2
