"""Files and folders as they lie there: all of them, nothing beyond them, and no silence about what was left out."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from countermark.change import Change, FileChange, Trait
from countermark.changes.tree import tree
from countermark.config.schema import Limits
from countermark.errors import UsageError
from tests.core.changes.looking import read, skipped, texts, unreadable
from tests.core.opened import opened
from tests.support import Repository

LIMITS = Limits(file_bytes=1000)
BY_ITSELF = "a folder or a submodule, to be checked on its own"


def look(root: Path, *paths: Path, exclude: Sequence[str] = (), repository: Repository | None = None) -> Change:
    known = opened(repository) if repository else None
    return read(tree(root, paths or (root,), limits=LIMITS, exclude=exclude, repository=known))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with every kind of thing in it."""
    root = tmp_path / "folder"
    (root / "sub/deep").mkdir(parents=True)
    (root / "a.py").write_text("a\n")
    (root / "sub/b.py").write_text("b\n")
    (root / "sub/deep/c.py").write_text("c\n")
    (root / "link").symlink_to("a.py")
    (root / "out").symlink_to("/etc")
    (root / "sub/up").symlink_to("..")
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "pipe")
    with (root / "sparse").open("wb") as file:
        file.truncate(2 * 10**9)
    (root / "binary").write_bytes(b"\0")
    (root / ".git").mkdir()
    (root / ".git/config").write_text("inside git\n")
    return root


def test_a_folder_is_walked_without_leaving_it(folder: Path) -> None:
    change = look(folder)
    assert texts(change) == {"a.py": "a\n", "sub/b.py": "b\n", "sub/deep/c.py": "c\n"}
    assert skipped(change) == {
        "binary": "binary",
        "link": "a symbolic link",
        "loop": "a symbolic link",
        "out": "a symbolic link",
        "pipe": "a named pipe",
        "sparse": "larger than 1000 bytes (limits.file-bytes)",
        "sub/up": "a symbolic link",
    }
    assert (change.root, change.total) == (str(folder), None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", {"a.py": "a\n"}),
        ("sub", {"sub/b.py": "b\n", "sub/deep/c.py": "c\n"}),
        ("sub/../a.py", {"a.py": "a\n"}),
        ("sub/up/a.py", {"a.py": "a\n"}),
        ("sub/up/sub/deep", {"sub/deep/c.py": "c\n"}),
    ],
)
def test_named_paths_are_relative_to_the_root(folder: Path, path: str, expected: dict[str, str]) -> None:
    assert texts(look(folder, folder / path)) == expected


def test_paths_outside_of_the_root_and_the_current_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert texts(look(folder / "sub", folder / "a.py", Path("../folder/sub/deep"))) == {
        "../a.py": "a\n",
        "deep/c.py": "c\n",
    }


def test_a_path_that_is_named_twice_counts_once(folder: Path) -> None:
    change = look(folder, folder / "sub", folder / "sub/b.py", folder / "sub/deep")
    assert sorted(entry.path for entry in change.entries) == ["sub/b.py", "sub/deep/c.py", "sub/up"]


@pytest.mark.parametrize("name", ["none", "none/file", "a.py/file", "new\nline\u202e", "x" * 300, "a\0b"])
def test_a_path_that_does_not_exist_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(UsageError) as refusal:
        look(folder, folder / "a.py", folder / name)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("link", "a symbolic link"),
        ("loop", "a symbolic link"),
        ("pipe", "a named pipe"),
        (".git", "it belongs to git itself"),
        (".git/config", "it belongs to git itself"),
    ],
)
def test_naming_what_is_never_read_says_so(folder: Path, name: str, why: str) -> None:
    change = look(folder, folder / name)
    assert (texts(change), skipped(change)) == ({}, {name: why})


def test_a_link_to_a_folder_is_followed_when_it_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(folder / "sub")
    assert texts(look(tmp_path / "current")) == {"b.py": "b\n", "deep/c.py": "c\n"}


def test_a_socket_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert skipped(look(tmp_path)) == {"socket": "a socket"}


def test_files_that_change_while_they_are_listed(folder: Path) -> None:
    for name in ("gone", "linked", "folded", "grown"):
        (folder / name).write_text("x")
    change = tree(
        folder,
        [folder / name for name in ("gone", "linked", "folded", "grown")],
        limits=LIMITS,
        exclude=(),
        repository=None,
    )
    for name in ("gone", "linked", "folded"):
        (folder / name).unlink()
    (folder / "linked").symlink_to("/etc/passwd")
    (folder / "folded").mkdir()
    (folder / "grown").write_text("x" * 1001)
    assert skipped(read(change)) == {
        "gone": "it is no longer there",
        "linked": "a symbolic link",
        "folded": BY_ITSELF,
        "grown": "larger than 1000 bytes (limits.file-bytes)",
    }


def test_a_folder_that_vanishes_is_a_failure(folder: Path) -> None:
    change = tree(folder, [folder / "sub/deep"], limits=LIMITS, exclude=(), repository=None)
    (folder / "sub/deep/c.py").unlink()
    (folder / "sub/deep").rmdir()
    assert unreadable(read(change)) == {"sub/deep": "cannot be read: No such file or directory"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_failure(folder: Path) -> None:
    for name in ("a.py", "sub/deep"):
        (folder / name).chmod(0)
    found = unreadable(look(folder))
    (folder / "sub/deep").chmod(0o755)
    assert found == {"a.py": "cannot be read: Permission denied", "sub/deep": "cannot be read: Permission denied"}


def test_excluded_files_and_folders_are_named_once(folder: Path) -> None:
    change = look(folder, exclude=["/sub/", "*.py", "!a.py", "pipe"])
    assert texts(change) == {"a.py": "a\n"}
    excluded = {path for path, why in skipped(change).items() if why == "excluded by the settings"}
    assert excluded == {"sub", "pipe"}
    assert skipped(look(folder, folder / "sub/b.py", exclude=["sub"])) == {"sub": "excluded by the settings"}


@pytest.fixture
def chasm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders in folders, so deep that no call takes the whole path."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2200):
        os.mkdir("d")  # noqa: PTH102 - relative, step by step
        os.chdir("d")
    yield tmp_path
    monkeypatch.chdir(tmp_path)
    subprocess.run(["rm", "-rf", "d"], check=True)  # pytest would run out of stack


def test_folders_that_no_path_reaches_are_a_failure(chasm: Path) -> None:
    (said,) = unreadable(look(chasm)).values()
    assert said == "cannot be read: File name too long"


def test_names_that_are_no_text(tmp_path: Path) -> None:
    for name in (b"\xff.py", b"new\nline", "bidi\u202e".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(name)
    assert set(texts(look(tmp_path))) == {"\udcff.py", "new\nline", "bidi\u202e"}


@pytest.fixture
def project(repository: Repository) -> Repository:
    """A repository with files of every standing."""
    repository.write(".gitignore", "*.log\n/build/\n").write(".gitattributes", "*.gen linguist-generated\n")
    repository.write("tracked.py", "committed\n").write("sub/a.gen", "x\n").write("ignored.log", "but tracked\n")
    repository.git("add", "-f", ".")
    repository.commit().write("tracked.py", "worktree\n").write("new.py", "untracked\n").write("other.log", "ignored\n")
    return repository.write("build/out.py", "ignored\n")


def test_a_repository_holds_what_git_does_not_ignore(project: Repository) -> None:
    change = look(project.path, repository=project)
    assert texts(change) == {
        ".gitattributes": "*.gen linguist-generated\n",
        ".gitignore": "*.log\n/build/\n",
        "ignored.log": "but tracked\n",
        "new.py": "untracked\n",
        "sub/a.gen": "x\n",
        "tracked.py": "worktree\n",
    }
    assert change.total == 6
    assert {
        entry.path for entry in change.entries if isinstance(entry, FileChange) and Trait.GENERATED in entry.traits
    } == {"sub/a.gen"}


@pytest.mark.parametrize(
    ("path", "expected"), [("other.log", {"other.log"}), ("build/out.py", {"build/out.py"}), ("sub", {"sub/a.gen"})]
)
def test_a_file_that_is_named_counts_though_git_ignores_it(project: Repository, path: str, expected: set[str]) -> None:
    assert set(texts(look(project.path, project.path / path, repository=project))) == expected


def test_a_folder_that_git_ignores_is_not_silently_clean(project: Repository) -> None:
    project.write("build/deep/more.py", "ignored too\n").write("build/node/x.js", "")
    change = look(project.path, project.path / "build", repository=project, exclude=["build/node"])
    assert texts(change) == {"build/out.py": "ignored\n", "build/deep/more.py": "ignored too\n"}
    assert skipped(change) == {"build/node": "excluded by the settings"}
    assert look(project.path, project.path / "build/deep", repository=project).entries


def test_a_root_inside_of_the_worktree(project: Repository) -> None:
    change = look(project.path / "sub", project.path / "sub", project.path / "new.py", repository=project)
    assert set(texts(change)) == {"a.gen", "../new.py"}


def test_a_file_that_the_worktree_lacks_is_not_there(project: Repository) -> None:
    project.write("tracked.py", None)
    assert skipped(look(project.path, repository=project)) == {"tracked.py": "it is no longer there"}


def test_repositories_inside_are_checked_on_their_own(project: Repository, tmp_path: Path, home: Path) -> None:
    Repository(tmp_path / "lib", home).write("a", "1").stage().commit()
    project.git("submodule", "--quiet", "add", str(tmp_path / "lib"), "lib")
    Repository(project.path / "nested", home).write("a", "1").stage().commit()
    assert skipped(look(project.path, repository=project)) == {"lib": BY_ITSELF, "nested": "a repository of its own"}


def test_a_tracked_folder_that_became_a_link_is_not_followed(project: Repository, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.gen").write_text("outside\n")
    project.write("sub/a.gen", None)
    (project.path / "sub").rmdir()
    (project.path / "sub").symlink_to(tmp_path / "secret")
    found = skipped(look(project.path, repository=project))
    assert found == {"sub": "a symbolic link", "sub/a.gen": "reached through a symbolic link"}


def test_a_sparse_checkout_says_how_much_is_not_there(project: Repository) -> None:
    project.git("sparse-checkout", "set", "--no-cone", "/tracked.py", "/.gitignore")
    change = look(project.path, repository=project)
    assert set(texts(change)) == {"tracked.py", ".gitignore", "new.py"}
    assert skipped(change) == {".": "3 files are outside the sparse checkout"}


def test_conflicts_are_read_once_as_they_lie_there(project: Repository) -> None:
    project.stage().commit().git("switch", "-q", "-c", "topic", "HEAD~1")
    project.write("new.py", "theirs\n").stage().commit()
    assert project.git("merge", "main", check=False).returncode == 1
    entries = [entry for entry in look(project.path, repository=project).entries if entry.path == "new.py"]
    assert len(entries) == 1


def test_an_empty_repository_is_an_empty_change(repository: Repository) -> None:
    assert look(repository.path, repository=repository).entries == []


def test_a_bare_repository_is_a_folder_like_any(tmp_path: Path, home: Path) -> None:
    bare = Repository(tmp_path / "bare.git", home, init=False)
    bare.git("init", "-q", "--bare")
    assert "HEAD" in texts(look(bare.path, repository=bare))


@pytest.mark.parametrize("name", ["-dash.py", ":(glob)x", "[ab].py", "new\nline", "--help/a"])
def test_names_are_never_options_or_patterns(repository: Repository, name: str) -> None:
    repository.write(name, "text\n").write("a.py", "")
    folder = repository.path / name.split("/", maxsplit=1)[0]
    assert texts(look(repository.path, folder, repository=repository)) == {name: "text\n"}
