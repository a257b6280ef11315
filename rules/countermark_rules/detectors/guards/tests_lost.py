"""Tests and assertions that a change takes away, by their names; renamed, moved and merged ones are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from countermark.lazily import lazy
from countermark_rules.detectors.patterns.packs import analyzer, is_test

from .losses import Loss
from .rules import ASSERTION_WEAKENED, SECURITY_TEST_REMOVED, TEST_REMOVED
from .scopes import lines
from .versions import Versions, split

_TESTS: Mapping[str, re.Pattern[str]] = {
    "python": lazy(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(test\w*)", re.MULTILINE),
    **dict.fromkeys(
        ("javascript", "typescript"),
        lazy(r"^[ \t]*(?:it|test)(?:\.\w+)*\s*\(\s*(\"[^\"\n]+\"|'[^'\n]+'|`[^`\n]+`)", re.MULTILINE),
    ),
    "go": lazy(r"^func\s+(Test\w+)", re.MULTILINE),
    "java": lazy(r"@(?:Test|ParameterizedTest)\b[^{;]*?\bvoid\s+(\w+)\s*\(", re.MULTILINE),
}
_SECURITY = lazy(
    r"(?i)auth|login|permission|csrf|forbidden|unauthori|denied|admin|role|token|password|secret|security|xss|inject|traversal"
    r"|escap|sanitiz|signature|tls|certificate|access|session|rate_?limit|\b40[13]\b"
)
_MERGED = lazy(r"parametrize|it\.each|test\.each|subTest|subtests|t\.Run\(|ParameterizedTest|@given|hypothesis")
_ASSERTS: Mapping[str, re.Pattern[str]] = {
    "python": lazy(
        r"^\s*(?:assert\b|self\.assert\w+\(|(?:async )?with (?:pytest\.raises|self\.assertRaises)|(?:mock|\w*_?mock\w*)\.assert_\w+\()"
    ),
    **dict.fromkeys(("javascript", "typescript"), lazy(r"^\s*(?:await\s+)?(?:expect\(|assert[.(]|\w+\.should\b)")),
    "go": lazy(r"^\s*(?:if .*(?:!=|==).*\{|(?:assert|require)\.\w+\(|t\.(?:Error|Fatal)f?\()"),
    "java": lazy(r"^\s*(?:assert\w*\(|Assertions?\.\w+\(|verify\(|assertThat\()"),
}
_TRIVIAL = lazy(
    r"^\s*(?:assert\s+(?:True|1|not False|\"[^\"]+\"|'[^']+')\s*(?:,|#|$)|self\.assertTrue\(True\)|self\.assertEqual\((\w+),\s*\1\)"
    r"|expect\((true|1)\)\.(?:toBe|toEqual)\(\2\)|assertTrue\(true\)|assert\.True\(t,\s*true\))"
)
_DEFINED = lazy(
    r"\b(?:def|class|func(?:tion)?|interface)\s+(?:\([^)]*\)\s*)?(\w{4,})|\b(?:const|let|var)\s+(\w{4,})\s*="
)
_SAME = 0.7  # of the lines of a test that was renamed
_BRACKET = 2  # characters; a line with no more says nothing
_TOLD = 0.6  # of an assertion's words, when new lines say the same in another way
_NAMED = 3  # tests that a message names
_WORD = lazy(r"\w+")


class _Test(NamedTuple):
    """A test that is gone: its name, its line in the old version, its text."""

    file: Versions
    name: str
    line: int
    text: str

    @property
    def guards(self) -> bool:
        """Whether it is about security, going by its name and its file's."""
        return bool(_SECURITY.search(self.name) or _SECURITY.search(self.file.old_path.rpartition("/")[2]))


def lost_tests(files: Sequence[Versions]) -> Iterator[Loss]:
    """Tests that are gone though what they test is not, then assertions."""
    ours = [file for file in files if is_test(file.old_path) and analyzer(file.old_path) in _TESTS and file.removed]
    if ours:
        features = _features_gone(files)
        yield from _removed(ours, files, features)
        for file in ours:
            if not file.file.gone:
                yield from _weakened(file, features)


def _removed(ours: Sequence[Versions], files: Sequence[Versions], features: set[str]) -> Iterator[Loss]:
    here = [file for file in files if is_test(file.path) and analyzer(file.path) in _TESTS]
    before = Counter(name for file in here for name, _ in _named(file, old=True))
    after = Counter(name for file in here for name, _ in _named(file, old=False))
    net = sum(before.values()) - sum(after.values())
    added = "\n".join(file.added for file in here)
    removed = "\n".join(file.removed for file in here)
    if net <= 0 or len(_MERGED.findall(added)) > len(_MERGED.findall(removed)):
        return
    missing = before - after
    gone = [test for file in ours for test in _tests_of(file) if missing[test.name]]
    there = lines([file.after.text for file in here])
    # A test whose lines are still there was renamed; one that names what is gone went with it.
    bare = [test for test in gone if not _kept(test, there) and not (_words(test) & features)]
    bare.sort(key=lambda test: not test.guards)
    by_file: dict[str, list[_Test]] = {}
    for test in bare[:net]:
        by_file.setdefault(test.file.path, []).append(test)
    for tests in by_file.values():
        yield _loss(tests)


def _loss(tests: Sequence[_Test]) -> Loss:
    first = tests[0]
    names = ", ".join(test.name for test in tests[:_NAMED])
    more = f" and {len(tests) - _NAMED} more" if len(tests) > _NAMED else ""
    rule = SECURITY_TEST_REMOVED if first.guards else TEST_REMOVED
    return Loss.removed(rule, first.file, first.line, f"Gone: {names}{more}.")


def _named(file: Versions, *, old: bool) -> Iterator[tuple[str, int]]:
    path, content = (file.old_path, file.before) if old else (file.path, file.after)
    pattern = _TESTS.get(analyzer(path))
    for found in pattern.finditer(content.text) if pattern else ():
        yield found[1].strip("\"'`"), found.start(1)


def _tests_of(file: Versions) -> Iterator[_Test]:
    """The tests of the old version that stand in lines that are no more."""
    removed = {number for number, _ in file.removed_lines()}
    found = list(_named(file, old=True))
    ends = [*(at for _, at in found[1:]), len(file.before.text)]  # one more where there are no tests at all
    for (name, at), end in zip(found, ends, strict=False):
        line = file.before.line_at(at)
        if line in removed:
            yield _Test(file, name, line, file.before.text[at:end])


def _features_gone(files: Sequence[Versions]) -> set[str]:
    """Names that the rest of the code declared and does not declare any more."""
    rest = [file for file in files if not is_test(file.path)]
    before, after = (
        {name for text in texts for pair in _DEFINED.findall(text) for name in pair if name}
        for texts in ([file.removed for file in rest], [file.after.text for file in rest])
    )
    modules = {file.path.rpartition("/")[2].partition(".")[0] for file in rest if file.file.gone}
    return (before - after) | modules - {"__init__", "index"}


def _words(test: _Test) -> set[str]:
    words = set(_WORD.findall(test.text)) | set(
        _WORD.findall(test.file.before.text[:2000]) if test.file.file.gone else ()
    )
    return words | {test.name.removeprefix("test_")}


def _kept(test: _Test, there: frozenset[str]) -> bool:
    body = lines([test.text.partition("\n")[2]])
    return bool(body) and sum(line in there for line in body) / len(body) > _SAME


def _weakened(file: Versions, features: set[str]) -> Iterator[Loss]:
    """Assertions that are now trivial, or were taken away alone from a test that stayed: nothing came in their place."""
    how = analyzer(file.path)
    asserts = _ASSERTS.get(how)
    if asserts is None:
        return
    names = {name for name, _ in _named(file, old=False)}
    added = set(_WORD.findall(file.added))
    for hunk in file.hunks:
        old, new = split(file.before.slice(hunk.before)), split(file.after.slice(hunk.after))
        first_old, first = file.before.line_at(hunk.before.start), file.after.line_at(hunk.after.start)
        were = [number for number, line in enumerate(old) if asserts.search(line) and not _TRIVIAL.search(line)]
        trivial = next((number for number, line in enumerate(new) if _TRIVIAL.search(line)), None)
        if trivial is not None and were:
            yield Loss.added(ASSERTION_WEAKENED, file, first + trivial, first_old + were[0])
        elif were and not any(line.strip() and not line.lstrip().startswith(("#", "//")) for line in new):
            line = first_old + were[0]
            test = _test_at(file, line)
            words = set(_WORD.findall("\n".join(old))) - {"assert", "self", "str"}
            moved = len(words & added) > _TOLD * len(words) or words & features
            if test in names and not moved and _only_asserts(old, asserts):
                yield Loss.removed(ASSERTION_WEAKENED, file, line, f"The test is {test}.")


def _only_asserts(old: Sequence[str], asserts: re.Pattern[str]) -> bool:
    """Whether the lines that went are assertions and what belongs to them: then the test did nothing else with them."""
    said = [line for line in old if len(line.strip()) > _BRACKET]
    return (
        bool(said)
        and bool(asserts.search(said[0]))
        and sum(bool(asserts.search(line)) for line in said) * 2 >= len(said)
    )


def _test_at(file: Versions, line: int) -> str:
    start = file.before.line_starts[line]
    return next((name for name, at in reversed(list(_named(file, old=True))) if at <= start), "")
