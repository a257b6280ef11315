"""Every console session in the documentation is played in a scratch repository, and has to go as the page says.

The repository is the one of scripts/demo.py: a small web service, and, staged, what an assistant wrote. ``$EDITOR`` mends that file.
A command must succeed, unless the next one is ``echo $?``.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.demo import EXPORT, environment, fixed_export, leaking_export, write_service

from .markdown import PAGES, Block, Command, blocks, commands, pattern, read

SHELLS = {"bash", "sh", "shell", "zsh"}


@pytest.fixture
def scratch(tmp_path: Path, home: Path, shared_cache: Path) -> tuple[Path, dict[str, str]]:
    """The repository, and the environment to work in it."""
    work, editor = tmp_path / "ledger", tmp_path / "editor"
    environ = environment(home) | {"XDG_CACHE_HOME": str(shared_cache)}
    mended = tmp_path / "mended.py"
    mended.write_text(fixed_export())
    editor.write_text(f'#!/bin/sh\ncp {shlex.quote(str(mended))} "$1"\n')
    editor.chmod(0o755)
    write_service(work)
    _git(work, environ, "init", "-q", "-b", "main")
    _git(work, environ, "commit", "-q", "--allow-empty", "-m", "Begin")
    _git(work, environ, "add", "-A")
    _git(work, environ, "commit", "-q", "-m", "Serve the monthly ledger")
    (work / EXPORT).write_text(leaking_export())
    _git(work, environ, "add", EXPORT)
    return work, environ | {"EDITOR": str(editor), "GIT_PAGER": "cat", "COLUMNS": "100", "TERM": "dumb"}


def _git(work: Path, environ: dict[str, str], *args: str) -> None:
    subprocess.run(["git", *args], cwd=work, env=environ, check=True, capture_output=True)


def _played(page: str) -> list[Command]:
    return [
        command
        for block in blocks(read(page))
        if block.language == "console" and block.not_run is None
        for command in commands(block.body)
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the sessions are for a POSIX shell")
@pytest.mark.parametrize("page", [page for page in PAGES if _played(page)])
def test_the_sessions_of_a_page_go_as_it_says(page: str, scratch: tuple[Path, dict[str, str]]) -> None:
    session = _played(page)
    outcomes = _play(session, *scratch)
    for index, (command, (status, printed)) in enumerate(zip(session, outcomes, strict=True)):
        wanted = pattern(command.prints)
        assert wanted.fullmatch(printed), (
            f"{page}: $ {command.typed}\n{printed}\n-- but the page says --\n{command.prints}"
        )
        asked = index + 1 < len(session) and session[index + 1].typed == "echo $?"
        assert status == 0 or asked, f"{page}: $ {command.typed}\nexit {status}\n{printed}"


def _play(session: list[Command], work: Path, environ: dict[str, str]) -> list[tuple[int, str]]:
    """Each command's exit code and what it printed, all in one shell."""
    script = ["status=0"]
    for command in session:
        script += [f"(exit $status); eval {shlex.quote(command.typed)}", "status=$?", 'printf "\\n@@%s@@\\n" "$status"']
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", "\n".join(script)],
        cwd=work, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    parts = re.split(r"\n@@(\d+)@@\n", done.stdout)
    return [(int(status), _tidy(printed)) for printed, status in zip(parts[0::2], parts[1::2], strict=False)]


def _tidy(printed: str) -> str:
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)


def test_the_finding_that_is_shown_as_json_is_a_real_one(scratch: tuple[Path, dict[str, str]]) -> None:
    (shown,) = [json.loads(block.body) for block in blocks(read("docs/formats.md")) if block.language == "json"]
    ((_, printed),) = _play([Command("countermark check --staged --format json", "")], *scratch)
    assert shown["findings"][0] in json.loads(printed)["findings"]


@pytest.mark.parametrize("page", PAGES)
def test_no_session_escapes_the_tests(page: str) -> None:
    for block in blocks(read(page)):
        assert block.language, f"{page}:{block.line}: name the language of the block"
        assert block.language not in SHELLS, (
            f"{page}:{block.line}: a console block with `$ ` is run, a {block.language} block is not"
        )
        assert block.language != "console" or commands(block.body), (
            f"{page}:{block.line}: no command in this console block"
        )
        assert block.not_run is None or len(block.not_run.split()) > 2, f"{page}:{block.line}: say why it is not run"


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("", "", True),
        ("one", "one\n", True),
        ("one", "two\n", False),
        ("one", "one\ntwo\n", False),
        ("one\n…", "one\ntwo\n", True),
        ("…\ntwo", "one\ntwo\n", True),
        ("…", "", True),
        ("in … files", "in 12 files\n", True),
        ("in … files", "in 12\nfiles\n", False),
        ("", "surprise\n", False),
    ],
)
def test_what_a_page_shows_is_compared(shown: str, printed: str, *, same: bool) -> None:
    assert bool(pattern(shown).fullmatch(printed)) is same


def test_a_failing_or_lying_session_is_noticed(scratch: tuple[Path, dict[str, str]]) -> None:
    text = "```console\n$ printf 'a\\nb\\n'\na\nb\n$ cat <<X\n> held\n> X\nheld\n$ false\n$ echo $?\n1\n```\n"
    (block,) = blocks(text)
    assert block == Block("console", block.body, 1, None)
    assert _play(commands(block.body), *scratch) == [(0, "a\nb\n"), (0, "held\n"), (1, ""), (0, "1\n")]
