"""Our hooks as they run all day: with a resident process that is ready."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def resident(runtime: Path) -> Iterator[None]:
    """A resident process of ours that is ready; the name of its folder has to be short enough for a socket."""
    os.environ |= {"XDG_RUNTIME_DIR": str(runtime), "COUNTERMARK_RESIDENT": "1"}
    with subprocess.Popen([sys.executable, "-I", "-m", "countermark_hooks.resident.server"]) as process:
        while process.poll() is None and not any(path.is_socket() for path in runtime.glob("countermark/*")):
            time.sleep(0.05)
        yield
        process.terminate()
