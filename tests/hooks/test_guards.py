"""A staged change that takes a guard away, through real commits: an access check stops it, a deleted test is told, a move is not."""

from __future__ import annotations

import pytest

from tests.support import Repository, fake_github_token

from .test_pre_commit import commit

VIEW = """\
@app.post("/transfer")
{check}def transfer():
    amount = request.form["amount"]
    return move(amount)
"""
GUARDED, OPEN = VIEW.format(check="@login_required\n"), VIEW.format(check="")
TEST = "def test_guests_are_denied():\n    assert client.post('/transfer').status_code == 403\n"


@pytest.fixture
def guarded(hooked: Repository) -> Repository:
    hooked.write("app/views.py", GUARDED).write("tests/test_access.py", TEST).stage()
    assert commit(hooked, "--no-verify").returncode == 0
    return hooked


def test_a_change_without_its_access_check_is_stopped(guarded: Repository) -> None:
    guarded.write("app/views.py", OPEN).stage()

    done = commit(guarded)

    assert done.returncode == 1
    assert "guards/auth-check-removed; block" in done.stderr
    assert "app/views.py:2 before the change: @login_required" in done.stderr


def test_a_view_that_moves_with_its_check_passes(guarded: Repository) -> None:
    (guarded.path / "app/views.py").unlink()
    guarded.write("app/transfers.py", f"VERSION = 1\n\n\n{GUARDED}").stage()

    assert commit(guarded).returncode == 0


def test_a_deleted_security_test_is_told(guarded: Repository) -> None:
    (guarded.path / "tests/test_access.py").unlink()
    guarded.stage()

    done = commit(guarded)

    assert done.returncode == 0
    assert "tests/test_access.py" in done.stderr
    assert "guards/security-test-removed" in done.stderr


def test_a_secret_that_stood_there_is_never_shown(guarded: Repository) -> None:
    token = fake_github_token()
    guarded.write(
        "app/hooks.py", f"def hook(body, sent):\n    hmac.compare_digest(sent, '{token}')\n    return run(body)\n"
    )
    guarded.stage()
    assert commit(guarded, "--no-verify").returncode == 0
    guarded.write("app/hooks.py", "def hook(body, sent):\n    return run(body)\n").stage()

    done = commit(guarded)

    assert done.returncode == 1
    assert "before the change: hmac.compare_digest(sent, '********')" in done.stderr
    assert token not in done.stderr
