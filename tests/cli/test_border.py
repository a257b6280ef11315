"""Whatever happens in a command, the process ends in one line and an exit code, and no secret leaves it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from countermark.errors import PartFailed, UsageError
from countermark_cli.border import guarded

VALUE = "hunter2hunter2"


def raising(fault: BaseException) -> Callable[[], int]:
    def call() -> int:
        secret = VALUE  # noqa: F841 - a local variable that a careless traceback would show
        raise fault

    return call


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (UsageError("no such\x1bflag"), 2, "countermark: no such\\x1bflag\n"),
        (UsageError("a: wrong\nb: wrong"), 2, "countermark: a: wrong\ncountermark: b: wrong\n"),
        (PartFailed("git: not found"), 3, "countermark: git: not found\n"),
        (
            FileNotFoundError(2, "No such file", "a\x1b"),
            3,
            "countermark: a\\x1b: No such file; the result is incomplete\n",
        ),
        (KeyboardInterrupt(), 130, "countermark: interrupted; the result is incomplete\n"),
    ],
)
def test_errors_become_lines(capsys: pytest.CaptureFixture[str], fault: BaseException, code: int, said: str) -> None:
    assert guarded(raising(fault)) == code
    assert capsys.readouterr() == ("", said)


def test_an_unexpected_error_tells_its_kind_and_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(raising(ValueError(f"cannot parse {VALUE}"))) == 3
    said = capsys.readouterr().err
    assert said.startswith("countermark: unexpected ValueError at test_border.py:")
    assert "COUNTERMARK_TRACEBACK=1" in said
    assert said.count("\n") == 1
    assert VALUE not in said


def test_a_traceback_for_those_who_ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERMARK_TRACEBACK", "1")
    assert guarded(raising(ValueError(f"cannot parse {VALUE}"))) == 3
    said = capsys.readouterr().err
    assert "in call\n    raise fault\n" in said
    assert VALUE not in said


def test_what_succeeds_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: 1) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("arguments", [["rules", "list"], ["--help"], ["check", "--help"]])
def test_a_reader_that_went_away(arguments: list[str]) -> None:
    command = [sys.executable, "-I", "-m", "countermark_cli", *arguments]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")  # noqa: PTH110 - at import
def test_a_full_disk_is_told() -> None:
    command = [sys.executable, "-I", "-m", "countermark_cli", "completion", "bash"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr == b"countermark: No space left on device; the result is incomplete\n"


def test_standard_streams_may_be_closed() -> None:
    script = f'exec "{sys.executable}" -I -m countermark_cli completion zsh >&- 2>&-'
    assert subprocess.run(["/bin/sh", "-c", script], check=False).returncode == 0
