"""What is inside archives, for those who ask. An archive may be a bomb: its members, their bytes and its depth are limited."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, cast

from attrs import define

from countermark.change import FileChange, Skipped, Unreadable
from countermark.config.schema import Limits
from countermark.content import Content

from .classify import traits
from .entries import Entry, from_blob

LARGEST = 100_000_000  # bytes of an archive as it lies on the disk
_MOST_BYTES = 500_000_000  # unpacked, of one archive with all those inside
_MOST_MEMBERS = 20_000
_DEEPEST = 3
_NAMES = re.compile(
    r"\.(?:zip|jar|war|ear|aar|apk|ipa|whl|egg|nupkg|vsix|xpi|crx|tar|tgz|tbz2?|txz|(?:tar\.)?(?:gz|bz2|xz)|gem|crate|conda)$",
    re.IGNORECASE,
)
_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file))),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)$", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


class _TooMuch(Exception):  # noqa: N818 - it names what happened
    """An archive holds more than anybody wants to unpack."""


@define
class _Budget:
    """What may still be unpacked."""

    bytes: int = _MOST_BYTES
    members: int = _MOST_MEMBERS

    def take(self, count: int) -> None:
        self.bytes -= count
        if self.bytes < 0:
            raise _TooMuch(f"it unpacks to more than {_MOST_BYTES} bytes")

    def member(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise _TooMuch(f"it holds more than {_MOST_MEMBERS} files")


@define
class _Counted:
    """A stream that says how much was unpacked, whoever reads it: tarfile reads headers, and past what nobody wants."""

    stream: IO[bytes]
    budget: _Budget

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self.budget.take(len(data))
        return data


def is_archive(name: str) -> bool:
    """Whether a file's name is one of an archive, or of a packed file."""
    return bool(_NAMES.search(name))


def members(path: str, data: bytes, limits: Limits) -> Iterator[Entry]:
    """The files in an archive, each as ``<archive>!/<name>``; what cannot be unpacked, or not to the end, is named."""
    yield from _opened(path, data, limits, _Budget(), 1)


def _opened(path: str, data: bytes, limits: Limits, budget: _Budget, depth: int) -> Iterator[Entry]:
    try:
        for name, blob in _files(path, data, limits, budget):
            yield from _member(f"{path}!/{name}", blob, limits, budget, depth)
    except _TooMuch as fault:
        yield Unreadable(path, f"not looked at to the end: {fault}")
    except _BROKEN as fault:  # what they say may quote the archive
        yield Unreadable(path, f"a damaged archive, or one of an unknown kind ({type(fault).__name__})")


def _member(path: str, blob: bytes | None, limits: Limits, budget: _Budget, depth: int) -> Iterator[Entry]:
    if blob is None:
        yield Skipped(path, f"larger than {limits.file_bytes} bytes (limits.file-bytes), or encrypted")
    elif is_archive(path) and depth < _DEEPEST:
        yield from _opened(path, blob, limits, budget, depth + 1)
    else:
        content = from_blob(path, blob, limits)
        yield FileChange(path, content, traits=traits(path, content)) if isinstance(content, Content) else content


def _files(path: str, data: bytes, limits: Limits, budget: _Budget) -> Iterator[tuple[str, bytes | None]]:
    """Names and contents; None for one that is too large or locked."""
    if data.startswith(b"PK"):
        yield from _zipped(data, limits, budget)
        return
    packed = next((unpack for magic, unpack in _PACKED if data.startswith(magic)), None)
    stream: IO[bytes] = io.BytesIO(data)
    counted = _Counted(packed(stream) if packed else stream, budget)
    head = counted.read(512)
    joined = cast("IO[bytes]", _Joined(head, counted))
    if head[257:262] == b"ustar":
        yield from _tarred(joined, limits, budget)
    elif packed:
        budget.member()
        name = _SUFFIX.sub("", path.rpartition("/")[2])
        yield name, _bounded(joined, limits.file_bytes)
    else:
        raise tarfile.ReadError


@define
class _Joined:
    """What was read of a stream already, then its rest."""

    head: bytes
    rest: _Counted

    def read(self, size: int = -1) -> bytes:
        if not self.head:
            return self.rest.read(size)
        taken = self.head if size < 0 else self.head[:size]
        self.head = self.head[len(taken) :]
        return taken


def _zipped(data: bytes, limits: Limits, budget: _Budget) -> Iterator[tuple[str, bytes | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            budget.member()
            if info.is_dir():
                continue
            if info.flag_bits & 1:
                yield _name(info.filename), None
                continue
            with archive.open(info) as file:
                yield _name(info.filename), _bounded(cast("IO[bytes]", _Counted(file, budget)), limits.file_bytes)


def _tarred(stream: IO[bytes], limits: Limits, budget: _Budget) -> Iterator[tuple[str, bytes | None]]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            budget.member()
            if info.isreg() and (file := archive.extractfile(info)) is not None:
                yield _name(info.name), _bounded(file, limits.file_bytes)


def _bounded(file: IO[bytes], most: int) -> bytes | None:
    """All that a file holds, or None where that is more than anybody looks at."""
    pieces: list[bytes] = []
    size = 0
    while size <= most and (piece := file.read(min(most + 1 - size, 1 << 20))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces) if size <= most else None


def _name(name: str) -> str:
    """A member's name without what would make it look like a path elsewhere."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}) or "unnamed"
