"""What of a commit message git keeps, and so what has to be looked at."""

from __future__ import annotations

import subprocess

import pytest

from countermark_hooks.message import kept
from tests.support import Repository

SCISSORS = b"# ------------------------ >8 ------------------------\n"
MESSAGE = b"subject\n\n# a comment\nbody\n" + SCISSORS + b"# Do not touch the line above.\n+key\n"
STRIPPED = b"subject\n\n\nbody\n"
EDITOR = {"GIT_EDITOR": "vim"}
NO_EDITOR = {"GIT_EDITOR": ":"}


@pytest.mark.parametrize(
    ("settings", "environ", "raw", "expected"),
    [
        ({}, EDITOR, MESSAGE, STRIPPED),
        ({}, {}, MESSAGE, STRIPPED),
        ({}, NO_EDITOR, MESSAGE, MESSAGE),
        ({"commit.cleanup": "strip"}, NO_EDITOR, b"a\n#b\n", b"a\n\n"),
        ({"commit.cleanup": "whitespace"}, EDITOR, b"a\n#b\n", b"a\n#b\n"),
        ({"commit.cleanup": "verbatim"}, EDITOR, b"a\n#b\n", b"a\n#b\n"),
        ({"commit.cleanup": "scissors"}, NO_EDITOR, MESSAGE, b"subject\n\n# a comment\nbody\n"),
        ({"core.commentChar": ";"}, EDITOR, b"a\n;b\n#c\n" + SCISSORS.replace(b"#", b";") + b"+x\n", b"a\n\n#c\n"),
        ({"core.commentString": "//"}, EDITOR, b"a\n//b\n#c\n", b"a\n\n#c\n"),
        ({"core.commentChar": "auto"}, EDITOR, b"a\n#b\n;c\n", b"a\n#b\n;c\n"),
        ({}, EDITOR, b"a\r\n# b\r\nc\xff\x00", b"a\r\n\nc\xff\x00"),
        ({}, EDITOR, b"", b""),
    ],
)
def test_kept(settings: dict[str, str], environ: dict[str, str], raw: bytes, expected: bytes) -> None:
    assert kept(raw, settings.get, environ) == expected


def test_git_tells_its_hooks_when_no_editor_was_used(repository: Repository) -> None:
    """What the whole rests on: git sets GIT_EDITOR to `:` for them, and keeps comments then."""
    hook = repository.path / ".git/hooks/commit-msg"
    hook.write_text('#!/bin/sh\necho "editor=$GIT_EDITOR"\n')
    hook.chmod(0o755)

    def commit(*arguments: str) -> subprocess.CompletedProcess[str]:
        return repository.git("commit", "--allow-empty", *arguments, env={"EDITOR": "printf 'x\\n#y\\n' >"})

    assert "editor=:" in commit("-m", "a\n#b").stderr
    assert repository.git("log", "-1", "--format=%B").stdout == "a\n#b\n\n"
    assert "editor=:" not in commit().stderr
    assert repository.git("log", "-1", "--format=%B").stdout == "x\n\n"
