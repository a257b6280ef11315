"""Names of revisions come from users and CI, and are never options of git's."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.errors import UsageError
from countermark.git.revisions import EMPTY_TREES, complete, ends, resolve
from tests.core.opened import opened
from tests.support import Repository


@pytest.fixture
def forked(repository: Repository) -> Repository:
    """main: 1, 2, and a branch that left at 1: 3."""
    repository.commit("1").git("tag", "-a", "-m", "one", "v1")
    repository.commit("2").git("switch", "-q", "-c", "topic", "v1")
    return repository.commit("3")


def oid(repository: Repository, name: str) -> str:
    return repository.git("rev-parse", f"{name}^{{commit}}").stdout.strip()


@pytest.mark.parametrize("name", ["main", "v1", "HEAD~1", "topic@{0}", "HEAD^{tree}~0"])
def test_names_become_ids(forked: Repository, name: str) -> None:
    if "tree" in name:
        with pytest.raises(UsageError):
            resolve(opened(forked), name)
    else:
        assert resolve(opened(forked), name) == oid(forked, name)


@pytest.mark.parametrize(
    "name", ["", "-h", "--all", "--output=x", "a\nb", "none", "main..topic", "\u202emain", "^main", "\udcff"]
)
def test_what_is_no_revision_is_refused(forked: Repository, name: str) -> None:
    with pytest.raises(UsageError, match="revision") as refusal:
        resolve(opened(forked), name)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("main..topic", ("main", "topic")),
        ("main...topic", ("v1", "topic")),
        ("main..", ("main", "topic")),
        ("..main", ("topic", "main")),
        ("main...", ("v1", "topic")),
        ("HEAD~1..HEAD", ("v1", "topic")),
    ],
)
def test_ranges_have_two_ends(forked: Repository, spec: str, expected: tuple[str, str]) -> None:
    assert ends(opened(forked), spec) == tuple(oid(forked, name) for name in expected)


@pytest.mark.parametrize("spec", ["main", "", "a....b", "a..b..c", "-x..main", "main..-x", "main..none"])
def test_what_is_no_range_is_refused(forked: Repository, spec: str) -> None:
    with pytest.raises(UsageError):
        ends(opened(forked), spec)


def test_histories_that_never_met_have_no_merge_base(forked: Repository) -> None:
    forked.git("switch", "-q", "--orphan", "other")
    forked.commit("4")
    with pytest.raises(UsageError, match=r"main\.\.\.other: its ends have no common ancestor"):
        ends(opened(forked), "main...other")


def test_a_shallow_clone_is_told_to_fetch_more(forked: Repository, tmp_path: Path, home: Path) -> None:
    clone = Repository(tmp_path / "clone", home, init=False)
    clone.git("clone", "-q", "--depth=1", "--no-single-branch", "--no-tags", forked.path.as_uri(), ".")
    found = opened(clone)
    for spec in (f"{oid(forked, 'v1^{}')}..HEAD", "origin/main...HEAD", "none..HEAD"):
        with pytest.raises(UsageError, match="git fetch --unshallow"):
            ends(found, spec)
    tip, base = oid(clone, "HEAD"), oid(clone, "origin/main")
    with pytest.raises(UsageError, match=r"incomplete.*git fetch --unshallow"):
        complete(found, (tip, f"^{base}"))
    complete(opened(forked), (tip, f"^{base}"))


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_empty_trees_are_gits(tmp_path: Path, home: Path, form: str) -> None:
    empty = Repository(tmp_path / form, home, init=False)
    empty.git("init", "-q", f"--object-format={form}")
    oid = empty.git("hash-object", "-t", "tree", "--stdin", input=b"").stdout.strip()
    assert EMPTY_TREES[len(oid)] == oid
