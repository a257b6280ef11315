"""After a commit it is noted who wrote it, and whatever breaks there stops nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
from countermark.provenance.notes import Note, read_notes, write_note
from countermark.provenance.where import NOTES
from countermark_hooks.install import install, uninstall
from tests.support import Repository

from .state import found, hooks_and_settings, write_script

AGENT = Author(State.AI, "robot", at=1)
TEXT = "".join(f"value_{number} = compute(first, {number})\n" for number in range(4))


@pytest.fixture
def hooked(hooked: Repository) -> Repository:
    """Without the gate of reviews, which would stop most of these commits."""
    return hooked.write("countermark.toml", '[review]\ngate = "off"\n').stage().commit("settings")


def agent_writes(repository: Repository, path: str, text: str) -> None:
    journal = Journal.of(found(repository))
    file = repository.path / path
    before = file.read_bytes() if file.exists() else None
    journal.append(Event("before", f"call {path} {len(text)}", AGENT, (path,)), {path: before})
    repository.write(path, text)
    journal.append(Event("after", f"call {path} {len(text)}", AGENT, (path,)), {path: text.encode()})


def head(repository: Repository, name: str = "HEAD") -> str:
    return repository.git("rev-parse", name).stdout.strip()


def noted(repository: Repository, name: str = "HEAD") -> list[tuple[str, int, int]]:
    notes = dict(read_notes(found(repository), [head(repository, name)]))
    return [(hunk.path, hunk.first, hunk.last) for note in notes.values() for hunk in note.hunks]


def test_a_commit_is_noted(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "one")

    assert noted(hooked) == [("a.py", 1, 4)]


def test_a_commit_past_the_other_hooks_is_noted(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "one", "--no-verify")

    assert noted(hooked) == [("a.py", 1, 4)]


@pytest.mark.parametrize(("environ", "expected"), [({"CLAUDECODE": "1"}, [("a.py", 1, 4)]), ({}, [])])
def test_a_commit_that_an_agents_command_makes_is_the_agents(
    hooked: Repository, environ: dict[str, str], expected: list[tuple[str, int, int]]
) -> None:
    journal = Journal.of(found(hooked))
    dirty = journal.dirty_paths(hooked.env)
    journal.append(Event("before", "shell", AGENT, (), head=dirty.head), {})
    hooked.write("a.py", TEXT).stage().git("commit", "-q", "-m", "one", env=environ)
    dirty = journal.dirty_paths(hooked.env)
    journal.append(Event("after", "shell", AGENT, (), head=dirty.head), {})

    assert noted(hooked) == expected


def test_an_amended_commit_keeps_its_lines_and_its_reviews(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "one")
    write_note(found(hooked), head(hooked), reviews=[{"hunk": "x", "decision": "approve"}])
    hooked.write("a.py", "mine = 1\n" + TEXT).stage().git("commit", "-q", "--amend", "-m", "two")

    (note,) = dict(read_notes(found(hooked), [head(hooked)])).values()
    assert [(hunk.first, hunk.last) for hunk in note.hunks] == [(2, 5)]
    assert list(note.reviews) == [{"hunk": "x", "decision": "approve"}]


@pytest.mark.parametrize("word", ["pick", "squash", "fixup", "reword"])
def test_rebased_commits_are_noted(hooked: Repository, word: str) -> None:
    hooked.git("checkout", "-q", "-b", "topic")
    for name in ("a.py", "b.py"):
        agent_writes(hooked, name, TEXT.replace("value", name[0]))
        hooked.stage().git("commit", "-q", "-m", name)
    hooked.git("checkout", "-q", "main")
    hooked.write("c.py", "mine = 1\n").stage().git("commit", "-q", "-m", "c")
    editors = {"GIT_SEQUENCE_EDITOR": f"sed -i '2s/^pick/{word}/'", "GIT_EDITOR": "true"}
    hooked.git("rebase", "-q", "-i", "main", "topic", env=editors)

    known = [*noted(hooked, "HEAD"), *(noted(hooked, "HEAD^") if word in {"pick", "reword"} else [])]
    assert sorted(known) == [("a.py", 1, 4), ("b.py", 1, 4)]


def test_a_rebase_with_a_conflict_keeps_what_it_can(hooked: Repository) -> None:
    hooked.git("checkout", "-q", "-b", "topic")
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "a")
    hooked.git("checkout", "-q", "main")
    hooked.write("a.py", "mine = 1\n").stage().git("commit", "-q", "-m", "mine")
    hooked.git("rebase", "-q", "main", "topic", check=False)
    hooked.write("a.py", "mine = 1\n" + TEXT).stage().git("rebase", "--continue", env={"GIT_EDITOR": "true"})

    assert noted(hooked) == [("a.py", 2, 5)]


@pytest.mark.parametrize("act", [("cherry-pick", "topic"), ("merge", "-q", "--no-edit", "topic")])
def test_what_another_branch_brings_keeps_its_author(hooked: Repository, act: tuple[str, ...]) -> None:
    hooked.git("checkout", "-q", "-b", "topic")
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "a")
    hooked.git("checkout", "-q", "main")
    hooked.write("c.py", "mine = 1\n").stage().git("commit", "-q", "-m", "c")
    hooked.git(*act)

    assert noted(hooked, "HEAD" if act[0] == "cherry-pick" else "HEAD^2") == [("a.py", 1, 4)]


def test_a_linked_worktree_notes_too(hooked: Repository, tmp_path: Path, home: Path) -> None:
    agent_writes(hooked, "x.py", TEXT)
    hooked.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = Repository(tmp_path / "linked", home, init=False)
    agent_writes(linked, "a.py", TEXT)
    linked.stage().git("commit", "-q", "-m", "a")

    assert noted(linked) == [("a.py", 1, 4)]


def test_without_reports_nothing_is_written(hooked: Repository) -> None:
    hooked.write("a.py", TEXT).stage().git("commit", "-q", "-m", "a")

    assert hooked.git("rev-parse", "--verify", "-q", NOTES, check=False).stdout == ""
    assert not (hooked.path / ".git" / "countermark").exists()


def test_what_breaks_stops_nothing_and_is_said(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.git("update-ref", NOTES, hooked.git("hash-object", "-w", "README").stdout.strip())
    done = hooked.stage().git("commit", "-m", "a")

    assert done.returncode == 0
    assert len([line for line in done.stderr.splitlines() if line.startswith("countermark: ")]) >= 1
    assert "stopped" not in done.stderr


def test_a_damaged_journal_stops_nothing(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    file = Journal.of(found(hooked)).database.file
    file.write_bytes(b"noise" * 1000)
    for more in ("-wal", "-shm"):
        file.with_name(file.name + more).unlink(missing_ok=True)

    assert hooked.stage().git("commit", "-q", "-m", "a").returncode == 0


def test_the_hook_that_was_there_runs_and_its_code_is_given(repository: Repository) -> None:
    script = write_script(repository.path / ".git/hooks/post-commit", "#!/bin/sh\necho ran >>ran\nexit 3\n")
    was = hooks_and_settings(repository)
    install(found(repository))
    repository.write("a", "x\n").stage("a").git("commit", "-q", "-m", "a")

    assert (repository.path / "ran").read_text() == "ran\n"
    uninstall(found(repository))
    assert hooks_and_settings(repository) == was
    assert os.access(script, os.X_OK)


def test_git_copies_notes_where_no_hook_of_ours_runs(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "one")
    nowhere = ("-c", "core.hooksPath=/dev/null")
    hooked.git(*nowhere, "commit", "-q", "--amend", "-m", "two")

    assert noted(hooked) == [("a.py", 1, 4)]


@pytest.mark.parametrize("value", [None, "refs/notes/*", NOTES])
def test_a_setting_of_the_users_stays_theirs(repository: Repository, value: str | None) -> None:
    if value:
        repository.git("config", "--local", "notes.rewriteRef", value)
    was = hooks_and_settings(repository)
    install(found(repository))
    install(found(repository))
    assert repository.git("config", "--get-all", "notes.rewriteRef").stdout.split() == [value or NOTES]

    uninstall(found(repository))
    assert hooks_and_settings(repository) == was


def test_two_notes_that_git_joins_are_one(hooked: Repository) -> None:
    agent_writes(hooked, "a.py", TEXT)
    hooked.stage().git("commit", "-q", "-m", "one")
    write_note(found(hooked), head(hooked), reviews=[{"hunk": "x", "who": "Ada"}])
    text = hooked.git("notes", f"--ref={NOTES}", "show", "HEAD").stdout
    hooked.git("notes", f"--ref={NOTES}", "append", "-m", text.replace("Ada", "Bob"), "HEAD")

    (note,) = dict(read_notes(found(hooked), [head(hooked)])).values()
    assert [(hunk.first, hunk.last) for hunk in note.hunks] == [(1, 4)]
    assert sorted(review["who"] for review in note.reviews) == ["Ada", "Bob"]
    assert note != Note()
