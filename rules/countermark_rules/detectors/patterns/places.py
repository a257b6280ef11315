"""Where in a text the expressions of a pack may match: one pass for all takes no longer than to look for one alone."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from .expressions import expression
from .prefilter import Row, approximate, automaton


class Places:
    """Where expressions may end in one text. Of those that are not told, anything is possible."""

    def __init__(self, data: bytes, ends: Mapping[str, Sequence[int]] | None = None) -> None:
        self._data, self._ends = data, ends or {}

    def holds(self, one: str, start: int, end: int) -> bool:
        """Whether an expression matches in a part of the text; one that begins before that part may count too."""
        ends = self._ends.get(one)
        if ends is not None:
            at = bisect_right(ends, start)
            if at == len(ends) or ends[at] > end:
                return False
            if not _approximate(one):
                return True
        return bool(expression(one).search(self._data, start, end))

    def hold(self, expressions: Iterable[str], parts: Sequence[tuple[int, int]]) -> bool:
        """Whether each of them matches in one of some parts."""
        return all(any(self.holds(one, *part) for part in parts) for one in expressions)


class Finder:
    """Finds the places of a pack's expressions, which are a list in JSON; where there is no Hyperscan, it knows nothing."""

    def __init__(self, listed: bytes) -> None:
        self._expressions: list[str] = json.loads(listed)
        self._scan = automaton(listed, partial(_rows, self._expressions)) if self._expressions else None

    def places(self, data: bytes) -> Places:
        """Where they may match in a text."""
        if self._scan is None or not data:
            return Places(data)
        found: dict[int, list[int]] = defaultdict(list)
        self._scan(data, lambda number, _start, end, *_: found[number].append(end))
        return Places(data, {one: found[number] for number, one in enumerate(self._expressions)})


def _rows(expressions: Sequence[str]) -> list[Row]:
    return [Row(number, one, approximate(one)) for number, one in enumerate(expressions)]


_approximate = cache(approximate)
