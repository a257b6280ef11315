"""Bytes that an expression matches, drawn at random: any branch, any character of a set, repeats as seldom and as often as they may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from random import Random
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 40  # repeats where nothing limits them, and of long ones
_PRINTABLE = frozenset(range(32, 127))
_CLASSES: Mapping[Any, frozenset[int]] = {
    constants.CATEGORY_DIGIT: frozenset(b"0123456789"),
    constants.CATEGORY_SPACE: frozenset(b" \t\n\r\f\v"),
    constants.CATEGORY_WORD: frozenset(b"abcXYZ019_"),
}
_CLASSES = {
    **_CLASSES,
    constants.CATEGORY_NOT_DIGIT: _PRINTABLE - _CLASSES[constants.CATEGORY_DIGIT],
    constants.CATEGORY_NOT_SPACE: _PRINTABLE - frozenset(b" "),
    constants.CATEGORY_NOT_WORD: frozenset(b" -.:=/\"'|\n"),
}


def matching(expression: bytes, random: Random, flags: int = 0) -> bytes:
    """A text that the expression matches, unless it looks around: then it may not."""
    tree = parser.parse(expression, flags)
    return _Drawn(random).of(tree, tree.state.flags)


class _Drawn:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._groups: dict[int | None, bytes] = {}

    def of(self, tree: Iterable[tuple[Any, Any]], flags: int) -> bytes:
        return b"".join(self._one(kind, value, flags) for kind, value in tree)

    def _one(self, kind: Any, value: Any, flags: int) -> bytes:
        draw: dict[Any, Callable[[], bytes]] = {
            constants.LITERAL: lambda: self._character({value}, flags),
            constants.NOT_LITERAL: lambda: self._character(_PRINTABLE - {value}, flags),
            constants.ANY: lambda: self._character(_PRINTABLE, flags),
            constants.IN: lambda: self._character(_set(value), flags),
            constants.MAX_REPEAT: lambda: self._repeat(value, flags),
            constants.MIN_REPEAT: lambda: self._repeat(value, flags),
            constants.POSSESSIVE_REPEAT: lambda: self._repeat(value, flags),
            constants.SUBPATTERN: lambda: self._group(value, flags),
            constants.ATOMIC_GROUP: lambda: self.of(value, flags),
            constants.BRANCH: lambda: self.of(self._random.choice(value[1]), flags),
            constants.ASSERT: lambda: self._ahead(value, flags),
            constants.GROUPREF: lambda: self._groups.get(value, b""),
        }
        return draw[kind]() if kind in draw else b""

    def _character(self, among: Iterable[int], flags: int) -> bytes:
        one = bytes([self._random.choice(sorted(among))])
        return self._random.choice((one.lower(), one.upper())) if flags & re.IGNORECASE else one

    def _repeat(self, value: tuple[int, Any, Any], flags: int) -> bytes:
        least, most, item = value
        most = min(int(most), max(least, _MOST) if int(most) > 10 * _MOST else int(most))
        times = self._random.choice((least, most, self._random.randint(least, most), min(least + 1, most)))
        return b"".join(self.of(item, flags) for _ in range(times))

    def _group(self, value: tuple[int | None, int, int, Any], flags: int) -> bytes:
        number, added, removed, item = value
        self._groups[number] = self.of(item, (flags | added) & ~removed)
        return self._groups[number]

    def _ahead(self, value: tuple[int, Any], flags: int) -> bytes:
        """What has to follow; as often as not the rest of the expression is that already."""
        direction, item = value
        return self.of(item, flags) if direction > 0 and self._random.random() < 0.5 else b""


def _set(items: Iterable[tuple[Any, Any]]) -> frozenset[int]:
    found: set[int] = set()
    negated = False
    for kind, value in items:
        if kind is constants.NEGATE:
            negated = True
        elif kind is constants.RANGE:
            found.update(range(value[0], value[1] + 1))
        else:
            found |= {value} if kind is constants.LITERAL else _CLASSES[value]
    return (_PRINTABLE - found or frozenset(range(256)) - found) if negated else frozenset(found)


def mutated(text: bytes, random: Random) -> bytes:
    """The text with one or two places changed: what a bounded repeat allows is soon too much, or too little."""
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(text) + 1)
        gone = random.choice((0, 0, 1, 2))
        text = (
            text[:at]
            + random.choice((b"", b" ", b" " * 21, b'"', b"'", b"\n", b"a", b"|", b"\xc3\xb1"))
            + text[at + gone :]
        )
    return text
