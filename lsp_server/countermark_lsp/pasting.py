"""What is done about text that appeared at once: one question in a session at most, and a report that it is suspected."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from .documents import Document
from .job import Part, Suspecting
from .snapshot import Snapshot
from .suspicion import Suspicion
from .uris import name_of, path_of
from .worker import Lost

if TYPE_CHECKING:
    from .server import Server

_MINE, _ASSISTANT, _QUIET = "I wrote or copied it", "An assistant wrote it", "Do not ask"
_MOST_BYTES = 2_000_000


class Pasting:
    """Watches the edits of one session."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._suspicion = Suspicion()
        self._turn = asyncio.Lock()

    def look(self, document: Document, changes: Sequence[lsp.TextDocumentContentChangeEvent]) -> None:
        """Look at changes of a document before they are made; what is to be done is done once they are."""
        server, uri = self._server, document.uri
        if server.options.suspect == "off" or not self._suspicion.raising or path_of(uri) is None:
            return
        others = [one.view for other in server.documents if other != uri and (one := server.documents.get(other))]
        if self._suspicion.raised(document.view, changes, others):
            server.spawn(self._raise(document.snapshot()))

    async def _raise(self, before: Snapshot) -> None:
        server, after = self._server, self._server.documents.snapshot(before.uri)
        if after is None or _on_disk(after):
            return
        async with self._turn:  # what comes meanwhile waits for the answer
            if server.options.suspect == "ask" and not self._suspicion.asked:
                self._suspicion.asked = True
                self._suspicion.raising = await self._ask(before.uri)
        if self._suspicion.raising:
            try:
                await server.workers[Part.FAST].ask(Suspecting(server.job(after), before.text()))
            except Lost:
                return
            server.look_soon(before.uri, at_once=True)

    async def _ask(self, uri: str) -> bool:
        """Whether it may have been an assistant; who does not say so leaves it open."""
        from .commands.asking import choose

        question = (
            f"many lines came into {name_of(uri)} at once. Who wrote them? (Lines of an assistant need a review.)"
        )
        return await choose(self._server, question, (_ASSISTANT, _MINE, _QUIET)) not in {_MINE, _QUIET}


def _on_disk(snapshot: Snapshot) -> bool:
    """Whether the file holds this very text: then another program, git for one, put it there."""
    path = path_of(snapshot.uri)
    try:
        with Path(path or "").open("rb") as file:
            return file.read(_MOST_BYTES) == snapshot.text().encode("utf-8", "surrogateescape")
    except (OSError, ValueError):
        return False
