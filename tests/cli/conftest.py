from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _warm(shared_cache: Path) -> None:
    """Make what every check searches with before one is timed by it: on a busy machine that outlasts a file's time limit."""
    code = "from countermark_rules.detectors.secrets.detector import warm; warm()"
    environ = {**os.environ, "XDG_CACHE_HOME": str(shared_cache)}
    subprocess.run([sys.executable, "-I", "-c", code], env=environ, check=True)
