"""The state of one conversation with an editor. What is wrong with a text is decided by the engine; nothing here knows a rule."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureNotificationError, FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from countermark import __version__

from .client import Client
from .documents import Documents
from .editing import Editing
from .job import Answer, Job, Part
from .options import Options
from .pasting import Pasting
from .protocol import Protocol
from .scans import Scans
from .screen import Screen
from .shifting import LineEdit
from .showing import Showing
from .snapshot import Snapshot
from .store import Scan, Store
from .survey import Survey
from .uris import name_of, path_of
from .worker import Worker

_LONG = 1500  # lines; the pause before the slow tier is longer for such a text
_PAUSES = {Part.FAST: (0.0, 0.0), Part.SLOW: (0.2, 0.6)}  # seconds without a key, for short and for long texts


class Server(LanguageServer):
    """Open documents, what is known of them, and the workers that find it."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "countermark",
            __version__,
            protocol_cls=Protocol,
            converter_factory=default_converter,
            notebook_document_sync=lsp.NotebookDocumentSyncOptions([lsp.NotebookDocumentFilterWithNotebook("*")]),
        )
        self.client = Client()
        self.options = self.given = Options()  # as of now, and as given at the start
        self.faults: list[str] = []  # in the options, until the client can be told
        self.editing = Editing()
        self.started_by: int | None = None  # the process at the other end of our pipes; unknown behind a port
        self.documents = Documents()
        self.store = Store()
        self.screen = Screen()
        self.workers = {part: Worker(part) for part in Part}
        self.looks = {
            part: Scans(self.documents.snapshot, partial(self._look, part), partial(_pause, part)) for part in Part
        }
        self.showing = Showing(self)
        self.survey = Survey(self)
        self.pasting = Pasting(self)
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def opened(self, uri: str) -> None:
        """A document is there: look at once."""
        self.survey.opened(uri)
        self.look_soon(uri, at_once=True)

    def changed(self, uri: str, edits: Iterable[LineEdit]) -> None:
        """A document is another text."""
        self.store.edited(uri, edits)
        self.look_soon(uri)

    def look_soon(self, uri: str, *, at_once: bool = False) -> None:
        """Look for what is quick to find with every key, for the rest once the person pauses; a client that asks needs no telling."""
        document = self.documents.get(uri)
        if document is None:
            return
        if at_once:
            self._outdate(uri)
        if not self.client.pulls:
            self.looks[Part.FAST].soon(uri, partial(self._show, Part.FAST))
        self.looks[Part.SLOW].soon(uri, partial(self._show, Part.SLOW), lines=document.lines, at_once=at_once)

    async def scan(self, uri: str, *, oldest: float = float("inf")) -> Scan | None:
        """What is known of a document as it is now: all of the fast tier, and of the slow one what still holds."""
        await self.looks[Part.FAST].current(uri, oldest=oldest)
        return self.known(uri)

    def known(self, uri: str) -> Scan | None:
        """What is known of a document without looking, moved to where it is now."""
        snapshot = self.documents.snapshot(uri)
        return None if snapshot is None else self.store.scan(snapshot)

    async def rescan(self, uri: str) -> None:
        """Look at a document anew, at all of it, and show it."""
        self._outdate(uri)
        await self._shown(Part.SLOW, uri)

    def forget(self, uri: str) -> None:
        """A document was closed."""
        for scans in self.looks.values():
            scans.forget(uri)
        self.store.forget(uri)
        self.screen.forget(uri)
        self.showing.forget(uri)

    async def reviewed(self, uri: str) -> None:
        """Somebody decided about a document's hunks: what holds for it may hold for its twins in others, too."""
        self.looks[Part.FAST].outdate()
        await self._shown(Part.FAST, uri)
        for other in self.documents:
            self.look_soon(other)

    def reviews_changed(self) -> None:
        """Somebody wrote or reviewed lines elsewhere: patterns are the same as before, unless the policy minds who wrote them."""
        self.looks[Part.FAST].outdate()
        for uri in self.documents:
            if (scan := self.known(uri)) is not None and scan.answer.by_author:
                self.looks[Part.SLOW].outdate(uri)
        self.showing.refresh()
        for uri in self.documents:
            self.look_soon(uri)

    def today(self) -> date:
        """The day, as suppressions and waivers count it."""
        return datetime.now(UTC).date()

    def settings_changed(self) -> None:
        """Look at every open document again."""
        self._outdate()
        self.showing.refresh()
        for uri in self.documents:
            self.look_soon(uri)

    def tell(self, said: str, kind: lsp.MessageType = lsp.MessageType.Warning) -> None:
        """Show a message, once for each cause however often it comes up."""
        if said not in self._told:
            self._told.add(said)
            self.window_show_message(lsp.ShowMessageParams(kind, said))

    def say(self, said: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        """Show a message that answers something which the person did."""
        self.window_show_message(lsp.ShowMessageParams(kind, f"Countermark: {said}"))

    def report_server_error(self, error: Exception, source: Any = FeatureNotificationError) -> None:
        """Log a fault once: its kind, without its message, which may quote a document. pygls would pop up every one."""
        if source is FeatureRequestError and not isinstance(error, JsonRpcInternalError):
            return  # the client's fault, and the client has its answer
        said = f"countermark: internal fault: {type(error).__name__}"
        if said not in self._told:
            self._told.add(said)
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, said))

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Let work go on beside the conversation."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def stop(self) -> None:
        """Kill the workers."""
        for worker in self.workers.values():
            worker.stop()

    async def close(self) -> None:
        """Kill the workers and wait until they are gone."""
        for worker in self.workers.values():
            await worker.close()

    def job(self, snapshot: Snapshot, part: Part = Part.FAST) -> Job:
        """A text as a worker takes it."""
        folders = tuple(path for folder in self.workspace.folders.values() if (path := path_of(folder.uri)))
        path = path_of(snapshot.uri, snapshot.language)
        return Job(path, name_of(snapshot.uri, snapshot.language), snapshot.text(), folders, part)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.report_server_error(error)

    def _outdate(self, uri: str | None = None) -> None:
        for scans in self.looks.values():
            scans.outdate(uri)

    def _show(self, part: Part, uri: str) -> None:
        self.spawn(self._shown(part, uri))

    async def _shown(self, part: Part, uri: str) -> None:
        if part is Part.SLOW:
            await self.looks[part].current(uri)
        if (scan := await self.scan(uri)) is not None:
            self.showing.show(scan, complete=part is Part.SLOW)

    async def _look(self, part: Part, snapshot: Snapshot) -> Answer:
        document, at = (
            self.documents.get(snapshot.uri),
            self.store.now(snapshot.uri),
        )  # while the text is still this one
        if part is Part.SLOW:  # what is quick comes first, above all while both are starting
            await self.looks[Part.FAST].current(snapshot.uri)
        answer = await self.workers[part].inspect(self.job(snapshot, part))
        for failure in answer.report.failures:
            if failure.path is None:  # about more than this file
                self.tell(f"Countermark: {failure.message}")
        for remark in answer.report.remarks:
            self.tell(f"Countermark: {remark.message}")
        if document is not None and self.documents.get(snapshot.uri) is document:
            self.store.put(snapshot.uri, part, at, answer)
        return answer


def _pause(part: Part, lines: int) -> float:
    return _PAUSES[part][lines > _LONG]
