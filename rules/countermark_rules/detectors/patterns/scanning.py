"""What a pattern engine is: rules and texts in, matches and troubles out, whatever runs behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol

from attrs import frozen


class Within(NamedTuple):
    """The expressions that a function must hold for a rule to match there; ``follows``: it follows data, which is slow."""

    rule: str
    expressions: tuple[str, ...]
    follows: bool = True


class Source(NamedTuple):
    """A text to scan: its path in the repository, its bytes in UTF-8, and Semgrep's names for the ways in which it is read.

    ``suffix`` is what an engine that goes by names has to call it by; no engine uses the path for a file name. ``rules`` are the ids
    of those that may match here, all where there are none: an engine that cannot tell texts apart may answer for others, too.
    ``within`` tells of some of those rules into which functions they need not look: an engine may leave those out.
    """

    path: str
    data: bytes
    analyzers: tuple[str, ...]
    suffix: str = ""
    rules: frozenset[str] = frozenset()
    within: tuple[Within, ...] = ()

    @property
    def apart(self) -> frozenset[str]:
        """The rules that are given some functions alone: where others need the whole text, it pays for what follows data."""
        whole = self.rules - {one.rule for one in self.within}
        return frozenset(one.rule for one in self.within if one.follows or not whole)


@frozen
class Bounds:
    """The longest time for all texts together and for one rule on one text, in seconds, and the most threads."""

    seconds: float = 30.0
    rule_seconds: float = 5.0
    jobs: int = 1


@frozen
class Match:
    """Where a rule matched: bytes from ``start`` up to ``end`` of the text; ``fix`` is what would take their place."""

    rule: str
    path: str
    start: int
    end: int
    fix: str | None = None


class Kind(Enum):
    """What kind of trouble an engine had."""

    SYNTAX = "syntax"  # the text cannot be read to its end
    TIMEOUT = "timeout"  # a rule took too long on a text
    RULE = "rule"  # a rule cannot be used
    OTHER = "other"


@frozen
class Trouble:
    """What an engine could not do. ``said`` is its name for that, never its message, which may quote the text."""

    kind: Kind
    said: str
    path: str | None = None
    rule: str | None = None


@frozen
class Output:
    """All that an engine says. ``remarks`` are for people: the result is complete, but was not got in the usual way."""

    matches: tuple[Match, ...]
    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[str, ...] = ()


class Engine(Protocol):
    """Runs rules over texts."""

    @property
    def name(self) -> str:
        """What it is called in remarks and failures."""
        ...

    def scan(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:
        """What the rules say of the texts. Raises PartFailed where there is no whole answer, and TooSlow where time ran out."""
        ...
