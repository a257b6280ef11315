"""The settings that ship for editors are well-formed, start the server, and name commands that it has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

EDITORS = Path(__file__).parents[2] / "editors"
SERVER = Path(__file__).parents[2] / "lsp_server" / "countermark_lsp"
WORD = r"['\"]\(?countermark['\"]"
START = re.compile(
    rf"""{WORD},?\s*(?:args = \[)?['"]lsp['"]|'command': '%e lsp'|"arguments": \["lsp"\]|"countermark lsp\""""
)
SETTINGS = ("neovim/lsp/countermark.lua", "helix/languages.toml", "emacs/countermark.el", "vim/countermark.vim",
            "sublime/LSP-countermark.json", "vscode/package.json", "zed/settings.json", "jetbrains/lsp4ij/template.json")  # fmt: skip

CLIENTS = (
    "vscode/src/review.ts",
    "vscode/src/marks.ts",
    "vscode/src/extension.ts",
    "neovim/lua/countermark.lua",
    "emacs/countermark.el",
)


def text_of(name: str) -> str:
    return (EDITORS / name).read_text("utf-8")


def test_every_editor_is_explained_and_none_is_forgotten() -> None:
    folders = sorted(path.name for path in EDITORS.iterdir() if path.is_dir())
    table = text_of("README.md")

    assert [name for name in folders if not (EDITORS / name / "README.md").is_file()] == []
    assert [name for name in folders if f"({name}/README.md)" not in table] == []


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_start_the_server(name: str) -> None:
    if name.endswith(".json"):
        json.loads(text_of(name))
    if name.endswith(".toml"):
        tomllib.loads(text_of(name))

    assert START.search(text_of(name))


@pytest.mark.parametrize("name", CLIENTS)
def test_what_clients_ask_of_the_server_is_there(name: str) -> None:
    theirs = "".join(path.read_text("utf-8") for path in SERVER.rglob("*.py"))
    asked = set(re.findall(r"countermark/\w+|countermark\.(?:review|openReview)\b(?=')", text_of(name)))

    assert asked
    assert {one for one in asked if f'"{one}"' not in theirs} == set()


def test_vs_code_has_every_command_that_it_offers_and_offers_every_one() -> None:
    offered = {one["command"] for one in json.loads(text_of("vscode/package.json"))["contributes"]["commands"]}
    registered = set(re.findall(r"command\('(\w+)', ", text_of("vscode/src/extension.ts")))

    assert offered == {f"countermark.{name}" for name in registered}


def test_no_workspace_can_choose_the_program_that_vs_code_starts() -> None:
    package = json.loads(text_of("vscode/package.json"))

    assert package["contributes"]["configuration"]["properties"]["countermark.command"]["scope"] == "machine"


def test_the_extension_is_built_from_pinned_packages_of_any_registry() -> None:
    packages = json.loads(text_of("vscode/package-lock.json"))["packages"]

    assert [name for name, one in packages.items() if name and "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="not installed: node")
def test_the_script_that_drives_vs_code_is_well_formed() -> None:
    subprocess.run(["node", "--check", EDITORS / "vscode/test/drive.mjs"], check=True)
    subprocess.run(["bash", "-n", EDITORS / "vscode/test/run"], check=True)
