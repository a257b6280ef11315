"""Real editors with the settings that ship for them: what lies behind wide characters is found and mended, and a hunk is reviewed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from countermark.review.agents import by_parents
from tests.core.provenance.acting import Actors
from tests.support import Repository

pytestmark = pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused")

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
BEFORE = 'x = "é😀\u2028"; y = '
CALL = 'requests.get("https://a.invalid", timeout=3, verify=False)'
TEXT = f"import requests\n# é 😀 \u2028 \x0c\n{BEFORE}{CALL}  # é😀\n"
HUNK = ("", "", "def double(number):", "    return number * 2  # 😀")
CHARACTERS, UNITS = [2, len(BEFORE)], [2, len(BEFORE.encode("utf-16-le")) // 2]


@frozen
class Client:
    """An editor's client. ``package`` is Debian's, ``marker`` what it installs, ``said`` what answers the editor's questions."""

    command: tuple[str, ...]
    settings: str
    package: str
    marker: str
    said: str = ""

    @property
    def missing(self) -> str:
        """Why it cannot be run here, or nothing."""
        there = shutil.which(self.command[0]) and any(Path("/").glob(self.marker))
        return "" if there else f"not installed: Debian's {self.package}"


def _emacs(script: str) -> tuple[str, ...]:
    return ("emacs", "-q", "--batch", "-l", str(HERE / "common.el"), "-l", str(HERE / script))


LISP = "usr/share/emacs/**"
CLIENTS = {
    "eglot": Client(_emacs("eglot.el"), "emacs/countermark.el", "emacs-nox and elpa-eglot", f"{LISP}/eglot.el*"),
    "lsp-mode": Client(
        _emacs("lsp-mode.el"), "emacs/countermark.el", "emacs-nox and elpa-lsp-mode", f"{LISP}/lsp-mode.el*"
    ),
    "ale": Client(
        ("vim", "-Nu", str(HERE / "ale.vim"), "-es"),
        "vim/countermark.vim",
        "vim and vim-ale",
        "usr/share/vim-ale",
        said="1\n1\n",
    ),
}


def run(client: Client, repository: Repository, tmp_path: Path) -> dict[str, Any]:
    """What the editor's session saw."""
    answer = tmp_path / "result.json"
    env = {
        **repository.env,
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), repository.env["PATH"])),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "COUNTERMARK_SETTINGS": str(ROOT / "editors" / client.settings),
        "COUNTERMARK_RESULT": str(answer),
    }
    done = subprocess.run(
        client.command, cwd=repository.path, env=env, input=client.said, capture_output=True, text=True, timeout=200, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr + (answer.read_text("utf-8") if answer.exists() else "")
    return dict(json.loads(answer.read_text("utf-8")))


@pytest.mark.parametrize("name", CLIENTS)
def test_an_editor_finds_fixes_and_reviews_behind_wide_characters(
    name: str, repository: Repository, tmp_path: Path
) -> None:
    client = CLIENTS[name]
    if client.missing:
        pytest.skip(client.missing)
    repository.write("a.py", "import requests\n").stage().commit().write("a.py", TEXT)
    Actors(repository).agent("a.py", *TEXT.split("\n")[:-1], *HUNK)
    before = (repository.path / "a.py").read_bytes()

    session = run(client, repository, tmp_path)

    assert session.get("place", CHARACTERS) == CHARACTERS
    assert session.get("sent", UNITS) == UNITS
    assert session.keys() & {"place", "sent"}
    assert (repository.path / "a.py").read_bytes() == before.replace(b", verify=False", b"")
    [entry] = map(json.loads, (repository.path / ".git/countermark/reviews.jsonl").read_text("utf-8").splitlines())
    assert (entry["decision"], entry["face"], entry["path"]) == ("approve", "editor", "a.py")
