"""A range is judged by what it changes in the end, and by every version that it published on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.change import Change, FileChange, Trait
from countermark.changes.range import commits
from countermark.config.schema import Limits
from countermark.errors import UsageError
from tests.core.changes.looking import added, read, skipped, texts, unreadable
from tests.core.opened import opened
from tests.support import Repository

LINES = "".join(f"line {number}\n" for number in range(30))
LIMITS = Limits(file_bytes=10_000)


def look(repository: Repository, spec: str) -> Change:
    return read(commits(opened(repository), spec, LIMITS))


def net(change: Change) -> dict[str, str]:
    return {
        entry.path: entry.after.text for entry in change.entries if isinstance(entry, FileChange) and not entry.commit
    }


def on_the_way(change: Change) -> list[tuple[str, str, str | None]]:
    """Versions that a later commit replaced: path, text, text before."""
    files = [entry for entry in change.entries if isinstance(entry, FileChange) and entry.commit]
    return [(file.path, file.after.text, file.before.text if file.before else None) for file in files]


def oid(repository: Repository, name: str) -> str:
    return repository.git("rev-parse", name).stdout.strip()


@pytest.fixture
def started(repository: Repository) -> Repository:
    repository.write("a", LINES).stage().commit().git("tag", "base")
    return repository


def test_the_net_change_knows_what_was_there_before(started: Repository) -> None:
    started.write("a", LINES + "more\n").write("b", "new\n").stage().commit()
    change = look(started, "base..HEAD")
    assert net(change) == {"a": LINES + "more\n", "b": "new\n"}
    assert [added(entry) for entry in change.entries if isinstance(entry, FileChange)] == [["more\n"], ["new\n"]]
    assert on_the_way(change) == []


def test_what_a_later_commit_removed_was_published_all_the_same(started: Repository) -> None:
    started.write("a", LINES + "secret\n").write("gone", "secret\n").stage().commit()
    leak = oid(started, "HEAD")
    started.write("a", LINES + "clean\n").write("gone", None).stage().commit()
    change = look(started, "base..HEAD")
    assert net(change) == {"a": LINES + "clean\n"}
    assert on_the_way(change) == [("a", LINES + "secret\n", LINES), ("gone", "secret\n", None)]
    assert {entry.commit for entry in change.entries if isinstance(entry, FileChange)} == {None, leak}
    assert change.deleted == ()


def test_a_range_that_ends_where_it_began_still_shows_the_way(started: Repository) -> None:
    started.write("a", "secret\n").stage().commit().write("a", LINES).stage().commit()
    change = look(started, "base..HEAD")
    assert (net(change), on_the_way(change)) == ({}, [("a", "secret\n", LINES)])


@pytest.mark.parametrize(("spec", "path"), [("main..topic", {"a", "t"}), ("main...topic", {"t"})])
def test_two_dots_compare_and_three_leave_out_what_main_did(started: Repository, spec: str, path: set[str]) -> None:
    started.git("switch", "-q", "-c", "topic")
    started.write("t", "topic\n").stage().commit().git("switch", "-q", "main")
    started.write("a", LINES + "main\n").stage().commit()
    assert set(net(look(started, spec))) == path
    assert on_the_way(look(started, spec)) == []


def test_a_merge_is_looked_at_for_what_it_alone_brings(started: Repository) -> None:
    started.git("switch", "-q", "-c", "topic")
    started.write("a", "theirs\n").write("t", "topic\n").stage().commit().git("switch", "-q", "main")
    started.write("a", "ours\n").stage().commit()
    assert started.git("merge", "topic", check=False).returncode == 1
    started.write("a", "evil\n").write("only in the merge", "evil too\n").stage().commit()
    started.write("a", LINES).write("only in the merge", None).stage().commit()
    change = look(started, "base..main")
    assert net(change) == {"t": "topic\n"}
    versions = [(path, text) for path, text, _ in on_the_way(change)]
    assert sorted(versions) == [
        ("a", "evil\n"),
        ("a", "ours\n"),
        ("a", "theirs\n"),
        ("only in the merge", "evil too\n"),
    ]


def test_a_file_that_was_moved_keeps_its_past(started: Repository) -> None:
    started.git("mv", "a", "moved")
    started.write("moved", LINES + "more\n").stage().commit()
    started.git("mv", "moved", "again")
    started.commit()
    change = look(started, "base..HEAD")
    (file,) = change.entries
    assert isinstance(file, FileChange)
    assert (file.path, file.old_path, added(file)) == ("again", "a", ["more\n"])


def test_twins_of_the_net_change_are_both_there(started: Repository) -> None:
    started.write("one", "same\n").write("two", "same\n").stage().commit()
    assert net(look(started, "base..HEAD")) == {"one": "same\n", "two": "same\n"}


def test_deleted_files_and_other_kinds(started: Repository, tmp_path: Path) -> None:
    started.write("a", None).write("binary", b"\0").write("large", "x" * 10_001)
    (started.path / "link").symlink_to(tmp_path)
    change = look(started.stage().commit(), "base..HEAD")
    assert change.deleted == ("a",)
    assert [(file.path, file.gone) for file in change.gone] == [("a", True)]
    assert skipped(change) == {
        "binary": "binary",
        "large": "larger than 10000 bytes (limits.file-bytes)",
        "link": "a symbolic link",
    }


def test_attributes_are_those_of_the_end(started: Repository) -> None:
    started.write("x.gen", "1\n").stage().commit()
    started.write("x.gen", "2\n").write(".gitattributes", "*.gen linguist-generated\n").stage().commit()
    started.write(".gitattributes", "").stage()
    change = look(started, "base..HEAD")
    files = [entry for entry in change.entries if isinstance(entry, FileChange) and entry.path == "x.gen"]
    assert [file.traits for file in files] == [{Trait.GENERATED}, {Trait.GENERATED}]


def test_a_bare_repository_has_ranges_too(started: Repository, tmp_path: Path, home: Path) -> None:
    started.write("b", "new\n").stage().commit()
    bare = Repository(tmp_path / "bare.git", home, init=False)
    bare.git("clone", "-q", "--bare", str(started.path), ".")
    change = look(bare, "base..main")
    assert (net(change), change.root) == ({"b": "new\n"}, str(bare.path))
    assert sorted(path.name for path in bare.path.iterdir() if "index" in path.name) == []


@pytest.mark.parametrize("spec", ["base..none", "none..HEAD", "-p..HEAD", "--output=x", "HEAD", "base..HEAD\n"])
def test_a_range_that_does_not_exist_is_refused(started: Repository, spec: str) -> None:
    with pytest.raises(UsageError):
        look(started, spec)


def test_an_empty_repository_has_no_range(repository: Repository) -> None:
    with pytest.raises(UsageError, match="unknown revision: HEAD"):
        look(repository, "HEAD..HEAD")


def test_a_shallow_clone_without_the_way_is_refused(started: Repository, tmp_path: Path, home: Path) -> None:
    started.write("a", "secret\n").stage().commit().write("a", "clean\n").stage().commit()
    clone = Repository(tmp_path / "clone", home, init=False)
    clone.git("clone", "-q", "--depth=1", started.path.as_uri(), ".")
    clone.git("fetch", "-q", "--depth=1", "origin", "tag", "base")
    with pytest.raises(UsageError, match="git fetch --unshallow"):
        look(clone, "base..HEAD")
    clone.git("fetch", "-q", "--unshallow")
    assert [path for path, *_ in on_the_way(look(clone, "base..HEAD"))] == ["a"]


def test_no_room_for_what_is_needed_is_a_failure(started: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(started.path / "none"))
    change = look(started.write("a", "1\n").stage().commit(), "base..HEAD")
    assert "No such file or directory" in unreadable(change)["."]


def test_a_commit_that_cannot_be_read_is_a_failure_and_ends_the_stream(started: Repository) -> None:
    started.write("a", "1\n").write("sub/x", "1\n").stage().commit()
    tree = oid(started, "HEAD:sub")
    started.write("sub/x", "2\n").stage().commit()
    (started.path / ".git/objects" / tree[:2] / tree[2:]).unlink()
    change = look(started, "base..HEAD")
    assert texts(change) == {"a": "1\n", "sub/x": "2\n"}
    assert "git diff-tree failed" in unreadable(change)["."]
