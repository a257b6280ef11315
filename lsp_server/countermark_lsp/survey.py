"""Files that are not open: looked at one by one, after those that are, for whoever asked for that; it can be stopped at any time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from lsprotocol import types as lsp
from pygls.uris import from_fs_path

from countermark.content import Content
from countermark.errors import CountermarkError
from countermark.git.worktree import Worktree

from .diagnostics import diagnostics
from .documents import split
from .job import Listing, Part
from .snapshot import Snapshot
from .store import Scan, Store
from .uris import path_of
from .worker import Lost

if TYPE_CHECKING:
    from .server import Server

_MOST_BYTES = 1_000_000  # of a file that nobody has open
_TITLE = "Countermark: looking at files"


class Survey:
    """One survey at a time; a new one ends the one before."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._task: asyncio.Task[None] | None = None
        self._shown: set[str] = set()

    def start(self, mode: str) -> asyncio.Task[None] | None:
        """Look at the files that differ from HEAD, at all, or at none; what was shown of others goes."""
        if self._task is not None:
            self._task.cancel()
        self._task = None if mode == "off" else self._server.spawn(self._run(changed=mode == "changed"))
        if self._task is None:
            self._clear(set())
        return self._task

    def opened(self, uri: str) -> None:
        """A file is open now, and shown as such."""
        if uri in self._shown:
            self._publish(uri, [])

    async def _run(self, *, changed: bool) -> None:
        paths = await self._paths(changed=changed)
        seen: set[str] = set()
        async with self._progress() as progress:
            for number, path in enumerate(paths):
                if progress.cancelled():
                    return
                progress.report(f"{number} of {len(paths)}", number * 100 // len(paths))
                uri = from_fs_path(path) or ""
                seen.add(uri)
                if self._server.documents.get(uri) is None and (found := await self._look(uri, path)) is not None:
                    self._publish(uri, found)
        self._clear(seen)

    async def _paths(self, *, changed: bool) -> list[str]:
        folders = [path for one in self._server.workspace.folders.values() if (path := path_of(one.uri))]
        found: list[str] = []
        for folder in folders:
            with suppress(Lost):
                listed = await self._server.workers[Part.SLOW].ask(Listing(folder, changed))
                found += [path for path in listed if path not in found] if isinstance(listed, tuple) else []
        return found

    async def _look(self, uri: str, path: str) -> list[lsp.Diagnostic] | None:
        """A file's diagnostics; None for one that has no text, or cannot be read."""
        try:
            folder, name = os.path.split(path)
            data = await asyncio.to_thread(Worktree(Path(folder)).read, name, at_most=_MOST_BYTES)
        except CountermarkError:
            return None
        content = Content(data)
        if content.is_binary:
            return None
        server, store = self._server, Store()
        snapshot = Snapshot(uri, 0, "", server.client.encoding, tuple(split(content.text)))
        for part in Part:
            answer = await server.workers[part].inspect(server.job(snapshot, part))
            store.put(uri, part, store.now(uri), answer)
        scan: Scan | None = store.scan(snapshot)
        if scan is None or server.documents.get(uri) is not None:
            return None
        return diagnostics(scan, server.client, hints=server.options.review_hints)

    def _publish(self, uri: str, found: list[lsp.Diagnostic]) -> None:
        """Also to a client that asks for diagnostics: it asks for those of open documents, and never for these."""
        if found or uri in self._shown:
            self._server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
        (self._shown.add if found else self._shown.discard)(uri)

    def _clear(self, seen: set[str]) -> None:
        for uri in self._shown - seen:
            if self._server.documents.get(uri) is None:
                self._publish(uri, [])

    @asynccontextmanager
    async def _progress(self) -> AsyncIterator[_Progress]:
        """Progress that the client shows, where it shows any."""
        server, token = self._server, uuid4().hex
        if not server.client.progress:
            yield _Progress(server, None)
            return
        await server.work_done_progress.create_async(token)
        server.work_done_progress.begin(token, lsp.WorkDoneProgressBegin(_TITLE, cancellable=True, percentage=0))
        try:
            yield _Progress(server, token)
        finally:
            server.work_done_progress.end(token, lsp.WorkDoneProgressEnd())


class _Progress:
    """How far a survey is, for a client that shows it, or for nobody."""

    def __init__(self, server: Server, token: str | None) -> None:
        self._progress, self._token = server.work_done_progress, token

    def report(self, said: str, percentage: int) -> None:
        if self._token is not None:
            report = lsp.WorkDoneProgressReport(message=said, percentage=percentage)
            self._progress.report(self._token, report)

    def cancelled(self) -> bool:
        return self._token is not None and self._progress.tokens[self._token].cancelled()
