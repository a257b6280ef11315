"""`agent-event` as agents run it: the real process, a real repository, and whatever may arrive."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.config.schema import Limits
from countermark.git.repository import discover
from countermark.provenance.attribute import Attributor
from countermark.provenance.events import Entry
from countermark.provenance.journal import Journal
from countermark.provenance.model import State
from tests.support import Repository

COMMAND = [sys.executable, "-I", "-m", "countermark_hooks", "agent-event"]


def event(repository: Repository, message: object, *, hint: str = "claude") -> subprocess.CompletedProcess[bytes]:
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    done = subprocess.run(
        [*COMMAND, hint], input=data, cwd=repository.path, env=repository.env, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    return done


def tool(repository: Repository, when: str, name: str, call: str, **given: Any) -> dict[str, Any]:
    return {
        "session_id": "s1",
        "cwd": str(repository.path),
        "hook_event_name": f"{when}ToolUse",
        "tool_name": name,
        "tool_use_id": call,
        "tool_input": given,
    }


def use(repository: Repository, act: Callable[[], object], name: str = "Edit", call: str = "c1", **given: Any) -> None:
    event(repository, tool(repository, "Pre", name, call, **given))
    act()
    event(repository, tool(repository, "Post", name, call, **given))


def entries(repository: Repository, count: int) -> list[Entry]:
    """What the journal holds, once it holds so much; an agent does not wait for it."""
    found = discover(repository.path, repository.env)
    assert found is not None
    until = time.monotonic() + 10
    while len(held := list(Journal.of(found).entries())) < count and time.monotonic() < until:
        time.sleep(0.02)
    return held


def states(repository: Repository, path: str) -> list[tuple[State, str]]:
    """Who wrote each line of a staged file."""
    repository.stage()
    found = discover(repository.path, repository.env)
    assert found is not None
    [file] = [one for one in staged(found, Limits()).entries if isinstance(one, FileChange) and one.path == path]
    with Attributor.of(found) as attributor:
        stretches = attributor.stretches(file)
    lines = {number: one.author for one in stretches for number in range(one.first, one.last + 1)}
    return [(lines[number].state, lines[number].agent) for number in sorted(lines)]


@pytest.fixture
def repository(repository: Repository) -> Repository:
    repository.write("a.py", "one\n").stage().commit()
    return repository


def test_what_an_agent_writes_is_its_own(repository: Repository) -> None:
    use(repository, lambda: repository.write("a.py", "one\ntwo\n"), file_path=str(repository.path / "a.py"))
    entries(repository, 2)
    repository.write("a.py", "one\ntwo\nby hand\n")

    assert states(repository, "a.py")[1:] == [(State.AI, "claude"), (State.UNTRACKED, "")]


def test_what_a_shell_writes_is_the_agents_too(repository: Repository) -> None:
    repository.write("b.py", "by hand\n")
    use(repository, lambda: repository.write("b.py", "by hand\nby sed\n"), "Bash", command="sed -i x b.py")
    entries(repository, 2)

    assert states(repository, "b.py") == [(State.UNTRACKED, ""), (State.AI, "claude")]


def test_one_edit_that_two_hooks_report_is_one(repository: Repository) -> None:
    path = str(repository.path / "a.py")
    use(repository, lambda: repository.write("a.py", "one\ntwo\n"), file_path=path)
    event(repository, tool(repository, "Post", "Edit", "c1", file_path=path))
    use(repository, lambda: None, call="c2", file_path=path)

    # The last report is dropped too where it came within two seconds.
    assert [entry.kind for entry in entries(repository, 3)][:3] == ["before", "after", "before"]


@pytest.mark.parametrize(("hint", "answer"), [("claude", b""), ("gemini", b""), ("cline", b'{"cancel": false}\n')])
def test_nothing_is_said_that_an_agent_could_misread(repository: Repository, hint: str, answer: bytes) -> None:
    assert event(repository, {}, hint=hint).stdout == answer


@pytest.mark.parametrize(
    "path",
    [
        "../outside.txt", "/etc/passwd", "a/../../x", ".git/config", "sub/.git/config", "\0", "", "a\nb", "link/x", "x" * 5000,
    ],
)  # fmt: skip
def test_what_lies_elsewhere_is_never_read(repository: Repository, path: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret\n")
    (repository.path / "link").symlink_to(tmp_path)
    use(repository, lambda: None, file_path=path)
    use(repository, lambda: None, call="c2", file_path=str(repository.path / "a.py"))

    assert {entry.path for entry in entries(repository, 2) if entry.sha is not None} == {"a.py"}


def test_a_link_is_not_followed(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("secret\n")
    (repository.path / "l.txt").symlink_to(tmp_path / "x")
    use(repository, lambda: None, file_path=str(repository.path / "l.txt"))

    assert [entry.sha for entry in entries(repository, 2)] == [None, None]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\x00" * 1000,
        b'{"session_id": "s", "tool_input": {"file_path": "' + b"x" * 17_000_000,
        b"[" * 200_000,
    ],
)
def test_hostile_input_leaves_no_trace(repository: Repository, data: bytes) -> None:
    event(repository, data)

    assert entries(repository, 0) == []


@pytest.mark.parametrize("whole", [True, False])
def test_a_message_of_50_megabytes_is_read_to_its_end(repository: Repository, whole: bool) -> None:
    """Whoever writes into a pipe that nobody reads is killed by it."""
    text = json.dumps(tool(repository, "Post", "Write", "c1", file_path="a.py", content="x" * 50_000_000)).encode()
    with subprocess.Popen(
        [*COMMAND, "claude"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=repository.path,
    ) as running:
        assert running.stdin is not None
        running.stdin.write(text if whole else text[:-100])
        running.stdin.close()
        assert (running.wait(), running.stdout.read() if running.stdout else b"") == (0, b"")

    assert entries(repository, 0) == []


def test_a_message_of_megabytes_is_understood(repository: Repository) -> None:
    path = str(repository.path / "a.py")
    event(repository, tool(repository, "Post", "Write", "c1", file_path=path, content="x" * 5_000_000))

    assert [entry.path for entry in entries(repository, 1)] == ["a.py"]


def test_a_file_of_another_repository_goes_into_its_own_journal(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other", Path(repository.env["HOME"])).write("b.py", "one\n").stage().commit()
    use(repository, lambda: other.write("b.py", "one\ntwo\n"), file_path=str(other.path / "b.py"))
    entries(other, 2)

    assert states(other, "b.py")[1:] == [(State.AI, "claude")]
    assert entries(repository, 0) == []


def test_a_file_of_a_submodule_goes_into_its_own_journal(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other", Path(repository.env["HOME"])).write("b.py", "one\n").stage().commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.path), "lib")
    inside = Repository(repository.path / "lib", Path(repository.env["HOME"]), init=False)
    use(repository, lambda: inside.write("b.py", "one\ntwo\n"), file_path=str(inside.path / "b.py"))
    entries(inside, 2)

    assert states(inside, "b.py")[1:] == [(State.AI, "claude")]
    assert entries(repository, 0) == []


@pytest.mark.parametrize("name", ["Edit", "Bash"])
def test_a_repository_without_commits(tmp_path: Path, home: Path, name: str) -> None:
    repository = Repository(tmp_path / "new", home).write("b.py", "by hand\n")
    given = {"command": "x"} if name == "Bash" else {"file_path": str(repository.path / "a.py")}
    use(repository, lambda: repository.write("a.py", "one\ntwo\n"), name, **given)
    entries(repository, 2)

    assert states(repository, "a.py") == [(State.AI, "claude")] * 2
    assert states(repository, "b.py") == [(State.UNTRACKED, "")]


def test_a_clock_that_jumps_changes_no_author(repository: Repository) -> None:
    """Order is the order of arrival: what an agent did before the clock was set back came before what it did later."""
    faked = (
        "import sys, time; now, shift = time.time, float(sys.argv.pop(1)); time.time = lambda: now() + shift; "
        "from countermark_hooks.__main__ import run; run()"
    )
    path = str(repository.path / "a.py")
    steps = (("Pre", "c1", 4e9, "one\n"), ("Post", "c1", 4e9, "one\ntwo\n"))
    back = (("Pre", "c2", -1e9, "one\ntwo\nby hand\n"), ("Post", "c2", -1e9, "one\ntwo\nby hand\nthree\n"))
    for number, (when, call, shift, text) in enumerate((*steps, *back), 1):
        repository.write("a.py", text)
        message = json.dumps(tool(repository, when, "Edit", call, file_path=path)).encode()
        command = [sys.executable, "-I", "-c", faked, str(shift), "agent-event", "claude"]
        done = subprocess.run(command, input=message, cwd=repository.path, env=repository.env, check=False)
        assert done.returncode == 0
        entries(repository, number)

    assert states(repository, "a.py")[1:] == [(State.AI, "claude"), (State.UNTRACKED, ""), (State.AI, "claude")]


def test_names_are_shown_escaped(repository: Repository) -> None:
    message = tool(repository, "Post", "Edit", "c1", file_path=str(repository.path / "a.py"))
    event(repository, {**message, "session_id": "\u202eevil\x1b[31m", "model": "m\u2066"})
    [entry] = entries(repository, 1)

    assert "\x1b" not in entry.author.session
    assert "\u202e" not in entry.author.session
    assert "\u2066" not in entry.author.model


def test_ten_agents_at_once_lose_nothing(repository: Repository) -> None:
    def report(number: int) -> None:
        path = str(repository.path / f"f{number}.py")
        event(repository, tool(repository, "Post", "Edit", f"c{number}", file_path=path))

    for number in range(10):
        repository.write(f"f{number}.py", f"{number}\n")
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(report, range(10)))

    assert {entry.path for entry in entries(repository, 10)} == {f"f{number}.py" for number in range(10)}


def test_a_broken_repository_stops_no_agent(repository: Repository) -> None:
    (repository.path / ".git" / "HEAD").write_bytes(b"\xff")
    use(repository, lambda: None, "Bash", command="x")
    event(repository, tool(repository, "Post", "Edit", "c1", file_path=str(repository.path / "a.py")))
    (repository.path / ".git" / "HEAD").unlink()
    event(repository, tool(repository, "Post", "Edit", "c2", file_path=str(repository.path / "a.py")))


def test_what_the_journal_cannot_take_waits_and_comes_in_later(repository: Repository) -> None:
    database = repository.path / ".git" / "countermark" / "provenance.sqlite"
    path = str(repository.path / "a.py")
    use(repository, lambda: None, call="c0", file_path=path)
    entries(repository, 2)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    event(repository, tool(repository, "Pre", "Edit", "c1", file_path=path))
    assert time.monotonic() - began < 4  # the agent goes on, whoever holds the journal
    queue = database.parent / "queue"
    until = time.monotonic() + 20
    while not list(queue.glob("*.json")) and time.monotonic() < until:
        time.sleep(0.05)
    holder.execute("ROLLBACK")
    holder.close()
    event(repository, tool(repository, "Pre", "Edit", "c2", file_path=path))

    assert [entry.key.rpartition(":")[2] for entry in entries(repository, 4)][2:] == ["c1", "c2"]
    assert list(queue.iterdir()) == []


def _linked(repository: Repository) -> Repository:
    repository.git("worktree", "add", "-q", "../linked")
    other = Repository(repository.path.parent / "linked", Path(repository.env["HOME"]), init=False)
    other.env = repository.env
    return other


def test_a_linked_worktree_writes_into_the_same_journal(repository: Repository) -> None:
    other = _linked(repository)
    use(other, lambda: other.write("a.py", "one\ntwo\n"), file_path=str(other.path / "a.py"))
    entries(repository, 2)

    assert states(other, "a.py")[1:] == [(State.AI, "claude")]


def test_outside_of_any_repository_nothing_happens(tmp_path: Path) -> None:
    command: Sequence[str] = [*COMMAND, "claude"]
    message = {"hook_event_name": "PostToolUse", "tool_name": "Write", "tool_input": {"file_path": str(tmp_path / "a")}}
    done = subprocess.run(
        command,
        input=json.dumps(message).encode(),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_long_journal_is_read_while_nobody_waits(repository: Repository) -> None:
    path = str(repository.path / "a.py")
    for number in range(10):
        use(repository, partial(repository.write, "a.py", f"{number}\n"), call=f"c{number}", file_path=path)
    entries(repository, 20)
    found = discover(repository.path, repository.env)
    assert found is not None
    until = time.monotonic() + 20
    while (unread := Journal.of(found).unread()) >= 16 and time.monotonic() < until:
        time.sleep(0.05)

    assert unread < 16
