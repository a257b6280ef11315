"""Which rules of a pack a text may match: one pass over it for the words and expressions of all of them. Mostly the answer is none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from countermark_rules.detectors.secrets import cache

from .expressions import expression

# What Hyperscan has no exact notion of: it then finds all that the expression does, and more.
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]|\\[1-9]")

_MOST = 8  # above the number of expressions that a rule has

# Looks through a text, and tells of each place the expression's id, and where it begins and ends.
Scan = Callable[[bytes, Callable[..., None]], None]


class Row(NamedTuple):
    """An expression to look for; ``superset`` says that what is found may be more than it says."""

    id: int
    expression: str
    superset: bool


class Prefilter(Protocol):
    """Finds rules by their numbers in the pack."""

    def found(self, data: bytes) -> list[int]:
        """Those that a text may match, in order: it holds one of a rule's words, and probably all that the rule needs besides."""
        ...


class Plain:
    """One search after the other, where there is no Hyperscan (it has no wheel for Windows on ARM)."""

    def __init__(self, index: bytes) -> None:
        self._asked = json.loads(index)

    def found(self, data: bytes) -> list[int]:
        """See Prefilter."""
        return [
            number
            for number, (words, needs) in enumerate(self._asked)
            if any(word.encode() in data for word in words) and all(expression(one).search(data) for one in needs)
        ]


class Automaton:
    """All at once."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan

    def found(self, data: bytes) -> list[int]:
        """See Prefilter."""
        missing: dict[int, int] = {}

        def take(id_: int, *_where: object) -> None:
            number, parts = id_ // _MOST**2, id_ % _MOST
            missing[number] = missing.get(number, parts) - 1

        if data:
            self._scan(data, take)
        return sorted(number for number, parts in missing.items() if not parts)


def prefilter(index: bytes) -> Prefilter:
    """What finds the rules of an index: JSON, for each rule its words and the expressions that it needs."""
    scan = automaton(index, lambda: _rows(json.loads(index)), once=True)
    return Plain(index) if scan is None else Automaton(scan)


def approximate(needs: str) -> bool:
    """Whether an expression has to be looked for once more, since a prefilter may find more than it says."""
    return bool(_LOOKS_AROUND.search(needs))


def automaton(listed: bytes, rows: Callable[[], Sequence[Row]], *, once: bool = False) -> Scan | None:
    """What looks for expressions in a text, telling each or only its first place; nothing where there is no Hyperscan.

    It is kept under ``listed`` for the next process: making it takes some hundred milliseconds, reading it a tenth of one.
    """
    try:
        import hyperscan
    except ImportError:
        return None
    database = _database(listed, rows, hyperscan.HS_FLAG_SINGLEMATCH if once else 0, hyperscan)
    scratch = hyperscan.Scratch(database)
    return lambda data, take: database.scan(data, match_event_handler=take, scratch=scratch)


def _database(listed: bytes, rows: Callable[[], Sequence[Row]], flags: int, hyperscan: Any) -> Any:
    name = f"patterns-{blake2b(listed + hyperscan.__version__.encode(), digest_size=12).hexdigest()}.hs"
    stored = cache.read(name)
    if stored is not None:
        try:
            return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            pass  # another machine's: make it anew
    sought = rows()
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[row.expression.encode() for row in sought],
        ids=[row.id for row in sought],
        flags=[flags | (hyperscan.HS_FLAG_PREFILTER if row.superset else 0) for row in sought],
    )
    cache.write(name, hyperscan.dumpb(database))
    return database


def _rows(asked: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[Row]:
    """An id tells the rule, the part of it, and how many parts there are to be found."""
    rows = []
    for number, (words, needs) in enumerate(asked):
        parts = ("|".join(map(re.escape, words)), *needs)
        for part, one in enumerate(parts):
            rows.append(Row((number * _MOST + part) * _MOST + len(parts), one, approximate(one)))
    return rows
