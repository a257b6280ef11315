"""`countermark baseline`: recorded once, kept up to date, audited by a person."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support import Repository, fake_aws_key, fake_github_token

FILE = ".countermark/baseline.jsonl"
KEYS = [fake_aws_key(seed) for seed in ("one", "two", "three")]
CTRL_C = "Ctrl-C"
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")


def leak(number: int) -> str:
    return f"aws_key_{number} = '{KEYS[number]}'\n"


def entries(repository: Repository) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (repository.path / FILE).read_text().splitlines()]


def run(repository: Repository, *args: str, code: int = 0, **more: Any) -> str:
    """The output of a command that ends with the expected exit code."""
    done = repository.countermark(*args, **more)
    assert done.returncode == code, done.stdout + done.stderr
    assert not any(key in done.stdout + done.stderr for key in KEYS)
    return done.stdout if code == 0 else done.stderr


@pytest.fixture
def leaky(repository: Repository) -> Repository:
    """Two leaks, committed."""
    return repository.write("src/a.py", leak(0)).write("b.py", f"\n{leak(1)}").stage().commit()


def test_what_is_recorded_stops_nothing_any_more(leaky: Repository) -> None:
    run(leaky, "check", code=1)
    assert run(leaky, "baseline", "create") == f"2 findings recorded in {FILE}: commit it\n"
    assert run(leaky, "check") == ""
    leaky.write("src/a.py", f"# moved down\n\n{leak(0)}")
    assert run(leaky, "check") == ""
    leaky.write("src/a.py", leak(2).replace("_2", "_0"))  # a new secret in a known place is a new finding
    run(leaky, "check", code=1)
    leaky.write("src/a.py", leak(0) + leak(2)).stage()
    run(leaky, "check", "--staged", code=1)


def test_the_file_holds_nothing_that_helps_a_thief(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    assert all(set(entry) == {"fingerprint", "rule", "path"} for entry in entries(leaky))
    assert sorted(entry["path"] for entry in entries(leaky)) == ["b.py", "src/a.py"]
    assert (leaky.path / FILE).read_text().splitlines() == sorted((leaky.path / FILE).read_text().splitlines())


def test_two_people_get_the_same_bytes(leaky: Repository, tmp_path: Path, home: Path) -> None:
    leaky.git("clone", "-q", str(leaky.path), str(tmp_path / "other"))
    other = Repository(tmp_path / "other", home, init=False)
    run(leaky, "baseline", "create")
    run(other, "baseline", "create", cwd=other.path / "src")
    assert (leaky.path / FILE).read_bytes() == (other.path / FILE).read_bytes()


def test_a_second_create_is_refused(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    before = (leaky.path / FILE).read_bytes()
    assert "`countermark baseline update`" in run(leaky, "baseline", "create", code=2)
    assert (leaky.path / FILE).read_bytes() == before


@pytest.mark.parametrize("arguments", [("update",), ("audit",), ("audit", "--list")])
def test_without_a_baseline_the_others_say_so(leaky: Repository, arguments: tuple[str, ...]) -> None:
    assert "`countermark baseline create`" in run(leaky, "baseline", *arguments, code=2)
    assert not (leaky.path / FILE).exists()


def test_an_update_keeps_answers_drops_what_is_gone_and_adds_what_is_new(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    answered = [
        entry | ({"status": "accepted", "reason": "test"} if entry["path"] == "src/a.py" else {})
        for entry in entries(leaky)
    ]
    leaky.write(FILE, "".join(json.dumps(entry) + "\n" for entry in reversed(answered)))
    leaky.write("b.py", None).write("src/a.py", None).write("moved.py", leak(0)).write("new.py", leak(2)).stage()
    assert run(leaky, "baseline", "update") == "2 findings known: 1 added, 1 dropped\n"
    assert {entry["path"]: entry.get("reason") for entry in entries(leaky)} == {"moved.py": "test", "new.py": None}
    assert run(leaky, "baseline", "update") == "2 findings known: 0 added, 0 dropped\n"


def test_what_a_comment_answers_for_is_not_recorded(leaky: Repository) -> None:
    leaky.write("b.py", f"# countermark: allow secrets/* because it is a test key\n{leak(1)}")
    leaky.write("c.py", "x = 1  # countermark: allow secrets/*\n")  # a finding about a suppression is none to be known
    run(leaky, "baseline", "create")
    assert [entry["path"] for entry in entries(leaky)] == ["src/a.py"]


def test_what_other_tools_know_is_taken_over(leaky: Repository) -> None:
    leaky.write("countermark.toml", f'baselines = [".gitleaksignore", "{FILE}"]')
    leaky.write(".gitleaksignore", "src/a.py:aws-access-token:1\nb.py:aws-access-token:2\n")
    assert run(leaky, "check") == ""
    run(leaky, "baseline", "create")
    assert len(entries(leaky)) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<<<<<<< ours\n", f"{FILE}:1: a conflict marker"),
        ('{"fingerprint": "0"}\n', f"{FILE}:1: the key 'rule' is missing"),
        ("x" * 30_000, f"{FILE}:1: longer than"),
    ],
)
def test_a_faulty_file_is_named_and_left_alone(leaky: Repository, content: str, said: str) -> None:
    leaky.write(FILE, content)
    for arguments in (("baseline", "update"), ("baseline", "audit", "--list"), ("check",)):
        assert said in run(leaky, *arguments, code=2)
    assert (leaky.path / FILE).read_text() == content


def test_an_organisation_may_allow_no_baseline(leaky: Repository, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("organisation.allow = []")
    assert "no baseline" in run(leaky, "baseline", "create", code=2, env={"COUNTERMARK_POLICY": str(policy)})


@posix
def test_a_folder_that_leads_out_is_refused(leaky: Repository, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (leaky.path / ".countermark").symlink_to(tmp_path / "outside")
    assert "outside the repository" in run(leaky, "baseline", "create", code=2)
    assert list((tmp_path / "outside").iterdir()) == []


@posix
def test_no_room_leaves_the_old_file(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    before = (leaky.path / FILE).read_bytes()
    leaky.write("many.py", "".join(f"aws_{number} = '{fake_aws_key(str(number))}'\n" for number in range(60)))
    code = (
        "import resource, sys\nfrom countermark_cli.__main__ import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\nsys.exit(main(['baseline', 'update']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=leaky.path, env=leaky.env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith("could not be written: it would be larger than a file may be here\n")
    assert len(done.stderr.splitlines()) == 1
    assert (leaky.path / FILE).read_bytes() == before
    assert [path.name for path in (leaky.path / ".countermark").iterdir()] == ["baseline.jsonl"]


def test_outside_a_repository_the_current_folder_counts(tmp_path: Path, home: Path) -> None:
    folder = Repository(tmp_path / "plain", home, init=False).write("a.py", leak(0))
    run(folder, "baseline", "create")
    assert run(folder, "check") == ""


def test_an_audit_needs_a_person(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    assert "needs a person at a terminal" in run(leaky, "baseline", "audit", code=2, input="t\nt\n")
    assert all("status" not in entry for entry in entries(leaky))


def audit(repository: Repository, answers: list[str]) -> tuple[int, str]:
    """Answer the questions of an audit in a terminal: its exit code, and all that it showed."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "countermark_cli", "baseline", "audit"],
        cwd=repository.path, env=repository.env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = ""
    waiting = list(answers)
    with process:
        while select.select([ours], [], [], 30)[0]:
            try:
                shown += os.read(ours, 65536).decode()
            except OSError:  # nobody holds the other end any more
                break
            if waiting and shown.endswith(": "):
                if (answer := waiting.pop(0)) == CTRL_C:
                    _interrupt(process)
                else:
                    os.write(ours, f"{answer}\n".encode())
        try:
            process.wait(timeout=10 if waiting else 30)
        except subprocess.TimeoutExpired:
            process.kill()  # it waits for an answer that nobody gives
    os.close(ours)
    return process.returncode, shown.replace("\r\n", "\n")


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C as a person does: again, when it came between the prompt and the read and so was not noticed."""
    for _ in range(30):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
            return


@posix
def test_an_audit_asks_about_each_and_saves_each_answer(leaky: Repository) -> None:
    leaky.write("c.py", leak(2))
    run(leaky, "baseline", "create")
    code, shown = audit(leaky, ["x", "a", "", "  ", "  a key of\ta test  account ", "f", "q"])
    assert code == 0, shown
    assert not any(key in shown for key in KEYS)
    assert "'********'" in shown
    assert "'x' is not one of" in shown
    assert "a risk is accepted for a reason" in shown
    assert shown.endswith("2 answered, 1 left\n")
    answers = [(entry.get("status"), entry.get("reason")) for entry in entries(leaky)]
    assert answers == [("accepted", "a key of a test account"), ("false-positive", None), (None, None)]
    code, shown = audit(leaky, ["t"])
    assert "[1/1]" in shown
    assert [entry.get("status") for entry in entries(leaky)] == ["accepted", "false-positive", "known"]
    assert audit(leaky, []) == (0, "every entry has an answer\n")
    assert run(leaky, "check") == ""


@posix
def test_an_audit_may_skip_and_says_what_is_gone(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    leaky.write("b.py", None).write("src/a.py", None)
    code, shown = audit(leaky, ["s", "s"])
    assert (code, shown.count("no longer there")) == (0, 2)
    assert shown.endswith("0 answered, 2 left\n")
    assert all("status" not in entry for entry in entries(leaky))


@posix
def test_ctrl_c_keeps_what_was_answered(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    code, shown = audit(leaky, ["t", CTRL_C])
    assert (code, "interrupted" in shown) == (130, True)
    assert [entry.get("status") for entry in entries(leaky)] == ["known", None]


def test_answers_are_listed_escaped(repository: Repository) -> None:
    entry = {"fingerprint": "0123456789abcdef", "rule": "a/b", "path": "x\ny", "status": "accepted", "reason": "\u202e"}
    other = {"fingerprint": "f" * 16, "rule": "a/b", "path": "z", "reason": ""}
    repository.write(FILE, f"{json.dumps(other)}\n{json.dumps(entry)}\n")
    assert run(repository, "baseline", "audit", "--list") == (
        "0123456789abcdef  a/b  x\\ny  accepted: \\u202e\nffffffffffffffff  a/b  z  open\n"
    )


def test_updates_at_the_same_time_lose_nothing(leaky: Repository) -> None:
    run(leaky, "baseline", "create")
    command = [sys.executable, "-I", "-m", "countermark_cli", "baseline", "update"]
    running = [
        subprocess.Popen(
            command, cwd=leaky.path, env=leaky.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [("", 0)] * 3
    assert len(entries(leaky)) == 2


def test_secrets_of_another_kind_are_recorded_too(repository: Repository) -> None:
    repository.write("a.py", f"token = '{fake_github_token()}'\n").stage()
    run(repository, "baseline", "create")
    assert {entry["rule"].partition("/")[0] for entry in entries(repository)} == {"secrets"}
    assert run(repository, "check") == ""
