"""Patterns match as git matches them, in time that no pattern can stretch."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.changes.ignore import Patterns, matcher
from tests.support import Repository

ATOMS = [
    "a",
    "b",
    ".",
    "*",
    "?",
    "/",
    "/",
    "[ab]",
    "[!a]",
    "[^b]",
    "[a-b]",
    "\\a",
    "\\*",
    "!",
    "#",
    " ",
    "[]a]",
    "[",
    "-",
    "[a-",
]
ATOMS += ["[[:alpha:]]", "[a\\]]", "[!]]", "[/]", "[b-a]", "\\", "[\\b-a]", "[[:none:]]"]
NAMES = st.sampled_from(["a", "b", "ab", "ba", ".a", "a.b", "*", "-", "a b", "!a", "#a", "[", "]", "a ", "\\", "aab"])
SEGMENTS = st.lists(st.sampled_from(ATOMS), max_size=4).map("".join) | st.just("**")
# Names are ASCII, since git's `?` is a byte. Stars beside other characters are two stars for us; git forgets that behind literal text,
# and of an escaped slash that it is one.
PATTERNS = (
    st.lists(SEGMENTS, min_size=1, max_size=4)
    .map("/".join)
    .filter(lambda text: "***" not in text and "\\/**" not in text)
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("scratch")
    return Repository(folder / "work", folder)


def ignored(repository: Repository, patterns: list[str], paths: list[str]) -> list[str]:
    """The paths that git itself finds among the patterns."""
    (repository.path / ".git/info/exclude").write_text("\n".join(patterns) + "\n")
    found = repository.git(
        "check-ignore", "--no-index", "--stdin", "-z", input="\0".join(paths).encode(), check=False
    ).stdout
    return found.split("\0")[:-1]


@settings(max_examples=100)
@given(
    st.lists(PATTERNS, min_size=1, max_size=3),
    st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), min_size=30, unique=True),
)
def test_git_agrees(scratch: Repository, patterns: list[str], paths: list[str]) -> None:
    matches = matcher(patterns)
    assert [path for path in paths if matches(path)] == ignored(scratch, patterns, paths)


@pytest.mark.parametrize(
    ("patterns", "path", "part"),
    [
        ([], "a", None),
        (["*.py"], "src/a.py", "src/a.py"),
        (["build/"], "x/build/y/a.py", "x/build"),
        (["build/"], "build", None),
        (["/build"], "x/build", None),
        (["docs/*.md"], "docs/a.md", "docs/a.md"),
        (["docs/*.md"], "docs/x/a.md", None),
        (["docs/**"], "docs/x/a.md", "docs/x"),
        (["**/tests/**"], "a/tests/b/c", "a/tests/b"),
        (["a/**/z"], "a/z", "a/z"),
        (["a/**/z"], "a/b/c/z", "a/b/c/z"),
        (["*", "!keep"], "keep", None),
        (["folder", "!folder/keep"], "folder/keep", "folder"),
        (["# no", "", " "], "# no", None),
        (["name\udcff"], "name\udcff", "name\udcff"),
        (["*"], ".", None),
        (["trailing  "], "trailing", "trailing"),
        (["kept\\ "], "kept ", "kept "),
    ],
)
def test_the_part_that_a_pattern_names(patterns: list[str], path: str, part: str | None) -> None:
    assert Patterns(patterns).part(path) == part
    assert matcher(patterns)(path) is (part is not None)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a*a*a*a*a*a*a*a*b", "a" * 4000),
        ("**/a/**/a/**/a/**/a/**/b", "a/" * 1000 + "c"),
        ("*a" * 100 + "b", "a" * 3000),
        ("**/" * 60 + "b", "a/" * 1000 + "c"),
        ("[a-z]*" * 40 + "!", "a" * 4000),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    started = time.process_time()
    assert not matcher([pattern])(path)
    assert time.process_time() - started < 2  # a backtracking matcher takes minutes


def test_memory_of_folders_is_bounded() -> None:
    patterns = Patterns(["none"])
    for number in range(10_000):
        patterns.part(f"{number}/file")
    assert len(patterns._folders) < 5000


def test_git_and_we_agree_on_a_known_file(scratch: Repository) -> None:
    patterns = ["*.log", "!important.log", "/TODO", "doc/**/*.pdf", "tmp?/", "[Bb]in/", "sub/dir"]
    paths = [
        "a.log",
        "x/important.log",
        "TODO",
        "x/TODO",
        "doc/a/b/c.pdf",
        "doc/c.pdf",
        "tmp1/a",
        "Bin/x/y",
        "sub/dir/f",
        "x/sub/dir/f",
    ]
    assert [path for path in paths if matcher(patterns)(path)] == ignored(scratch, patterns, paths)
