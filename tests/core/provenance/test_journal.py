"""The journal takes what comes, from many at once, and survives what may happen to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from countermark.errors import UsageError
from countermark.provenance import keeping
from countermark.provenance.events import MOST_BYTES, Event, Kind, valid_path
from countermark.provenance.journal import Dirty, Journal
from countermark.provenance.model import Author, State
from tests.support import Repository

AGENT = Author(State.AI, "agent", "model", "session", 7)


def event(kind: Kind = "after", *paths: str, key: str = "", at: float = 1000.0) -> Event:
    return Event(kind, key, AGENT, paths or ("a.py",), at=at)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    (tmp_path / ".git").mkdir()
    return Journal.of((tmp_path, tmp_path / ".git"))


def kept(journal: Journal) -> list[tuple[str, str, bytes | None]]:
    return [
        (one.kind, one.path, None if one.sha is None else journal.content(one.sha) or b"?") for one in journal.entries()
    ]


def test_what_was_reported_comes_back_in_order(journal: Journal) -> None:
    journal.append(event("before", "new.py"), {"new.py": None})
    journal.append(event("after", "new.py", "b.py"), {"new.py": b"one\n", "b.py": b"two\n", "other.py": b"no\n"})

    assert kept(journal) == [
        ("before", "new.py", None),
        ("after", "b.py", b"two\n"),
        ("after", "new.py", b"one\n"),
    ]
    assert {one.author for one in journal.entries()} == {AGENT}


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (event("after", key="1"), event("after", key="1", at=2000.0), 1),
        (event("before", key="1"), event("after", key="1"), 2),
        (event("after", key="1"), event("after", key="2", at=1001.5), 1),
        (event("after", key="1"), event("after", key="2", at=998.5), 1),
        (event("after", key="1"), event("after", key="2", at=1003.0), 2),
        (event("before", key="1"), event("before", key="2"), 2),
    ],
)
def test_a_report_that_arrives_twice_is_kept_once(journal: Journal, first: Event, second: Event, count: int) -> None:
    assert journal.append(first, {"a.py": b"x"})
    assert journal.append(second, {"a.py": b"x"}) is (count == 2)
    assert len(kept(journal)) == count


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up",
        "a/../../b",
        "a//b",
        "./a",
        "a/",
        "nul\0",
        ".git/config",
        "sub/.GIT/hooks/x",
        "a" * 5000,
    ],
)
def test_a_path_that_leaves_the_worktree_is_refused(journal: Journal, path: str) -> None:
    assert not valid_path(path)
    with pytest.raises(UsageError):
        journal.append(event("after", "fine.py", path), {path: b"x"})
    assert kept(journal) == []


@pytest.mark.parametrize("path", ["a.py", ".gitignore", "sub/.github/x", "a b/ü.py", "odd\udcff", "..a", "\u202etxt"])
def test_any_name_inside_is_kept(journal: Journal, path: str) -> None:
    journal.append(event("after", path), {path: b"x"})

    assert kept(journal) == [("after", path, b"x")]


@pytest.mark.parametrize("data", [b"\0binary", b"x" * (MOST_BYTES + 1)])
def test_what_is_no_text_or_too_large_is_noted_as_unknown(journal: Journal, data: bytes) -> None:
    journal.append(event(), {"a.py": data})

    assert kept(journal) == [("after", "a.py", b"?")]


def test_names_and_prompts_are_cut_and_shown_plainly(journal: Journal) -> None:
    hostile = event()._replace(
        author=AGENT._replace(agent="\x1b[31m" + "x" * 1000), prompt="do\u202e it\n" + "y" * 9999
    )
    journal.append(hostile, {"a.py": b"x"})

    (entry,), ((_, prompt),) = journal.entries(), journal.prompts("session")
    assert entry.author.agent.startswith("\\x1b[31mxxx")
    assert len(entry.author.agent) <= 200
    assert prompt.startswith("do\\u202e it\\nyyy")
    assert len(prompt) <= 2000


def test_old_entries_go_but_a_clock_that_jumps_does_not_empty_the_journal(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_AT_LEAST", 10)
    for number in range(63):
        journal.append(event("before", f"{number}.py"), {f"{number}.py": b"%d" % number})
    journal.append(event("before", "last.py", at=10.0**10), {"last.py": b"x"})

    assert [path for _, path, _ in kept(journal)] == [*(f"{number}.py" for number in range(53, 63)), "last.py"]


def test_too_much_text_pushes_the_oldest_out(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_MOST_TEXT", 1000)
    monkeypatch.setattr(keeping, "_AT_LEAST", 10_000)
    for _ in range(128):
        journal.append(event("before", "a.py"), {"a.py": os.urandom(60).replace(b"\0", b"0")})

    assert 64 <= len(kept(journal)) <= 100


_WRITER = """
import sys
from pathlib import Path
from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
place, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = Journal.of((place, place / ".git"))
for number in range(count):
    name = f"{who}-{number}.py"
    journal.append(Event("after", name, Author(State.AI, who), (name,)), {name: name.encode() * 100})
    print(name, flush=True)
"""


def writer(journal: Journal, who: str, count: int) -> subprocess.Popen[str]:
    args = [sys.executable, "-I", "-c", _WRITER, str(journal.worktree), who, str(count)]
    return subprocess.Popen(args, stdout=subprocess.PIPE, text=True)


def test_ten_processes_write_at_once(journal: Journal) -> None:
    running = [writer(journal, f"w{number}", 5) for number in range(10)]
    said = [line for one in running for line in one.communicate()[0].split()]

    assert [one.returncode for one in running] == [0] * 10
    assert sorted(path for _, path, _ in kept(journal)) == sorted(said)
    assert len(said) == 50


@pytest.mark.parametrize("lines", [0, 1, 3, 8])
def test_a_writer_that_is_killed_loses_nothing_that_it_had_finished(journal: Journal, lines: int) -> None:
    with writer(journal, "w", 10_000) as running:
        assert running.stdout is not None
        said = [running.stdout.readline().strip() for _ in range(lines)]
        os.kill(running.pid, signal.SIGKILL)

    found = kept(journal)
    assert {path for _, path, _ in found} >= set(said)
    assert all(content == path.encode() * 100 for _, path, content in found)
    assert journal.append(event(), {"a.py": b"x"})


@pytest.mark.parametrize("keep", [0, 10, 100, 5000, 9000])
def test_a_file_that_was_cut_is_put_aside_and_the_next_report_is_kept(journal: Journal, keep: int) -> None:
    for number in range(200):
        journal.append(event("before", f"{number}.py"), {f"{number}.py": os.urandom(90)})
    journal.database.close()
    file = journal.database.file
    file.write_bytes(file.read_bytes()[:keep])
    fresh = Journal.of((journal.worktree, journal.worktree / ".git"))

    assert fresh.append(event(), {"a.py": b"x"})
    assert ("after", "a.py", b"x") in kept(fresh)


def test_a_file_of_noise_is_read_as_nothing(journal: Journal) -> None:
    journal.database.file.parent.mkdir()
    journal.database.file.write_bytes(b"noise" * 1000)

    assert kept(journal) == []


def test_only_the_owner_may_read_it(journal: Journal) -> None:
    journal.append(event(), {"a.py": b"x"})

    assert journal.database.file.stat().st_mode & 0o777 == 0o600


def test_worktrees_share_one_journal(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.py", "x\n").stage().commit()
    other = tmp_path / "other"
    repository.git("worktree", "add", "-q", str(other))
    git_dir = repository.git("rev-parse", "--absolute-git-dir").stdout.strip()
    linked = (other / ".git").read_text().removeprefix("gitdir: ").strip()

    Journal.of((other, Path(linked))).append(event(), {"a.py": b"x\n"})

    (entry,) = Journal.of((repository.path, Path(git_dir))).entries()
    assert entry.worktree == os.fsencode(other)


def test_what_differs_from_head_is_listed(repository: Repository) -> None:
    journal = Journal.of((repository.path, repository.path / ".git"))
    repository.write("new.py", "x\n")
    assert journal.dirty_paths(repository.env) == Dirty("0" * 40, ("new.py",))

    repository.write(".gitignore", "*.log\n").write("a b.py", "1\n").write("c.py", "1\n").write("d.py", "1\n")
    head = repository.stage().commit().git("rev-parse", "HEAD").stdout.strip()
    repository.write("a b.py", "2\n").write("c.py", None).write("d.py", "2\n").stage("d.py").write("x.log", "")
    repository.write("sub/ü.py", "3\n")

    dirty = journal.dirty_paths(repository.env)
    assert dirty.head == head
    assert sorted(dirty.paths) == ["a b.py", "c.py", "d.py", "sub/ü.py"]
