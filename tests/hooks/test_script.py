"""The hook scripts, run by the shells that git may use, with a recording program in the place of Python."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from countermark_hooks.script import CHECKED, EVERY_HOOK, OURS, in_front, in_place, read_mark

from .state import write_script

SHELLS = [shell for shell in ("sh", "dash", "bash", "busybox") if shutil.which(shell)]
RECORDER = """#!/bin/sh
{ for word in "$@"; do case $word in import*) ;; *) printf '[%s]' "$word" ;; esac; done; cat; } >>"$RECORD"
env | grep ^PYTHON >>"$RECORD"
exit ${CODE:-0}
"""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Stands in for the interpreter: writes down its arguments, its input and its PYTHON* variables."""
    return write_script(tmp_path / 'it\'s a "py" $thon' / "python 3", RECORDER)


def run(
    shell: str, script: Path, *arguments: str, record: Path, stdin: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    command = [shell, "sh", str(script)] if shell == "busybox" else [shell, str(script)]
    env = {"PATH": "/usr/bin:/bin", "RECORD": str(record), **environ}
    return subprocess.run([*command, *arguments], input=stdin, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("hook", "arguments", "stdin", "recorded"),
    [
        ("pre-commit", (), "", "[-I][-c][pre-commit]"),
        ("commit-msg", (".git/COMMIT EDITMSG",), "", "[-I][-c][commit-msg][.git/COMMIT EDITMSG]"),
        ("pre-push", ("origin", "a b"), "r 1 r 0\ns 2 s 0\n", "[-I][-c][pre-push][origin][a b]r 1 r 0\ns 2 s 0\n"),
        ("pre-push", ("origin", "url"), "", "[-I][-c][pre-push][origin][url]"),
    ],
)
def test_a_hook_starts_the_interpreter(
    shell: str, hook: str, arguments: tuple[str, ...], stdin: str, recorded: str, python: Path, tmp_path: Path
) -> None:
    script = write_script(tmp_path / "hooks" / hook, in_place(hook, python))

    done = run(
        shell, script, *arguments, record=tmp_path / "record", stdin=stdin, PYTHONPATH="/evil", PYTHONHOME="/evil"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "record").read_text() == recorded


@pytest.mark.parametrize("hook", CHECKED)
@pytest.mark.parametrize("code", [1, 2, 3, 130])
def test_its_exit_code_is_the_hooks(hook: str, code: int, python: Path, tmp_path: Path) -> None:
    script = write_script(tmp_path / "hooks" / hook, in_place(hook, python))

    assert run("sh", script, "x", record=tmp_path / "record", CODE=str(code)).returncode == code


@pytest.mark.parametrize("hook", CHECKED)
def test_without_its_interpreter_it_stops_git_and_says_how_to_go_on(hook: str, tmp_path: Path) -> None:
    script = write_script(tmp_path / "hooks" / hook, in_place(hook, tmp_path / "gone" / "python"))

    done = run("sh", script, "x", record=tmp_path / "record")

    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "`countermark install`" in done.stderr
    assert str(script) in done.stderr


def test_without_our_package_it_stops_git_and_says_so(tmp_path: Path) -> None:
    bare = Path("/usr/bin/python3")
    if not bare.exists():
        pytest.skip("no Python without our package on this machine")
    script = write_script(tmp_path / "hooks" / "pre-commit", in_place("pre-commit", bare))

    done = run("sh", script, record=tmp_path / "record")

    assert done.returncode == 3
    assert "Install Countermark again" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("hook", CHECKED)
@pytest.mark.parametrize("code", [0, 7])
def test_what_was_there_runs_first_and_its_exit_code_counts(hook: str, code: int, python: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    script = write_script(tmp_path / "hooks" / hook, in_place(hook, python))
    stdin = "ref 1 ref 0\n" if hook == "pre-push" else ""
    write_script(
        tmp_path / "hooks" / f"{hook}.countermark-chained",
        f'#!/bin/sh\n{{ echo "before $*"; cat; }} >"$RECORD"\nexit {code}\n',
    )

    done = run("sh", script, "one", "two words", record=record, stdin=stdin)

    ours = "" if code else f"[-I][-c][{hook}][one][two words]{stdin}"
    assert done.returncode == code
    assert record.read_text() == f"before one two words\n{stdin}{ours}"


def test_what_was_there_may_leave_its_input_unread(python: Path, tmp_path: Path) -> None:
    script = write_script(tmp_path / "hooks" / "pre-push", in_place("pre-push", python))
    write_script(tmp_path / "hooks" / "pre-push.countermark-chained", "#!/bin/sh\nexit 0\n")
    many = "refs/heads/x 1 refs/heads/x 0\n" * 20_000  # more than a pipe holds

    done = run("sh", script, "origin", "url", record=tmp_path / "record", stdin=many)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "record").read_text().endswith(many)


def test_what_was_switched_off_stays_off(python: Path, tmp_path: Path) -> None:
    script = write_script(tmp_path / "hooks" / "pre-commit", in_place("pre-commit", python))
    write_script(tmp_path / "hooks" / "pre-commit.countermark-chained", "#!/bin/sh\nexit 9\n", mode=0o644)

    assert run("sh", script, record=tmp_path / "record").returncode == 0


@pytest.mark.parametrize("hook", EVERY_HOOK)
@pytest.mark.parametrize("machine", [None, "", "/home/x y/hooks"])
def test_scripts_know_themselves(hook: str, machine: str | None, tmp_path: Path) -> None:
    python = Path("/opt/it's here/python3")
    front = write_script(tmp_path / hook, in_front(hook, python, Path("/usr/bin/git"), machine=machine))

    mark = read_mark(front)

    assert mark is not None
    assert (mark.hook, mark.python) == (hook, python if hook in OURS else None)
    assert subprocess.run(["sh", "-n", str(front)], check=False).returncode == 0


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh\necho countermark-hook\n", b"\xff\xfe\x00" * 999, None])
def test_strangers_scripts_are_not_ours(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "pre-commit").write_bytes(content)

    assert read_mark(tmp_path / "pre-commit") is None
