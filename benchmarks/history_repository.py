"""A repository with thousands of commits, made from the files of a tree: real text, grown and trimmed in small steps, and no network.

Its size is that of a library which is ten years old: 3,700 commits that bring some 7,400 versions of 420 files.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

from attrs import define

_FILES = 420
_SMALLEST, _LARGEST = 4_000, 60_000  # bytes of a file that people would write
_EACH = 2  # files in a commit
_AUTHORS = ("Ada <ada@example.invalid>", "Grace <grace@example.invalid>", "Edsger <edsger@example.invalid>")
_BEGAN = 1_400_000_000
_PACE = 40_000  # seconds between commits


def make(tree: Path, repository: Path, commits: int = 3_700) -> None:
    """Fill a folder with such a repository."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", repository], check=True)
    stream = b"".join(_stream(_texts(tree), commits))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=stream, check=True)
    subprocess.run(["git", "gc", "--quiet"], cwd=repository, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard", "main"], cwd=repository, check=True)


@define
class _Growing:
    """A file that some commits have written in part."""

    path: str
    lines: list[bytes]
    steps: int
    done: int = 0

    def step(self, random: Random) -> bytes:
        """The next version: a few lines more, and one line changed."""
        self.done += 1
        shown = self.lines[: max(1, len(self.lines) * min(self.done, self.steps) // self.steps)]
        at = random.randrange(len(shown))
        return b"".join((*shown[:at], b"# revised %d\n" % self.done, *shown[at:]))


def _texts(tree: Path) -> list[tuple[str, bytes]]:
    paths = sorted(path for path in tree.rglob("*.py") if _SMALLEST < path.stat().st_size < _LARGEST)
    chosen = paths[:: max(1, len(paths) // _FILES)][:_FILES]
    return [(path.relative_to(tree).as_posix(), path.read_bytes()) for path in chosen]


def _stream(texts: list[tuple[str, bytes]], commits: int) -> Iterator[bytes]:
    random = Random(1)  # noqa: S311 - the same repository on every run
    steps = commits * _EACH // len(texts)
    files = [_Growing(path, data.splitlines(keepends=True), steps) for path, data in texts]
    for number in range(commits):
        author = random.choice(_AUTHORS).encode()
        yield b"commit refs/heads/main\ncommitter %s %d +0000\ndata 6\nchange\n" % (author, _BEGAN + number * _PACE)
        for file in random.sample(files, _EACH):
            data = file.step(random)
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (file.path.encode(), len(data), data)
