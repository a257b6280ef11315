"""Carry what is known of one version's lines over to another version of the same file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from countermark.diff import differences

from .lines import squeezed, weight
from .model import NOBODY, Author

Known = list[Author | None]  # an author for each line; None where a line is new

_ENOUGH = 12  # letters and digits by which a lone line is known again where it was moved to
_MOST_PLACES = 8  # a line that occurs more often tells nothing about where it came from


def carry(old: Sequence[str], authors: Sequence[Author], new: Sequence[str]) -> Known:
    """The author of each line of ``new`` that is a line of ``old``: where it was, formatted, or moved; else None.

    A line that a formatter made of lines of several authors is nobody's.
    """
    return _Carrying(old, authors, new).known()


def carry_and_drop(old: Sequence[str], authors: Sequence[Author], new: Sequence[str]) -> tuple[Known, list[int]]:
    """The same, and the lines of ``old`` (by index) that are gone."""
    carrying = _Carrying(old, authors, new)
    return carrying.known(), [i for i in range(len(old)) if i not in carrying.used]


@define
class _Carrying:
    old: Sequence[str]
    authors: Sequence[Author]
    new: Sequence[str]
    found: Known = field(factory=list)
    used: set[int] = field(factory=set)

    def known(self) -> Known:
        self.found = [None] * len(self.new)
        blocks = list(differences(self.old, self.new))
        for i, j in _equal(blocks, len(self.old)):
            self._take(i, j)
        for block in blocks:
            self._formatted(*block)
        self._moved()
        return self.found

    def _take(self, i: int, j: int) -> None:
        self.found[j] = self.authors[i]
        self.used.add(i)

    def _formatted(self, i1: int, i2: int, j1: int, j2: int) -> None:
        """Lines that differ in what a formatter changes, and blocks of which it broke the lines anew."""
        if i1 == i2 or j1 == j2:
            return
        old, new = [squeezed(line) for line in self.old[i1:i2]], [squeezed(line) for line in self.new[j1:j2]]
        blocks = list(differences(old, new))
        for i, j in _equal(blocks, len(old)):
            self._take(i1 + i, j1 + j)
        for a, b, c, d in blocks:
            if a < b and c < d and _plain(old[a:b]) == _plain(new[c:d]):
                self._rewrapped(i1 + a, old[a:b], j1 + c, new[c:d])

    def _rewrapped(self, i: int, old: Sequence[str], j: int, new: Sequence[str]) -> None:
        owners = [self.authors[i + at] for at, line in enumerate(old) for _ in _plain([line])]
        self.used.update(range(i, i + len(old)))
        start = 0
        for at, line in enumerate(new):
            end = start + len(_plain([line]))
            whose = set(owners[start:end]) or {owners[min(start, len(owners) - 1)] if owners else NOBODY}
            self.found[j + at] = whose.pop() if len(whose) == 1 else NOBODY
            start = end

    def _moved(self) -> None:
        """Runs of lines that vanished in one place and appeared in another."""
        if None not in self.found or len(self.used) == len(self.old):
            return
        places: dict[str, list[int]] = {}
        for i, line in enumerate(self.old):
            if i not in self.used and (text := squeezed(line)):
                places.setdefault(text, []).append(i)
        j = 0
        while j < len(self.new):
            new = self.found[j] is None and weight(self.new[j])
            start, length = self._longest(places, j) if new else (0, 0)
            for at in range(length):
                self._take(start + at, j + at)
            j += length or 1

    def _longest(self, places: dict[str, list[int]], j: int) -> tuple[int, int]:
        starts = places.get(squeezed(self.new[j]), [])
        runs = [(self._run(i, j), i) for i in starts[:_MOST_PLACES] if i not in self.used]
        length, start = max(runs, default=(0, 0))
        return (start, length) if _tells(self.new[j : j + length]) else (0, 0)

    def _run(self, i: int, j: int) -> int:
        length = 0
        while (
            i + length < len(self.old)
            and j + length < len(self.new)
            and i + length not in self.used
            and self.found[j + length] is None
            and squeezed(self.old[i + length]) == squeezed(self.new[j + length])
        ):
            length += 1
        return length


def _tells(lines: Sequence[str]) -> bool:
    """Whether a run of lines says enough to be known again elsewhere."""
    return sum(weight(line) for line in lines) >= _ENOUGH


def _plain(lines: Sequence[str]) -> str:
    return "".join(lines).replace(",", "").replace(";", "")


def _equal(blocks: Sequence[tuple[int, int, int, int]], count: int) -> Iterator[tuple[int, int]]:
    """The pairs of lines between the differences."""
    i = j = 0
    for i1, i2, _, j2 in (*blocks, (count, count, -1, -1)):
        yield from ((i + at, j + at) for at in range(i1 - i))
        i, j = i2, j2
