"""The scripts, up to the point where they would install something."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .markdown import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash")


@pytest.mark.parametrize("script", ["test", "demo", "lint", "docs"])
@pytest.mark.parametrize(
    ("interpreter", "says"),
    [
        (None, "not found"),
        ('case "$1" in -V) echo Python 3.9.2;; *) exit 1;; esac', "3.9.2"),
        ('case "$2" in *version_info*) ;; *_base_executable*) echo "$0" ;; *) exit 1 ;; esac', "no venv module"),
    ],
)
def test_a_python_that_will_not_do_is_one_clear_line(
    script: str, interpreter: str | None, says: str, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    if interpreter is not None:
        python.write_text(f"#!/bin/sh\n{interpreter}\n")
        python.chmod(0o755)
    done = subprocess.run(
        [ROOT / "scripts" / script], cwd=tmp_path, env=os.environ | {"PYTHON": str(python)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{script}: ")
    assert says in done.stderr


@pytest.mark.parametrize(
    "script", sorted(path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)
)
def test_every_script_can_be_run_and_is_shown(script: str) -> None:
    assert os.access(ROOT / "scripts" / script, os.X_OK)
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    assert any(f"scripts/{script}" in page.read_text() for page in pages)
