"""The commit-msg hook: a secret in a message is for ever too; what git strips is nobody's business."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Repository, fake_github_token

from .conftest import Ended

TOKEN = fake_github_token()
CUT = "# ------------------------ >8 ------------------------"


def test_a_secret_in_a_message_is_stopped(hooked: Repository) -> None:
    done = hooked.git("commit", "--allow-empty", "-m", "use it", "-m", f"token = {TOKEN}", check=False)

    assert done.returncode == 1
    assert "commit message" in done.stderr
    assert TOKEN not in done.stderr
    assert hooked.git("log", "--format=%s").stdout == "first\n"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("subject\n", 0),
        (f"subject\n\n{TOKEN}\n", 1),
        (f"subject\n# {TOKEN}\n", 0),
        (f"subject\n{CUT}\n# what follows is ignored\n+token = {TOKEN}\n", 0),
        (f"{TOKEN}\n{CUT}\n", 1),
        ("", 0),
    ],
)
def test_a_message_from_an_editor(message: str, code: int, hooked: Repository, hook: Callable[..., Ended]) -> None:
    hooked.write(".git/COMMIT_EDITMSG", message)

    assert hook("commit-msg", ".git/COMMIT_EDITMSG", GIT_EDITOR="vim").code == code


def test_the_line_is_that_of_the_message(hooked: Repository, hook: Callable[..., Ended]) -> None:
    hooked.write(".git/COMMIT_EDITMSG", f"subject\n# comment\n\ntoken = {TOKEN}\n")

    assert "4:9" in hook("commit-msg", ".git/COMMIT_EDITMSG", GIT_EDITOR="vim").said


def test_a_verbose_commit_shows_the_change_to_its_author_alone(hooked: Repository) -> None:
    """The change itself was judged by the pre-commit hook, which is past here."""
    hooked.write("countermark.toml", "exclude = ['a.py']\n").stage().commit()
    hooked.write("a.py", f"token = '{TOKEN}'\n").stage()

    done = hooked.git("commit", "-v", env={"GIT_EDITOR": "sed -i 1s/^/subject/"}, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_message_that_is_not_there(hook: Callable[..., Ended]) -> None:
    ended = hook("commit-msg", str(Path(".git") / "NOTHING"))

    assert ended.code == 2
    assert "NOTHING" in ended.said
