"""What is staged, in every state that a repository can be in."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from countermark.change import Change, FileChange, Trait
from countermark.changes.index import staged
from countermark.config.schema import Limits
from tests.core.changes.looking import added, only, read, skipped, texts
from tests.core.opened import opened
from tests.support import Repository

LINES = "".join(f"line {number}\n" for number in range(30))
LIMITS = Limits(file_bytes=10_000)


def look(repository: Repository, **environ: str) -> Change:
    return read(staged(opened(repository, **environ), LIMITS))


@pytest.mark.parametrize(
    ("worktree", "expected"), [("worktree\n", "staged\n"), (None, "staged\n"), ("staged\n", "staged\n")]
)
def test_staged_bytes_count_whatever_the_worktree_holds(
    repository: Repository, worktree: str | None, expected: str
) -> None:
    repository.write("a.py", "committed\n").stage().commit().write("a.py", "staged\n").stage().write("a.py", worktree)
    file = only(look(repository))
    assert (file.after.text, file.before.text if file.before else None) == (expected, "committed\n")


def test_nothing_staged_is_an_empty_change(repository: Repository) -> None:
    repository.write("a", "1").stage().commit().write("a", "2").write("b", "untracked")
    assert look(repository) == Change(str(repository.path), [], 0, ())


def test_everything_is_new_before_the_first_commit(repository: Repository) -> None:
    assert look(repository).total == 0
    repository.write("a.py", "first\n").stage()
    file = only(look(repository))
    assert (file.after.text, file.before, file.old_path) == ("first\n", None, None)


def test_a_repository_with_longer_ids(tmp_path: Path, home: Path) -> None:
    newer = Repository(tmp_path / "sha256", home, init=False)
    newer.git("init", "-q", "--object-format=sha256")
    newer.write("a", "1\n").stage().commit().write("a", "2\n").stage()
    assert texts(look(newer)) == {"a": "2\n"}


def test_a_detached_head_is_as_good_as_a_branch(repository: Repository) -> None:
    repository.write("a", "1\n").stage().commit().git("switch", "-q", "--detach")
    assert texts(look(repository.write("a", "2\n").stage())) == {"a": "2\n"}


def test_partly_staged_hunks(repository: Repository) -> None:
    repository.write("a", LINES).stage().commit()
    repository.write("a", LINES.replace("line 3\n", "staged\n")).stage()
    repository.write("a", LINES.replace("line 3\n", "staged\n").replace("line 20\n", "unstaged\n"))
    file = only(look(repository))
    assert added(file) == ["staged\n"]


@pytest.mark.parametrize("add", [(), ("diff.renames", "false"), ("diff.renames", "copies"), ("diff.renameLimit", "1")])
def test_renames_keep_their_past(repository: Repository, add: tuple[str, ...]) -> None:
    if add:
        repository.git("config", *add)
    repository.write("old.py", LINES).write("other.py", LINES.upper()).stage().commit()
    repository.git("mv", "old.py", "new.py")
    repository.git("mv", "other.py", "moved.py")
    repository.write("new.py", LINES.replace("line 3\n", "changed\n")).stage()
    change = look(repository)
    (file,) = (entry for entry in change.entries if isinstance(entry, FileChange) and entry.path == "new.py")
    assert (file.old_path, added(file)) == ("old.py", ["changed\n"])
    assert (change.total, change.deleted) == (2, ())


def test_deleted_files_are_named_and_are_no_entries(repository: Repository) -> None:
    repository.write("a", "1").write("b", "2").stage().commit().write("a", None).stage()
    change = look(repository)
    assert (list(change.entries), change.total, change.deleted) == ([], 0, ("a",))
    [gone] = change.gone
    assert gone.before is not None
    assert (gone.path, gone.gone, gone.before.text, gone.after.text) == ("a", True, "1", "")


def test_kinds_that_are_no_text(repository: Repository, tmp_path: Path, home: Path) -> None:
    Repository(tmp_path / "lib", home).write("a", "1").stage().commit()
    repository.git("submodule", "--quiet", "add", str(tmp_path / "lib"), "lib")
    repository.git("config", "-f", ".gitmodules", "submodule.lib.ignore", "all")
    repository.write("binary", b"\x7fELF\0").write("utf16.txt", "\ufefftext".encode("utf-16-le"))
    repository.write("full", "x" * 10_000).write("large", "x" * 10_001)
    (repository.path / "link").symlink_to("/etc/passwd")
    (repository.path / "loop").symlink_to("loop")
    change = look(repository.stage())
    assert skipped(change) == {
        "binary": "binary",
        "large": "larger than 10000 bytes (limits.file-bytes)",
        "lib": "a submodule",
        "link": "a symbolic link",
        "loop": "a symbolic link",
    }
    assert sorted(texts(change)) == [".gitmodules", "full", "utf16.txt"]
    assert texts(change)["utf16.txt"] == "text"


def test_a_moved_submodule_is_skipped_even_where_the_repository_hides_it(
    repository: Repository, tmp_path: Path, home: Path
) -> None:
    lib = Repository(tmp_path / "lib", home).write("a", "1").stage().commit()
    repository.git("submodule", "--quiet", "add", str(tmp_path / "lib"), "lib")
    repository.git("config", "-f", ".gitmodules", "submodule.lib.ignore", "all")
    repository.stage().commit()
    lib.write("a", "2").stage().commit()
    repository.git("-C", "lib", "pull", "-q")
    repository.git("add", "-f", "lib")
    assert skipped(look(repository)) == {"lib": "a submodule"}


def test_a_link_that_becomes_a_file_has_no_past(repository: Repository) -> None:
    (repository.path / "a").symlink_to("elsewhere")
    repository.stage().commit().write("a", None).write("a", "text\n").stage()
    file = only(look(repository))
    assert (file.after.text, file.before) == ("text\n", None)


def test_a_mode_is_no_difference_in_text(repository: Repository) -> None:
    repository.write("run.sh", "echo\n").stage().commit()
    (repository.path / "run.sh").chmod(stat.S_IRWXU)
    assert only(look(repository.stage())).hunks == ()


def test_an_empty_file_is_looked_at(repository: Repository) -> None:
    file = only(look(repository.write("empty", "").stage()))
    assert (file.after.text, file.hunks) == ("", ())


def test_a_name_that_is_only_announced_is_not_staged(repository: Repository) -> None:
    repository.write("a.py", "text\n").git("add", "-N", "a.py")
    assert look(repository).total == 0


def test_conflicts_are_skipped_and_what_a_merge_brings_is_not(repository: Repository) -> None:
    repository.write("a", "base\n").stage().commit()
    repository.git("switch", "-q", "-c", "topic")
    repository.write("a", "theirs\n").write("b", "brought\n").stage().commit()
    repository.git("switch", "-q", "main")
    repository.write("a", "ours\n").stage().commit()
    assert repository.git("merge", "topic", check=False).returncode == 1
    change = look(repository)
    assert skipped(change) == {"a": "it has conflicts that are not resolved"}
    assert texts(change) == {"b": "brought\n"}
    repository.write("a", "resolved\n").stage()
    assert texts(look(repository)) == {"a": "resolved\n", "b": "brought\n"}


def test_a_linked_worktree_has_an_index_of_its_own(repository: Repository, tmp_path: Path, home: Path) -> None:
    repository.write("a", "1\n").stage().commit().git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = Repository(tmp_path / "linked", home, init=False).write("a", "linked\n").stage()
    repository.write("a", "main\n").stage()
    assert (texts(look(linked)), texts(look(repository))) == ({"a": "linked\n"}, {"a": "main\n"})


@pytest.mark.parametrize("sparse_index", ["true", "false"])
def test_a_sparse_checkout_hides_nothing_that_is_staged(repository: Repository, sparse_index: str) -> None:
    repository.write("in/a", "1\n").write("out/b", "2\n").stage().commit()
    repository.git("sparse-checkout", "set", "--cone", f"--{'' if sparse_index == 'true' else 'no-'}sparse-index", "in")
    assert look(repository).total == 0
    oid = repository.git("hash-object", "-w", "--stdin", input=b"staged\n").stdout.strip()
    repository.git("update-index", "--add", "--cacheinfo", f"100644,{oid},out/b")
    assert texts(look(repository)) == {"out/b": "staged\n"}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("commit", "-m", "x"), {"staged": "2\n"}),
        (("commit", "-a", "-m", "x"), {"staged": "2\n", "unstaged": "2\n"}),
        (("commit", "-m", "x", "unstaged"), {"unstaged": "2\n"}),
        (("commit", "-m", "x", "--include", "unstaged"), {"staged": "2\n", "unstaged": "2\n"}),
    ],
)
def test_a_hook_sees_the_index_of_its_commit(
    repository: Repository, tmp_path: Path, command: tuple[str, ...], expected: dict[str, str]
) -> None:
    repository.write("staged", "1\n").write("unstaged", "1\n").stage().commit()
    hook = repository.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nenv -0 > "{tmp_path}/environ"; cp "$GIT_INDEX_FILE" "{tmp_path}/index"; exit 1\n')
    hook.chmod(0o755)
    repository.write("staged", "2\n").stage().write("unstaged", "2\n")
    assert repository.git(*command, check=False).returncode
    environ = dict(line.split("=", 1) for line in (tmp_path / "environ").read_text().split("\0") if "=" in line)
    # git removes the index of a commit that was stopped; the hook saw it where the copy now lies.
    environ["GIT_INDEX_FILE"] = str(tmp_path / "index")
    assert texts(look(repository, **environ)) == expected


def test_an_index_file_named_relative_to_the_top_is_found_from_a_folder(repository: Repository) -> None:
    repository.write("src/a", "1\n").stage()
    found = opened(repository, repository.path / "src", GIT_INDEX_FILE=".git/other")
    repository.git("read-tree", "--empty", env={"GIT_INDEX_FILE": ".git/other"})
    assert staged(found, LIMITS).total == 0


def test_traits_come_from_the_staged_attributes(repository: Repository) -> None:
    repository.write(".gitattributes", "*.py linguist-generated\n").write("a.py", "x\n").write(
        "vendor/b.py", "x\n"
    ).stage()
    repository.write(".gitattributes", "")
    found = {entry.path: entry.traits for entry in look(repository).entries if isinstance(entry, FileChange)}
    assert found["a.py"] == {Trait.GENERATED}
    assert found["vendor/b.py"] == {Trait.GENERATED, Trait.VENDORED}
