"""Which words of a pack a text holds, in one pass for all of them: asked of every file, and mostly the answer is none."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Protocol

from countermark_rules.detectors.secrets import cache

_FEW = 8  # words for which no automaton is made


class Anchors(Protocol):
    """Finds words."""

    def found(self, data: bytes) -> set[bytes]:
        """Those that the bytes hold anywhere."""
        ...


class Plain:
    """One search a word: for few, and where there is no Hyperscan (it has no wheel for Windows on ARM)."""

    def __init__(self, words: Iterable[bytes]) -> None:
        self._words = tuple(words)

    def found(self, data: bytes) -> set[bytes]:
        """See Anchors."""
        return {word for word in self._words if word in data}


class Automaton:
    """All words at once."""

    def __init__(self, words: tuple[bytes, ...], hyperscan: Any) -> None:
        self._words = words
        self._database = _database(words, hyperscan)
        self._scratch = hyperscan.Scratch(self._database)

    def found(self, data: bytes) -> set[bytes]:
        """See Anchors."""
        numbers: set[int] = set()

        def take(number: int, *_where: object) -> None:
            numbers.add(number)

        if data:
            self._database.scan(data, match_event_handler=take, scratch=self._scratch)
        return {self._words[number] for number in numbers}


def anchors(words: Iterable[bytes]) -> Anchors:
    """What finds these words."""
    chosen = tuple(sorted(set(words)))
    if len(chosen) > _FEW:
        try:
            import hyperscan

            return Automaton(chosen, hyperscan)
        except ImportError:
            pass
    return Plain(chosen)


def _database(words: tuple[bytes, ...], hyperscan: Any) -> Any:
    """The automaton, kept for the next process: making it takes some milliseconds, reading it a tenth of one."""
    name = f"patterns-{blake2b(repr((words, hyperscan.__version__)).encode(), digest_size=12).hexdigest()}.hs"
    stored = cache.read(name)
    if stored is not None:
        try:
            return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            pass  # another machine's: make it anew
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=list(words), ids=list(range(len(words))), flags=hyperscan.HS_FLAG_SINGLEMATCH, literal=True
    )
    cache.write(name, hyperscan.dumpb(database))
    return database
