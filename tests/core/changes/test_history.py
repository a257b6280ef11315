"""The history holds every content that any ref reaches: each once, with who brought it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from countermark.change import Change, FileChange
from countermark.changes.history import Past, Reader
from countermark.config.schema import Limits
from countermark.errors import UsageError
from tests.core.changes.looking import read, skipped
from tests.core.opened import opened
from tests.support import Repository, is_gone

LIMITS = Limits(file_bytes=100_000)


def look(repository: Repository, spec: str | None = None) -> Change:
    past = Past.of(opened(repository), spec)
    with Reader(past, LIMITS) as reader:
        return read(Change(str(repository.path), reader.entries(past.versions(set()))))


def files(change: Change) -> list[FileChange]:
    return [entry for entry in change.entries if isinstance(entry, FileChange)]


def blobs(repository: Repository) -> set[str]:
    """Every blob that git itself finds."""
    objects = repository.git("rev-list", "--objects", "--all").stdout
    oids = "".join(f"{line.split()[0]}\n" for line in objects.splitlines()).encode()
    kinds = repository.git("cat-file", "--batch-check=%(objecttype) %(objectname)", input=oids).stdout
    return {line.split()[1] for line in kinds.splitlines() if line.startswith("blob")}


@pytest.fixture
def lived_in(repository: Repository) -> Repository:
    """Branches, a merge with a conflict, a rename, a deletion, a stash, a tag that no branch reaches."""
    repository.write("a", "one\n").write("twin", "one\n").stage().commit("first")
    repository.git("switch", "-q", "-c", "topic")
    repository.write("a", "theirs\n").write("t", "topic\n").stage().commit()
    repository.git("switch", "-q", "main")
    repository.write("a", "ours\n").stage().commit()
    repository.git("merge", "topic", check=False)
    repository.write("a", "evil\n").write("only in the merge", "evil too\n").stage().commit("merge")
    repository.git("mv", "t", "renamed")
    repository.write("a", None).stage().commit()
    repository.git("switch", "-q", "--orphan", "pages")
    repository.write("index.html", "<p>\n").stage().commit().git("tag", "v1")
    repository.write("index.html", "stashed\n").git("stash", "-q")
    repository.git("switch", "-q", "main")
    repository.git("branch", "-q", "-D", "pages")
    return repository


def test_every_content_is_there_once(lived_in: Repository) -> None:
    found = files(look(lived_in))
    oids = [lived_in.git("hash-object", "--stdin", input=file.after.data).stdout.strip() for file in found]
    assert len(oids) == len(set(oids))
    assert set(oids) == blobs(lived_in)


def test_each_names_its_first_path_and_the_commit(lived_in: Repository) -> None:
    found = {file.after.text: file for file in files(look(lived_in))}
    first = lived_in.git("rev-list", "--max-parents=0", "main").stdout.strip()
    assert (found["one\n"].path, found["one\n"].commit) == ("a", first)
    assert found["topic\n"].path == "t"
    assert {file.before for file in found.values()} == {None}
    merge = lived_in.git("rev-list", "--merges", "main").stdout.strip()
    assert {found[text].commit for text in ("evil\n", "evil too\n")} == {merge}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("topic", {"one\n", "theirs\n", "topic\n"}),
        ("main~2..topic", {"theirs\n", "topic\n"}),
        ("v1", {"<p>\n"}),
    ],
)
def test_a_part_of_the_history(lived_in: Repository, spec: str, expected: set[str]) -> None:
    assert {file.after.text for file in files(look(lived_in, spec))} == expected


def test_a_range_tells_what_each_replaced(lived_in: Repository) -> None:
    found = {file.after.text: file for file in files(look(lived_in, "main~2..topic"))}
    theirs = found["theirs\n"]
    assert (theirs.path, theirs.before.text if theirs.before else None) == ("a", "one\n")


def test_who_wrote_a_commit_and_when(repository: Repository) -> None:
    repository.write("a", "1").stage().commit("first", "--author=Zoë <z@example.invalid>")
    past = Past.of(opened(repository))
    (commit,) = {raw.commit or "" for raw in past.versions(set())}
    assert past.origins([commit]) == {commit: ("Zoë", "2026-01-02")}
    assert (past.origins([]), past.commits()) == ({}, 1)


@pytest.mark.parametrize("spec", ["--all", "none", "a..none", ""])
def test_a_part_that_does_not_exist_is_refused(lived_in: Repository, spec: str) -> None:
    with pytest.raises(UsageError):
        look(lived_in, spec)


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_an_empty_repository_has_none(tmp_path: Path, home: Path, form: str) -> None:
    for kind in ([], ["--bare"]):
        empty = Repository(tmp_path / f"{form}{kind}", home, init=False)
        empty.git("init", "-q", f"--object-format={form}", *kind)
        assert look(empty).entries == []


def test_a_bare_clone_has_the_same(lived_in: Repository, tmp_path: Path, home: Path) -> None:
    bare = Repository(tmp_path / "bare.git", home, init=False)
    bare.git("clone", "-q", "--mirror", str(lived_in.path), ".")
    assert {file.after.data for file in files(look(bare))} == {file.after.data for file in files(look(lived_in))}


def test_a_detached_head_is_a_part_of_it(repository: Repository) -> None:
    repository.write("a", "1\n").stage().commit().git("switch", "-q", "--detach")
    repository.write("a", "2\n").stage().commit()
    assert [file.after.text for file in files(look(repository))] == ["1\n", "2\n"]


def test_other_kinds_are_said_once(repository: Repository, tmp_path: Path, home: Path) -> None:
    lib = Repository(tmp_path / "lib", home).write("a", "1").stage().commit()
    repository.git("submodule", "--quiet", "add", str(lib.path), "lib")
    (repository.path / "link").symlink_to("elsewhere")
    repository.write("binary", b"\0").write("large", "x" * 100_001).stage().commit()
    repository.git("-C", "lib", "commit", "-q", "--allow-empty", "-m", "more")
    repository.stage().commit()
    change = look(repository)
    assert [entry.path for entry in change.entries].count("lib") == 1
    assert skipped(change) == {
        "binary": "binary",
        "large": "larger than 100000 bytes (limits.file-bytes)",
        "lib": "a submodule",
        "link": "a symbolic link",
    }


def long_history(repository: Repository, commits: int) -> None:
    """Commits that each write a new text of 20 kB."""
    stream: list[bytes] = []
    for number in range(commits):
        text = f"{number}\n".encode() * 4000
        stream += [
            b"commit refs/heads/main\ncommitter A <a@example.invalid> %d +0000\ndata 0\n" % (1_700_000_000 + number),
            b"M 100644 inline file\ndata %d\n%s\n" % (len(text), text),
        ]
    repository.git("fast-import", "--quiet", input=b"".join(stream))


def test_thousands_of_commits_take_no_more_memory_than_a_few(repository: Repository) -> None:
    long_history(repository, 3000)
    past = Past.of(opened(repository))
    tracemalloc.start()
    try:
        with Reader(past, LIMITS) as reader:
            found = reader.entries(past.versions(set()))
            assert sum(isinstance(entry, FileChange) for entry in found) == 3000
        assert tracemalloc.get_traced_memory()[1] < 10_000_000  # of some 60 MB that were read
    finally:
        tracemalloc.stop()


def test_ctrl_c_in_the_middle_leaves_no_git_behind(repository: Repository, tmp_path: Path) -> None:
    long_history(repository, 50)
    script = tmp_path / "scan.py"
    script.write_text(
        "from pathlib import Path\n"
        "from countermark.changes.history import Past, Reader\n"
        "from countermark.config.schema import Limits\n"
        "from countermark.git.repository import discover\n"
        "past = Past.of(discover(Path('.')))\n"
        "while True:\n"
        "    with Reader(past, Limits()) as reader:\n"
        "        for number, _ in enumerate(reader.entries(past.versions(set()))):\n"
        "            number or print('reading', flush=True)\n"
    )
    scan = subprocess.Popen(
        [sys.executable, str(script)], cwd=repository.path, env=repository.env, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with scan:
        assert scan.stdout is not None
        assert scan.stdout.readline() == "reading\n"
        os.killpg(scan.pid, signal.SIGINT)
        _, said = scan.communicate(timeout=30)
    assert said.splitlines()[-1] == "KeyboardInterrupt"
    assert "Exception ignored" not in said
    assert is_gone(scan.pid)
