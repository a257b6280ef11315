"""The settings that ship for editors are well-formed and start the server; the Neovim ones are run in test_neovim.py."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

EDITORS = Path(__file__).parents[2] / "editors"
START = re.compile(r"""['\"]countermark['\"],?\s*(?:args = \[)?['\"]lsp['\"]|'command': '%e lsp'|args = \[\"lsp\"\]""")


def test_every_editor_is_explained_and_none_is_forgotten() -> None:
    folders = sorted(path.name for path in EDITORS.iterdir() if path.is_dir())
    table = (EDITORS / "README.md").read_text("utf-8")

    assert [name for name in folders if not (EDITORS / name / "README.md").is_file()] == []
    assert [name for name in folders if f"({name}/README.md)" not in table] == []


@pytest.mark.parametrize(
    "name",
    ["neovim/lsp/countermark.lua", "helix/languages.toml", "emacs/countermark.el", "vim/countermark.vim",
     "sublime/LSP-countermark.json", "vscode/package.json"],
)  # fmt: skip
def test_settings_start_the_server(name: str) -> None:
    text = (EDITORS / name).read_text("utf-8")
    if name.endswith(".json"):
        json.loads(text)
    if name.endswith(".toml"):
        tomllib.loads(text)

    assert START.search(text)


def test_no_workspace_can_choose_the_program_that_vs_code_starts() -> None:
    package = json.loads((EDITORS / "vscode" / "package.json").read_text("utf-8"))

    assert package["contributes"]["configuration"]["properties"]["countermark.command"]["scope"] == "machine"
