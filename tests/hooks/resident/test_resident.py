"""The resident process: a hook that it runs ends as one that runs alone, and whatever goes wrong with it, the hook does its work."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countermark.review.agents import by_parents
from countermark_hooks.resident.client import TAKEN
from tests.core.provenance.acting import Actors
from tests.support import Repository, fake_aws_key, random_text
from tests.terminal import type_at

from .conftest import SERVER, Resident, wait_for_socket

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is none on other systems")


def _clean(repository: Repository) -> tuple[str, ...]:
    repository.write("a.py", "x = 1\n").stage()
    return ("pre-commit",)


def _leak(repository: Repository) -> tuple[str, ...]:
    repository.write("sub/leak.py", f"key = '{fake_aws_key()}'\nname = 'ö → ✓'\n").stage()
    return ("pre-commit",)


def _insecure(repository: Repository) -> tuple[str, ...]:
    repository.write("show.py", "import subprocess\nsubprocess.run('ls ' + input(), shell=True)\n").stage()
    return ("pre-commit",)


def _message(repository: Repository) -> tuple[str, ...]:
    repository.write("message", f"Use {fake_aws_key()}\n")
    return ("commit-msg", "message")


def _faulty_settings(repository: Repository) -> tuple[str, ...]:
    repository.write("countermark.toml", "[policy\n").stage()
    return ("pre-commit",)


def _nothing_to_push(_: Repository) -> tuple[str, ...]:
    return ("pre-push", "origin", "somewhere")


@pytest.mark.parametrize("change", [_clean, _leak, _insecure, _message, _faulty_settings, _nothing_to_push])
def test_it_ends_as_a_hook_that_runs_alone(resident: Resident, change: Callable[[Repository], tuple[str, ...]]) -> None:
    arguments = change(resident.repository)

    alone, served = resident.hook(*arguments, alone=True), resident.hook(*arguments)

    assert (served.returncode, served.stderr, served.stdout) == (alone.returncode, alone.stderr, alone.stdout)
    assert resident.ask(*arguments) == str(alone.returncode)


def test_commits_one_after_the_other_share_nothing(resident: Resident, tmp_path: Path, home: Path) -> None:
    """Repositories, settings, index files and colours are those of each call."""
    other = Repository(tmp_path / "other", home)
    other.write("leak.py", f"key = '{fake_aws_key('other')}'\n").write(
        "countermark.toml", 'exclude = ["leak.py"]\n'
    ).stage()
    _leak(resident.repository)
    elsewhere = Resident(other, resident.process, resident.folder)
    other.env |= resident.repository.env

    assert [resident.ask("pre-commit"), elsewhere.ask("pre-commit"), resident.ask("pre-commit")] == ["1", "0", "1"]
    empty = resident.folder / "index"
    assert resident.ask("pre-commit", GIT_INDEX_FILE=str(empty)) == "0"
    assert "\x1b[" in resident.hook("pre-commit", FORCE_COLOR="1").stderr
    assert "\x1b[" not in resident.hook("pre-commit").stderr


def test_a_commit_in_a_sub_folder(resident: Resident) -> None:
    _leak(resident.repository)

    done = resident.repository.git("-C", "sub", "commit", "-q", "-m", "change", check=False)

    assert done.returncode == 1
    assert "sub/leak.py" in done.stderr


def test_the_first_hook_starts_one_for_the_next(hooked: Repository, runtime: Path) -> None:
    hooked.write("a.py", "x = 1\n").stage().git("commit", "-q", "-m", "change", env={"SOME_TOKEN": "once"})

    path = wait_for_socket(runtime)

    process = int(_holder(path.with_name(f"{path.name}.lock")))
    assert b"SOME_TOKEN" not in Path(f"/proc/{process}/environ").read_bytes()
    assert Path(f"/proc/{process}/cwd").readlink() == Path("/")
    opened = {str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir()}
    assert opened <= {"/dev/null", f"{path}.lock", *(one for one in opened if one.startswith("socket:"))}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def _holder(lock: Path) -> str:
    return next(one.parts[2] for one in Path("/proc").glob("[0-9]*/fd/*") if _leads(one) == lock)


def _leads(link: Path) -> Path | None:
    try:
        return link.readlink()
    except OSError:
        return None


@pytest.mark.parametrize("env", [{"CI": "true"}, {"COUNTERMARK_RESIDENT": "0"}])
def test_the_environment_can_do_without(hooked: Repository, runtime: Path, env: dict[str, str]) -> None:
    if "COUNTERMARK_RESIDENT" not in env:
        del hooked.env["COUNTERMARK_RESIDENT"]
    hooked.write("a.py", "x = 1\n").stage().git("commit", "-q", "-m", "change", env=env)

    time.sleep(1)
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize(("env", "code"), [({}, 0), ({"PATH": "/nowhere"}, 3)])
def test_a_hook_that_cannot_start_one_is_none_the_worse(
    hooked: Repository, runtime: Path, env: dict[str, str], code: int
) -> None:
    (runtime / "countermark").write_text("in its place")
    command = [sys.executable, "-I", "-m", "countermark_hooks", "pre-commit"]

    done = subprocess.run(command, cwd=hooked.path, env=hooked.env | env, capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_git_settings_can_do_without(resident: Resident) -> None:
    resident.repository.git("config", "countermark.resident", "false")

    assert resident.hook("pre-commit").returncode == 0

    resident.process.wait(10)
    assert resident.hook("pre-commit").returncode == 0
    time.sleep(1)
    assert resident.ask("pre-commit") == "None"


def test_the_doctor_tells_of_it(resident: Resident) -> None:
    repository = resident.repository

    def said() -> str:
        lines = repository.countermark("doctor").stdout.splitlines()
        return next(line for line in lines if line.startswith("ok  resident"))

    assert "answers at" in said()
    assert resident.process.poll() is None
    repository.git("config", "countermark.resident", "false")
    assert "none: hooks do their work themselves" in said()
    repository.git("config", "--unset", "countermark.resident")
    resident.process.kill()
    resident.process.wait()
    assert "none yet" in said()


def test_it_leaves_when_nobody_asks(hooked: Repository, runtime: Path) -> None:
    code = "from countermark_hooks.resident.server import main; main(0.1)"

    subprocess.run([sys.executable, "-I", "-c", code], env=hooked.env, check=True, timeout=60)

    assert [path.suffix for path in runtime.glob("countermark/*")] == [".lock"]


def test_there_is_one(resident: Resident) -> None:
    done = subprocess.run(SERVER, env=resident.repository.env, check=True, timeout=60, capture_output=True)

    assert (done.stdout, done.stderr) == (b"", b"")
    assert resident.ask("pre-commit") == "0"


def test_one_that_was_killed_is_replaced(resident: Resident) -> None:
    resident.process.kill()
    resident.process.wait()
    old = wait_for_socket(resident.folder)
    made = old.stat().st_ctime_ns

    assert resident.ask("pre-commit") == "None"
    assert resident.hook("pre-commit").returncode == 0

    end = time.monotonic() + 60
    while resident.ask("pre-commit") != "0" and time.monotonic() < end:
        time.sleep(0.1)
    assert old.stat().st_ctime_ns != made


def test_one_that_hangs_is_not_waited_for(resident: Resident) -> None:
    _leak(resident.repository)
    resident.process.send_signal(signal.SIGSTOP)

    assert resident.ask("pre-commit") == "None"
    assert resident.hook("pre-commit").returncode == 1


def _many(repository: Repository) -> None:
    """Some seconds of work."""
    repository.write("countermark.toml", "[limits]\nfile-seconds = 600.0\n")
    lines = "".join(f"password = '{random_text(24, seed=str(number))}'\n" for number in range(150))
    for number in range(30):
        repository.write(f"many/{number}.py", lines.replace("password", f"password_{number}"))
    repository.stage()


def _started(resident: Resident) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "countermark_hooks", "pre-commit"], cwd=resident.repository.path,
        env=resident.repository.env, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def _children(resident: Resident) -> list[int]:
    process = resident.process.pid
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def _until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_ctrl_c_ends_the_work(resident: Resident) -> None:
    _many(resident.repository)
    with _started(resident) as hook:
        _until(lambda: _children(resident))
        time.sleep(0.3)
        os.killpg(hook.pid, signal.SIGINT)
        _, said = hook.communicate(timeout=30)

    assert hook.returncode == 130
    assert said.splitlines() == ["countermark: interrupted; the commit was stopped, since not everything was looked at"]
    _until(lambda: not _children(resident))


def test_ctrl_c_before_the_work_has_begun(resident: Resident) -> None:
    resident.process.send_signal(signal.SIGSTOP)
    with _started(resident) as hook:
        opened = Path(f"/proc/{hook.pid}/fd")
        _until(lambda: any(str(_leads(one)).startswith("socket:") for one in opened.iterdir()))
        hook.send_signal(signal.SIGINT)
        _, said = hook.communicate(timeout=30)

    assert hook.returncode == 130
    assert said.splitlines() == ["countermark: interrupted; the commit was stopped, since not everything was looked at"]


def test_who_asked_and_was_killed_leaves_no_work_behind(resident: Resident) -> None:
    _many(resident.repository)
    with _started(resident) as hook:
        _until(lambda: _children(resident))
        time.sleep(0.3)
        hook.kill()

    _until(lambda: not _children(resident))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGIO])
def test_work_that_is_killed_is_done_again(resident: Resident, number: signal.Signals) -> None:
    """The other signal says that something came over the socket, and may come late: nobody has gone."""
    _many(resident.repository)
    with _started(resident) as hook:
        _until(lambda: _children(resident))
        time.sleep(0.3)
        os.kill(_children(resident)[0], number)
        _, said = hook.communicate(timeout=120)

    assert hook.returncode == 1
    assert said.count("the commit was stopped") == 1


def test_who_is_confined_does_its_work_itself(resident: Resident) -> None:
    """A sandboxed agent must get no work done outside of its sandbox."""
    code = (
        "import ctypes; ctypes.CDLL(None).prctl(38, 1, 0, 0, 0);"  # PR_SET_NO_NEW_PRIVS
        " from countermark_hooks.resident.client import ask; print(ask(['pre-commit']))"
    )
    confined = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=resident.repository.path, env=resident.repository.env,
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert confined.stdout.strip() == "None"
    assert resident.ask("pre-commit") == "0"


def test_a_folder_that_others_can_reach_is_not_trusted(resident: Resident) -> None:
    folder = resident.folder / "countermark"
    folder.chmod(0o755)
    assert resident.ask("pre-commit") == "None"

    folder.chmod(0o700)
    moved = folder.rename(resident.folder / "moved")
    folder.symlink_to(moved)
    assert resident.ask("pre-commit") == "None"


@pytest.mark.parametrize("env", [{"LC_ALL": "C.UTF-8"}, {"TZ": "Asia/Tokyo"}])
def test_what_python_reads_at_its_start_has_to_be_the_same(resident: Resident, env: dict[str, str]) -> None:
    assert resident.ask("pre-commit", **env) == "None"


def test_a_hook_that_may_ask_a_person_keeps_its_terminal(resident: Resident) -> None:
    if by_parents() is not None:
        pytest.skip("an agent runs the tests, and would be refused")
    repository = resident.repository
    Actors(repository).agent("a.py", "def f(x):", "    return x + 1")
    repository.stage()
    script = (("review them now? [Y/n]", "y\n"), ("a.py:1-2", "a"))

    ended = type_at(("git", "commit", "-q", "-m", "change"), script, cwd=repository.path, env=repository.env)

    assert ended.code == 0, ended.shown
    assert ended.shown.count("AI-written lines") <= 2  # by the hook, and by the review


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.binary(max_size=300))
def test_nonsense_harms_nobody(resident: Resident, data: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(wait_for_socket(resident.folder)))
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(10)
        with suppress(ConnectionResetError):  # with what was not read
            assert connection.recv(10) in {b"", TAKEN}

    assert resident.process.poll() is None
