"""What is staged is found whatever names, settings and damage come with the repository, and at what cost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from countermark.change import Change, FileChange, Unreadable
from countermark.changes.index import staged
from countermark.config.schema import Limits
from countermark.errors import PartFailed, UsageError
from countermark.git.objects import Objects
from countermark.git.snapshots import IndexSnapshot
from tests.core.changes.looking import added, only, read, skipped, texts
from tests.core.opened import opened
from tests.support import Repository

LINES = "".join(f"line {number}\n" for number in range(30))
LIMITS = Limits(file_bytes=10_000)


def look(repository: Repository, **environ: str) -> Change:
    return read(staged(opened(repository, **environ), LIMITS))


ODD_NAMES = [
    "plain.py", "sp ace.py", 'qu"ote.py', "tab\there.py", "line\nend.py", "back\\slash.py", "-dash.py", "--help", "ünï/😀.py",
    "bidi\u202egnp.py", "\udcff\udcfe.py", ":colon", "[glob]*?.py", "trailing ", "'single'", "a -> b", "\x01control",
]  # fmt: skip


@pytest.mark.parametrize("quote", ["true", "false"])
def test_names_come_through_as_they_are(repository: Repository, quote: str) -> None:
    repository.git("config", "core.quotePath", quote)
    for name in ODD_NAMES:
        file = Path(os.fsdecode(os.fsencode(repository.path) + b"/" + name.encode("utf-8", "surrogateescape")))
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{name!a}\n")
    assert texts(look(repository.stage())) == {name: f"{name!a}\n" for name in ODD_NAMES}


def test_odd_names_survive_a_rename(repository: Repository) -> None:
    repository.write("line\nend.py", LINES).stage().commit()
    repository.git("mv", "line\nend.py", ":100644 new.py")
    file = only(look(repository))
    assert (file.path, file.old_path, file.hunks) == (":100644 new.py", "line\nend.py", ())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.external", "false"),
        ("diff.relative", "true"),
        ("diff.orderFile", "none"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.submodule", "log"),
        ("diff.wordRegex", "."),
        ("diff.algorithm", "patience"),
        ("diff.x.textconv", "false"),
        ("diff.x.command", "false"),
        ("color.ui", "always"),
        ("core.autocrlf", "true"),
        ("core.autocrlf", "input"),
        ("core.eol", "crlf"),
        ("core.safecrlf", "false"),
        ("core.abbrev", "7"),
        ("core.pager", "false"),
        ("core.symlinks", "false"),
        ("core.fileMode", "false"),
        ("core.ignoreCase", "true"),
        ("core.fsmonitor", "true"),
        ("core.splitIndex", "true"),
        ("index.version", "4"),
    ],
)
def test_no_setting_changes_what_is_staged(repository: Repository, key: str, value: str) -> None:
    repository.write(".gitattributes", "*.py diff=x\n").write("src/a.py", "one\n").stage().commit()
    repository.git("config", key, value)
    repository.write("src/a.py", "one\ntwo\n").stage().write("src/a.py", "one\r\ntwo\r\nthree\r\n")
    file = only(look(repository))
    assert (file.path, file.after.data) == ("src/a.py", b"one\ntwo\n")


def test_crlf_is_staged_as_git_normalised_it(repository: Repository) -> None:
    repository.git("config", "core.autocrlf", "true")
    repository.write("a.py", "one\ntwo\n").stage().commit().write("a.py", "one\r\ntwo\r\nthree\r\n").stage()
    file = only(look(repository))
    assert file.after.data == b"one\ntwo\nthree\n"
    assert added(file) == ["three\n"]


def test_a_filter_of_the_repository_is_not_run(repository: Repository) -> None:
    repository.write(".gitattributes", "*.py filter=x\n").write("a.py", "real\n").stage()
    for side in ("clean", "smudge"):
        repository.git("config", f"filter.x.{side}", "touch marker; cat")
    assert texts(look(repository))["a.py"] == "real\n"
    assert not (repository.path / "marker").exists()


def test_one_line_of_fifty_megabytes_is_read_where_the_limit_allows(repository: Repository) -> None:
    repository.write("line", b"x" * 50_000_000).stage()
    assert skipped(look(repository)) == {"line": "larger than 10000 bytes (limits.file-bytes)"}
    (entry,) = staged(opened(repository), Limits(file_bytes=60_000_000)).entries
    assert isinstance(entry, FileChange)
    assert len(entry.after.text) == 50_000_000
    assert len(entry.hunks) == 1


def test_a_damaged_object_is_a_failure_of_that_file_alone(repository: Repository) -> None:
    repository.write("a", "first\n").write("b", "second\n").stage()
    oid = repository.git("rev-parse", ":a").stdout.strip()
    (repository.path / ".git/objects" / oid[:2] / oid[2:]).unlink()
    change = look(repository)
    assert [type(entry) for entry in change.entries] == [Unreadable, FileChange]
    assert texts(change) == {"b": "second\n"}


def test_an_earlier_version_that_is_gone_makes_every_line_new(repository: Repository) -> None:
    repository.write("a", LINES).stage().commit().write("a", LINES + "more\n").stage()
    oid = repository.git("rev-parse", "HEAD:a").stdout.strip()
    (repository.path / ".git/objects" / oid[:2] / oid[2:]).unlink()
    assert only(look(repository)).before is None


def test_a_broken_index_is_a_failure(repository: Repository) -> None:
    repository.write("a", "1").stage().write(".git/index", b"rubbish")
    with pytest.raises(PartFailed, match=r"git diff failed: .*index"):
        look(repository)


def test_a_bare_repository_has_nothing_to_stage(tmp_path: Path, home: Path) -> None:
    bare = Repository(tmp_path / "bare.git", home, init=False)
    bare.git("init", "-q", "--bare")
    with pytest.raises(UsageError, match="no worktree"):
        look(bare)


def test_a_read_only_git_dir_is_enough(repository: Repository) -> None:
    repository.write("a", "1\n").stage().commit().write("a", "2\n").stage()
    before = {path: path.stat().st_mtime_ns for path in (repository.path / ".git").rglob("*")}
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert texts(look(repository)) == {"a": "2\n"}
        assert {path: path.stat().st_mtime_ns for path in (repository.path / ".git").rglob("*")} == before
    finally:
        for path in before:
            path.chmod(0o755)


def test_three_processes_and_no_more(repository: Repository, tmp_path: Path) -> None:
    for number in range(10):
        repository.write(f"src/{number}.py", LINES)
    repository.write("countermark.toml", "[policy]\n").stage().commit()
    for number in range(10):
        repository.write(f"src/{number}.py", LINES + "more\n")
    found = opened(repository.stage(), GIT_TRACE2_EVENT=str(tmp_path / "trace"))
    (tmp_path / "trace").unlink(missing_ok=True)  # written by the discovery
    with Objects(found) as objects:
        assert IndexSnapshot(found, objects).read("countermark.toml") == b"[policy]\n"
        assert len(list(staged(found, LIMITS, objects=objects).entries)) == 10
    starts = [
        event
        for line in (tmp_path / "trace").read_text().splitlines()
        if (event := json.loads(line))["event"] == "start"
    ]
    assert len(starts) == 3


def test_two_looks_at_once_do_not_disturb_each_other(repository: Repository) -> None:
    for number in range(100):
        repository.write(f"{number}", f"{number}\n" * 50)
    found = opened(repository.stage())
    first, second = staged(found, LIMITS), staged(found, LIMITS)
    pairs = list(zip(first.entries, second.entries, strict=True))
    assert len(pairs) == 100
    assert all(one.path == other.path and isinstance(one, FileChange) for one, other in pairs)


def test_a_stream_that_nobody_reads_leaves_no_process(repository: Repository) -> None:
    repository.write("a", "1").write("b", "2").stage()
    change = staged(opened(repository), LIMITS)
    next(iter(change.entries))
    del change  # an unfinished process would be an error here, as every warning is
    staged(opened(repository), LIMITS)
