"""Which rules of a pack a text may match: one pass over it for the words and expressions of all of them. Mostly the answer is none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Protocol

from countermark_rules.detectors.secrets import cache

from .expressions import expression

# What Hyperscan has no exact notion of: it then finds all that the expression does, and more.
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]|\\[1-9]")

_MOST = 8  # above the number of expressions that a rule has


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

    def __init__(self, index: bytes, hyperscan: Any) -> None:
        self._database = _database(index, hyperscan)
        self._scratch = hyperscan.Scratch(self._database)

    def found(self, data: bytes) -> list[int]:
        """See Prefilter."""
        missing: dict[int, int] = {}

        def take(id_: int, *_where: object) -> None:
            number, parts = id_ // _MOST**2, id_ % _MOST
            missing[number] = missing.get(number, parts) - 1

        if data:
            self._database.scan(data, match_event_handler=take, scratch=self._scratch)
        return sorted(number for number, parts in missing.items() if not parts)


def prefilter(index: bytes) -> Prefilter:
    """What finds the rules of an index: JSON, for each rule its words and the expressions that it needs."""
    try:
        import hyperscan
    except ImportError:
        return Plain(index)
    return Automaton(index, hyperscan)


def approximate(needs: str) -> bool:
    """Whether an expression has to be looked for once more, since a prefilter may find more than it says."""
    return bool(_LOOKS_AROUND.search(needs))


def _database(index: bytes, hyperscan: Any) -> Any:
    """The automaton, kept for the next process: making it takes some hundred milliseconds, reading it a tenth of one."""
    name = f"patterns-{blake2b(index + hyperscan.__version__.encode(), digest_size=12).hexdigest()}.hs"
    stored = cache.read(name)
    if stored is not None:
        try:
            return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            pass  # another machine's: make it anew
    rows = _expressions(json.loads(index), hyperscan)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[row[1] for row in rows], ids=[row[0] for row in rows], flags=[row[2] for row in rows])
    cache.write(name, hyperscan.dumpb(database))
    return database


def _expressions(asked: Sequence[tuple[Sequence[str], Sequence[str]]], hyperscan: Any) -> list[tuple[int, bytes, int]]:
    """Id, expression and flags. An id tells the rule, the part of it, and how many parts there are to be found."""
    rows: list[tuple[int, bytes, int]] = []
    for number, (words, needs) in enumerate(asked):
        parts = ("|".join(map(re.escape, words)), *needs)
        for part, one in enumerate(parts):
            superset = hyperscan.HS_FLAG_PREFILTER if approximate(one) else 0
            id_ = (number * _MOST + part) * _MOST + len(parts)
            rows.append((id_, one.encode(), hyperscan.HS_FLAG_SINGLEMATCH | superset))
    return rows
