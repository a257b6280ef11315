"""Whether Countermark on the disk is still the one in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import countermark_rules

_DATA = {".json", ".names", ".set", ".txt"}


class Installed(NamedTuple):
    """The files that this process runs on, and what they were when it had read them all."""

    files: dict[str, tuple[int, int, int]]

    @classmethod
    def now(cls) -> Installed:
        """What is there now. Raises OSError where a file has gone already."""
        return cls({path: _state(path) for path in {sys.executable, *_modules(), *_data()}})

    def changed(self) -> bool:
        """Whether a file is another one now, or gone: after an upgrade, say."""
        try:
            return any(_state(path) != state for path, state in self.files.items())
        except OSError:
            return True

    def newer_than(self, nanoseconds: int) -> bool:
        """Whether a file was written after a time, of the clock that stamps files."""
        return any(written > nanoseconds for written, _, _ in self.files.values())


def _modules() -> Iterator[str]:
    """The files of what was imported from outside of the standard library."""
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if path and name.partition(".")[0] not in sys.stdlib_module_names and os.path.isabs(path):  # noqa: PTH117 - light
            yield path


def _data() -> Iterator[str]:
    """What rules are made of besides."""
    package = Path(countermark_rules.__file__).parent
    return (str(path) for path in package.rglob("*") if path.suffix in _DATA)


def _state(path: str) -> tuple[int, int, int]:
    found = os.stat(path)  # noqa: PTH116 - hundreds of them before each hook
    return found.st_mtime_ns, found.st_size, found.st_ino
