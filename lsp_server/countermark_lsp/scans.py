"""When a document is looked at: never twice at a time, never for an old text, and not for each key where the client does not ask."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from attrs import define, frozen

from .job import Answer
from .snapshot import Snapshot

_LONGEST_DELAY = 4  # times the pause that is waited for: steady typing is looked at nevertheless
_QUICK = 0.05  # a text that takes longer is let be for as long afterwards, so that others get their turn and the machine its rest
_LONGEST_REST = 1.0  # seconds; the first look, for one, waits for a process that starts


@frozen
class Looked:
    """A text, and what one tier found in it; ``at`` is when the look began."""

    snapshot: Snapshot
    answer: Answer
    at: float = 0.0


@define
class _Timer:
    handle: asyncio.TimerHandle
    since: float


class Scans:
    """One tier's latest look at each open document.

    ``snapshot`` gives the text of a document as it is now, or None once it is closed; ``look`` looks at it. ``pause`` is how many
    seconds without a key are waited for, given the number of lines.
    """

    def __init__(
        self,
        snapshot: Callable[[str], Snapshot | None],
        look: Callable[[Snapshot], Awaitable[Answer]],
        pause: Callable[[int], float],
    ) -> None:
        self._snapshot = snapshot
        self._look = look
        self._pause = pause
        self._turn = asyncio.Lock()
        self._latest: dict[str, Looked] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._timers: dict[str, _Timer] = {}
        self._rests: dict[str, float] = {}  # until when
        self._settings = 0  # which settings scans were made with

    async def current(self, uri: str, *, oldest: float = float("inf")) -> Looked | None:
        """The scan of the text as it is now, at most ``oldest`` seconds old; None once the document is closed.

        Everybody who waits for a text shares one scan. A text that changes meanwhile is looked at again.
        """
        begun = asyncio.get_running_loop().time()
        while (snapshot := self._snapshot(uri)) is not None:
            scan = self._latest.get(uri)
            if scan is not None and scan.snapshot is snapshot and scan.at >= begun - oldest:
                return scan
            await asyncio.shield(self._running.get(uri) or self._run(uri))
        return None

    def soon(self, uri: str, then: Callable[[str], None], *, lines: int = 0, at_once: bool = False) -> None:
        """Call ``then`` once no key was pressed for a while, or at the latest when steady typing has lasted for a bit."""
        loop = asyncio.get_running_loop()
        waiting = self._timers.pop(uri, None)
        since = waiting.since if waiting else loop.time()
        if waiting:
            waiting.handle.cancel()
        pause = 0.0 if at_once else self._pause(lines)
        due = min(loop.time() + pause, since + _LONGEST_DELAY * pause)
        self._timers[uri] = _Timer(loop.call_at(due, self._ring, uri, then), since)

    def outdate(self, uri: str | None = None) -> None:
        """What was found, in one document or in all, may have to be judged by other settings: look again."""
        self._settings += 1
        if uri is None:
            self._latest.clear()
        else:
            self._latest.pop(uri, None)

    def forget(self, uri: str) -> None:
        """The document is closed."""
        self._latest.pop(uri, None)
        self._rests.pop(uri, None)
        if (timer := self._timers.pop(uri, None)) is not None:
            timer.handle.cancel()

    def _ring(self, uri: str, then: Callable[[str], None]) -> None:
        self._timers.pop(uri, None)
        then(uri)

    def _run(self, uri: str) -> asyncio.Task[None]:
        self._running[uri] = asyncio.create_task(self._ran(uri))
        return self._running[uri]

    async def _ran(self, uri: str) -> None:
        """A look that is under way until its very end: who waits for one that is over waits for nothing, again and again."""
        try:
            await self._scan(uri)
        finally:
            del self._running[uri]

    async def _scan(self, uri: str) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._rests.get(uri, 0.0) - loop.time())
        async with self._turn:
            if (snapshot := self._snapshot(uri)) is None:
                return
            settings, begun = self._settings, loop.time()
            answer = await self._look(snapshot)
            if self._snapshot(uri) is None:
                return
            took = loop.time() - begun
            if took > _QUICK:
                self._rests[uri] = loop.time() + min(took, _LONGEST_REST)
            if settings == self._settings:
                self._latest[uri] = Looked(snapshot, answer, at=begun)
