"""Notes come back as they were written, and whatever else is in their place is nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.errors import PartFailed, UsageError
from countermark.provenance.model import Author, State
from countermark.provenance.notes import (
    SCHEMA,
    Note,
    NotedHunk,
    parse,
    read_notes,
    recent,
    render,
    tip,
    write_note,
)
from countermark.provenance.passages import Passages
from countermark.provenance.sync import Synced, sync
from countermark.provenance.where import NOTES
from tests.support import Repository

from .acting import AGENT, Actors, found, numbered

HUNK = NotedHunk("a" * 64, "a.py", 2, 3, AGENT, (1, 2**32 - 1), (0, 7))
NEW = numbered("new", 4)


def test_a_note_comes_back() -> None:
    note = Note((HUNK,), ({"hunk": HUNK.id, "decision": "approve", "who": "Ada \u202e <a@x>"},))

    assert parse(render(note)) == note


def test_the_order_and_repetition_of_lines_do_not_matter() -> None:
    note = Note((HUNK,), ({"hunk": "x"},))
    lines = render(note).splitlines(keepends=True)

    assert parse(b"\n".join([*reversed(lines), b"", *lines])) == note


@pytest.mark.parametrize(
    "change",
    [
        {"id": "zz"},
        {"id": "a" * 64 + "-0"},
        {"path": "../x"},
        {"path": "/etc/passwd"},
        {"path": 3},
        {"first": 0},
        {"first": 3},
        {"first": True},
        {"first": 2**60, "last": 2**60 + 1},
        {"last": 9},
        {"state": "god"},
        {"at": -1},
        {"at": "now"},
        {"lines": "0000000"},
        {"lines": "zz" * 8},
        {"around": "00000000"},
        {"agent": None},
    ],
)
def test_a_hunk_that_makes_no_sense_is_left_out(change: dict[str, object]) -> None:
    lines = [json.loads(line) for line in render(Note((HUNK,))).splitlines()]
    for record in lines:
        if "hunk" in record:
            record["hunk"].update(change)

    assert parse("\n".join(map(json.dumps, lines)).encode()) == Note()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a note by somebody",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        render(Note((HUNK,))).replace(SCHEMA.encode(), b"countermark/note/2"),
        b'{"schema":"countermark/note/1"}\n{"hunk":[]}\n{"review":3}\nnull\n7',
    ],
)
def test_what_is_no_note_of_ours_says_nothing(data: bytes) -> None:
    assert parse(data) == Note()


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    parse(data)
    parse(render(Note((HUNK,))) + data)


def test_names_in_notes_are_shown_plainly() -> None:
    note = parse(render(Note((NotedHunk("a" * 64, "a.py", 1, 1, Author(State.AI, "\x1b[2J"), (1,)),))))

    assert note.hunks[0].author.agent == "\\x1b[2J"


def test_many_notes_are_written_and_read_at_once(repository: Repository) -> None:
    commits = []
    for number in range(3):
        repository.commit(str(number))
        commits.append(repository.git("rev-parse", "HEAD").stdout.strip())
    place = found(repository)
    for commit in commits:
        write_note(place, commit, [HUNK])
    write_note(place, commits[0], reviews=[{"hunk": HUNK.id}])

    assert dict(read_notes(place, [*commits, "0" * 40])) == {
        commits[0]: Note((HUNK,), ({"hunk": HUNK.id},)),
        commits[1]: Note((HUNK,)),
        commits[2]: Note((HUNK,)),
    }
    assert recent(place, 2) == [commits[0], commits[2]]


def test_notes_that_git_spread_over_folders_are_found(repository: Repository) -> None:
    commit = repository.commit().git("rev-parse", "HEAD").stdout.strip()
    blob = repository.git("hash-object", "-w", "--stdin", input=render(Note((HUNK,)))).stdout.strip()
    inner = repository.git("mktree", input=f"100644 blob {blob}\t{commit[2:]}\n".encode()).stdout.strip()
    tree = repository.git("mktree", input=f"040000 tree {inner}\t{commit[:2]}\n".encode()).stdout.strip()
    repository.git("update-ref", NOTES, repository.git("commit-tree", tree, "-m", "x").stdout.strip())

    assert dict(read_notes(found(repository), [commit])) == {commit: Note((HUNK,))}
    assert recent(found(repository), 5) == [commit]


def test_writers_at_once_lose_nothing(repository: Repository) -> None:
    commit = repository.commit().git("rev-parse", "HEAD").stdout.strip()
    place = found(repository)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda number: write_note(place, commit, reviews=[{"hunk": str(number)}]), range(10)))

    (note,) = dict(read_notes(place, [commit])).values()
    assert sorted(str(review["hunk"]) for review in note.reviews) == [str(number) for number in range(10)]


def test_a_ref_that_holds_something_else_is_said(repository: Repository) -> None:
    commit = repository.commit().git("rev-parse", "HEAD").stdout.strip()
    repository.git("update-ref", NOTES, repository.git("hash-object", "-w", "--stdin", input=b"x").stdout.strip())

    assert dict(read_notes(found(repository), [commit])) == {}
    with pytest.raises(PartFailed):
        write_note(found(repository), commit, [HUNK])


def test_the_notes_of_git_ai_are_never_touched(repository: Repository) -> None:
    repository.commit().git("notes", "--ref=ai", "add", "-m", "theirs")
    was = repository.git("rev-parse", "refs/notes/ai").stdout
    actors = Actors(repository)
    actors.agent("a.py", *NEW)
    actors.commit()

    assert repository.git("rev-parse", "refs/notes/ai").stdout == was
    assert tip(found(repository)) is not None


# With a remote


@pytest.fixture
def others(repository: Repository, tmp_path: Path, home: Path) -> tuple[Repository, Repository]:
    """Two clones of one bare repository."""
    repository.commit("first")
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "bare"))
    clones = []
    for name in ("one", "two"):
        repository.git("clone", "-q", str(tmp_path / "bare"), str(tmp_path / name))
        clones.append(Repository(tmp_path / name, home, init=False))
    return clones[0], clones[1]


def test_two_clones_come_to_know_the_same(others: tuple[Repository, Repository]) -> None:
    one, two = map(found, others)
    commit = others[0].git("rev-parse", "HEAD").stdout.strip()
    write_note(one, commit, [HUNK], [{"hunk": "1"}])
    write_note(two, commit, [HUNK], [{"hunk": "2"}])

    assert sync(one, "origin") == Synced(0, sent=True)
    assert sync(two, "origin") == Synced(1, sent=True)
    assert sync(one, "origin") == Synced(1, sent=False)
    both = Note((HUNK,), ({"hunk": "1"}, {"hunk": "2"}))
    assert dict(read_notes(one, [commit])) == dict(read_notes(two, [commit])) == {commit: both}
    assert sync(two, "origin") == Synced(0, sent=False)


def test_notes_that_somebody_rewrote_take_nothing_away(others: tuple[Repository, Repository]) -> None:
    """A forced push replaced the remote's notes by others that have nothing to do with them."""
    one, two = map(found, others)
    commit = others[0].git("rev-parse", "HEAD").stdout.strip()
    write_note(one, commit, [HUNK], [{"hunk": "1"}])
    sync(one, "origin")
    write_note(two, commit, reviews=[{"hunk": "forged"}])
    others[1].git("push", "-q", "--force", "origin", f"{NOTES}:{NOTES}")

    assert sync(one, "origin") == Synced(1, sent=True)
    assert sync(two, "origin") == Synced(1, sent=False)
    all_of_it = Note((HUNK,), ({"hunk": "1"}, {"hunk": "forged"}))
    assert dict(read_notes(one, [commit])) == dict(read_notes(two, [commit])) == {commit: all_of_it}


def test_notes_that_somebody_threw_away_come_back(others: tuple[Repository, Repository]) -> None:
    one = found(others[0])
    commit = others[0].git("rev-parse", "HEAD").stdout.strip()
    write_note(one, commit, [HUNK])
    sync(one, "origin")
    others[1].git("push", "-q", "origin", f":{NOTES}")

    assert sync(one, "origin") == Synced(0, sent=True)
    assert sync(found(others[1]), "origin") == Synced(1, sent=False)


def test_lines_of_others_are_known_again(others: tuple[Repository, Repository]) -> None:
    actors = Actors(others[0])
    actors.agent("a.py", *NEW)
    actors.commit()
    sync(found(others[0]), "origin")
    sync(found(others[1]), "origin")

    mine = Actors(others[1])
    mine.person("a.py", *NEW)
    others[1].stage()
    assert mine.staged() == {"a.py": "aaaa"}
    assert Passages(mine.journal.database).recall(["a.py"], NEW, range(4))


def test_a_remote_without_notes_is_no_fault(others: tuple[Repository, Repository]) -> None:
    assert sync(found(others[0]), "origin") == Synced(0, sent=False)


@pytest.mark.parametrize("remote", ["--upload-pack=touch x", "", "ext::sh -c true", "a\nb"])
def test_what_is_no_remote_is_refused(others: tuple[Repository, Repository], remote: str) -> None:
    with pytest.raises((UsageError, PartFailed)):
        sync(found(others[0]), remote)
    assert not (others[0].path / "x").exists()


def test_a_remote_that_is_not_there_is_said(others: tuple[Repository, Repository]) -> None:
    with pytest.raises(PartFailed, match="could not be fetched"):
        sync(found(others[0]), "nowhere")
