"""A running git process: one that answers questions, so that one start serves many, or one whose long answer is read in passing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from subprocess import PIPE
from typing import IO, Self, cast

from countermark.errors import PartFailed

from .process import failed, start
from .repository import Repository

_MOST_COMPLAINTS = 8192
_CHUNK = 1 << 16
_WIDE = 1 << 19


class Dialogue:
    """One running command. Use it as a context manager; dropping it ends the process too.

    ``source`` is another one, whose output becomes this one's input.
    """

    def __init__(self, repository: Repository, args: Sequence[str], *, source: Dialogue | None = None) -> None:
        self._args = args
        stdin = source._out if source else PIPE  # noqa: SLF001 - it is one of us
        # A pipe that nobody reads would stop git once it is full of complaints.
        self._complaints = _scratch()
        self._process = start(
            args, cwd=repository.root, environ=repository.environ, stdin=stdin, stderr=self._complaints
        )
        if source:
            source._out.close()  # noqa: SLF001 - else it would not notice when this one ends
        self._in = cast("BufferedWriter", self._process.stdin)
        self._out: BufferedReader = cast("BufferedReader", self._process.stdout)
        _widen(self._out)
        self._owner = os.getpid()

    def ask(self, question: bytes) -> None:
        """Send a question; when git is gone, the answer says so."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._in.write(question)
            self._in.flush()

    def line(self) -> bytes:
        """The next line without its end. Raises PartFailed when git ended instead."""
        return self._some(self._out.readline()).removesuffix(b"\n")

    def exactly(self, size: int) -> bytes:
        """That many bytes. Raises PartFailed when git ended before."""
        data = self._out.read(size)
        if len(data) < size:
            raise self._ended()
        return data

    def available(self) -> bytes:
        """What has arrived, at least one byte. Raises PartFailed when git ended instead."""
        return self._some(self._out.read1(_CHUNK))

    def rest(self) -> Iterator[bytes]:
        """All that it prints, in pieces. Raises PartFailed when it fails."""
        while data := self._out.read1(_CHUNK):
            yield data
        self.finish()

    def finish(self) -> None:
        """Wait for the end. Raises PartFailed when it fails."""
        if self._process.wait():
            raise self._ended()

    def close(self) -> None:
        """End git. It only reads, so nothing is lost."""
        self._process.kill()
        with suppress(OSError), self._process:
            self._complaints.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_owner", None) == os.getpid():  # a forked worker drops its copy and must not end git
            self.close()

    def _some(self, data: bytes) -> bytes:
        if not data:
            raise self._ended()
        return data

    def _ended(self) -> PartFailed:
        self._process.wait()
        self._complaints.seek(0)
        return failed(self._args, self._complaints.read(_MOST_COMPLAINTS))


def _widen(pipe: BufferedReader) -> None:
    """Let git work ahead of its reader, where the system can be asked to; a pipe holds less than two files."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the user's share of such memory is used up
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


def _scratch() -> IO[bytes]:
    """A file without a name; where the system can, in memory, which spares the hook an import."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("git"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()
