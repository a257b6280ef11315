"""Confirm one token in a text: where it is, and whether its checksum is right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cached_property

from attrs import define, frozen

from countermark.finding import Confidence

from .checks import Check
from .declaration import Token


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


@frozen
class Pattern:
    """How one kind of token is found.

    ``confirm``: the regular expression for text. ``loose``: a superset for Hyperscan, over bytes. ``literals``: strings, in lower case,
    of which every match holds at least one. ``entropy``: the least Shannon entropy of the secret, in bits for each character.
    ``fixed``: text that is the same in all tokens of the kind. ``then``: what follows a match of ``loose``, over bytes.
    """

    confirm: str
    loose: str
    literals: tuple[str, ...]
    entropy: float
    checks: tuple[Check, ...] = ()
    fixed: tuple[str, ...] = ()
    then: str = ""


@define(frozen=True, eq=False, slots=False)
class Matcher:
    """Finds one kind of token."""

    token: Token
    pattern: Pattern

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What confirms it, compiled when it is first used."""
        return re.compile(self.pattern.confirm)

    def varying(self, value: str) -> str:
        """What differs from one token to the next."""
        for text in self.pattern.fixed:
            value = value.replace(text, " ")
        return value

    def find(self, text: str) -> Iterator[Found]:
        """Every token in a text, in order."""
        for match in self.regex.finditer(text):
            start, end = _secret(match)
            value = text[start:end]
            if value in self.token.known or entropy(value) < self.pattern.entropy:
                continue
            wrong = {check.kind for check in self.pattern.checks if not check.holds(match)}
            if "json" not in wrong:
                yield Found(start, end, sound=not wrong)


def entropy(text: str) -> float:
    """Shannon entropy, in bits for each character."""
    if not text:
        return 0.0
    counts = [text.count(char) for char in set(text)]
    return math.log2(len(text)) - sum([count * math.log2(count) for count in counts if count > 1]) / len(text)


def _secret(match: re.Match[str]) -> tuple[int, int]:
    """The extent of the part that nobody may see; the whole match where none is marked."""
    for name, value in match.groupdict().items():
        if value is not None and name.startswith("secret"):
            return match.span(name)
    return match.span("value") if "value" in match.re.groupindex else match.span()
