"""Whether the memory of a server and its processes grows: what each takes, look by look.

Counted is what they wrote, since nothing else can leak: what a process has of its program's file is less once another runs that too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from statistics import median

from attrs import define, field
from lsp_session import Session, family, memory

_EVERY = 2.0  # seconds between two looks
_PROCESSES = 4  # the server, its two workers, and the pattern engine below one of them


@define
class Memory:
    """MB of each process since the start, the same process always at the same place; looks while git runs are left out."""

    session: Session
    _looks: list[list[float]] = field(factory=list)

    async def watch(self) -> None:
        """Look again and again, until this is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(_EVERY)

    def look(self) -> None:
        """What each process takes now."""
        try:
            found = [memory([pid], "Anonymous") for pid in family(self.session.process.pid)]
        except OSError:
            return  # one of them has just ended
        if len(found) == _PROCESSES:
            self._looks.append(found)

    def growth(self) -> float:
        """MB, and a line for each third of the time.

        The pattern engine keeps something of every text, and another one takes its place once it has grown by 24 MB. So its memory is a
        saw, and two looks at any two points of it differ by up to a tooth, either way, whether or not anything leaks; the least of it
        is an engine that is just starting. Like is compared with like: of each process the median of the last third of the time with
        that of the second, since in the first third things are loaded that are loaded late. What grows within a tooth and is gone with
        it shows in the most of each third alone. Where a third has few teeth, as in less than ten minutes, the number says little of
        that engine.
        """
        thirds = self._thirds()
        for number, third in enumerate(thirds, 1):
            print(f"third {number}: median {_shown(map(median, third))} MB, at the most {_shown(map(max, third))} MB")
        return sum(map(median, thirds[2])) - sum(map(median, thirds[1]))

    def _thirds(self) -> list[list[tuple[float, ...]]]:
        """What each process took, by thirds of the time."""
        size = max(len(self._looks) // 3, 1)
        return [list(zip(*self._looks[n * size :][:size], strict=True)) for n in range(3)]


def _shown(values: Iterable[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in values)
