"""What now silences a check: comments, skipped tests, failures that stop nothing, broader `except`; told from the changed lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from countermark.finding import Rule
from countermark.lazily import lazy
from countermark_rules.detectors.patterns.packs import is_test

from .losses import Loss
from .marks import excused, silences
from .rules import EXCEPT_BROADENED, TEST_SKIPPED
from .versions import Versions, split

_TESTED = lazy(r"\bdef test|\b(?:it|test|describe)(?:\.\w+)*\s*\(|\bfunc Test|@Test\b|\bclass Test")
_BROAD = lazy(
    r"^\s*(?:except\s*:|except\s*\(?\s*(?:[\w.]+\s*,\s*)*(?:Base)?Exception\b[^:]*:)|\bcatch\s*\(\s*(?:final\s+)?(?:Exception|Throwable|RuntimeException)\s+\w+\s*\)"
)
_CATCH = lazy(r"^\s*except\b[^:]*:|\bcatch\s*\(\s*(?:final\s+)?[\w.| ]+\s+\w+\s*\)")
_RAISES = lazy(r"^\s*(?:raise|throw)\b|sys\.exit|os\._exit")
_ALIKE = 0.5  # of the words of both lines, when one replaces the other
_WORD = lazy(r"\w+")
_NEAR = 2_000  # characters that are read for that
_BODY = 8  # lines after an `except` in which it may raise again


def silenced(files: Sequence[Versions]) -> Iterator[Loss]:
    """What the changed lines of some files silence; a line that only moved is none."""
    gone = Counter(line.strip() for file in files for _, line in file.removed_lines())
    for file in files:
        if file.file.before is not None and not file.file.gone and file.added:
            yield from _marks(file, gone)
            if not is_test(file.path):
                yield from _broadened(file)


def _marks(file: Versions, gone: Counter[str]) -> Iterator[Loss]:
    """Each new line that silences something and does not replace one that did."""
    for hunk in file.hunks:
        old = split(file.before.slice(hunk.before))
        first = file.after.line_at(hunk.after.start)
        new = split(file.after.slice(hunk.after))
        used: Counter[Rule] = Counter()
        for number, line in enumerate(new):
            rule = silences(line, file.path)
            if rule is None or gone[line.strip()]:
                continue
            used[rule] += 1
            if used[rule] <= sum(silences(one, file.path) is rule for one in old):
                continue  # it was there, and the line changed
            if (
                rule is TEST_SKIPPED
                and _TESTED.search("\n".join(new[number : number + 4]))
                and not _was_there(file, new[number : number + 4])
            ):
                continue  # a new test that waits
            yield Loss.added(
                rule, file, first + number, _replaced(file, old, line, hunk.before.start), excused=excused(rule, line)
            )


def _was_there(file: Versions, new: Sequence[str]) -> bool:
    """Whether the test that begins in some lines was there before."""
    names = re.findall(
        r"\bdef (test\w*)|\bfunc (Test\w*)|\b(?:it|test|describe)(?:\.\w+)*\s*\(\s*([\"'`][^\"'`]*)|class (Test\w*)|\bvoid (\w+)\(",
        "\n".join(new),
    )
    said = [name for groups in names for name in groups if name]
    return any(name in file.before.text for name in said) if said else True


def _replaced(file: Versions, old: Sequence[str], line: str, start: int) -> int | None:
    """The number of the old line that a new one took the place of: most of their words are the same."""
    words = set(_WORD.findall(line))
    rated = [(_alike(words, set(_WORD.findall(one))), -number) for number, one in enumerate(old)]
    best, number = max(rated, default=(0.0, 0))
    return file.before.line_at(start) - number if best >= _ALIKE else None


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _broadened(file: Versions) -> Iterator[Loss]:
    """An `except` that names errors, and in its place one that catches all and does not raise again."""
    for hunk in file.hunks:
        old = split(file.before.slice(hunk.before))
        new = split(file.after.slice(hunk.after))
        narrow = [number for number, line in enumerate(old) if _CATCH.search(line)]
        catches = [number for number, line in enumerate(new) if _CATCH.search(line)]
        if len(narrow) != len(catches):
            continue
        first_old, first = file.before.line_at(hunk.before.start), file.after.line_at(hunk.after.start)
        for before, now in zip(narrow, catches, strict=True):
            if _BROAD.search(new[now]) and not _BROAD.search(old[before]) and not _raises(file, first + now):
                yield Loss.added(EXCEPT_BROADENED, file, first + now, first_old + before)


def _raises(file: Versions, line: int) -> bool:
    text = split(file.after.text[file.after.line_span(line).end :][:_NEAR])[1 : _BODY + 1]
    head = file.after.slice(file.after.line_span(line))
    deep = len(head) - len(head.lstrip())
    for one in text:
        if one.strip() and len(one) - len(one.lstrip()) <= deep:
            return False
        if _RAISES.search(one):
            return True
    return False
