"""Confirm one token in a text: where it is, and whether its checksum is right."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from attrs import define, frozen

from countermark.finding import Confidence

from .nodes import Checked, Encoded
from .notation import parse
from .patterns import Pattern, pattern
from .provider import Token


@frozen
class Found:
    """A secret in a text: ``text[start:end]``.

    ``sound`` is False where it carries a checksum that is wrong; ``rule`` and ``confidence`` are set where they are not simply those of
    what was searched for; ``since`` is where the assignment begins, with the name.
    """

    start: int
    end: int
    sound: bool = True
    rule: str | None = None
    confidence: Confidence | None = None
    since: int = 0


@define(frozen=True, eq=False)
class Matcher:
    """Finds one kind of token; what it needs is compiled when it is first used."""

    token: Token

    @cached_property
    def pattern(self) -> Pattern:
        """How the token is found."""
        return pattern(self.token)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What confirms it."""
        return re.compile(self.pattern.confirm)

    @cached_property
    def _checks(self) -> tuple[Checked | Encoded, ...]:
        return tuple(check for text in self.token.format for check in parse(text).checks())

    @property
    def has_checksum(self) -> bool:
        """Whether the token carries a checksum."""
        return any(isinstance(check, Checked) for check in self._checks)

    def find(self, text: str) -> Iterator[Found]:
        """Every token in a text, in order."""
        for match in self.regex.finditer(text):
            start, end = _secret(match)
            value = text[start:end]
            if value in self.token.known or entropy(value) < self.pattern.entropy:
                continue
            if all(check.holds(match) for check in self._checks if isinstance(check, Encoded)):
                yield Found(start, end, all(check.holds(match) for check in self._checks))


def entropy(text: str) -> float:
    """Shannon entropy, in bits for each character."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values())


def _secret(match: re.Match[str]) -> tuple[int, int]:
    """The extent of the part that nobody may see; the whole match where none is marked."""
    for name, value in match.groupdict().items():
        if value is not None and name.startswith("secret"):
            return match.span(name)
    return match.span("value") if "value" in match.re.groupindex else match.span()
