"""The state of one conversation with an editor. What is wrong with a text is decided by the engine; nothing here knows a rule."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureNotificationError, FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from countermark import __version__
from countermark.verdict import Report

from .client import Client
from .diagnostics import diagnostics
from .documents import Documents
from .job import Job
from .protocol import Protocol
from .scans import Scans
from .snapshot import Snapshot
from .uris import name_of, path_of
from .worker import Worker


class Server(LanguageServer):
    """Open documents, what was found in them, and the worker that finds it."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("countermark", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.client = Client()
        self.documents = Documents()
        self.worker = Worker()
        self.scans = Scans(self.documents.snapshot, self._look)
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def look_soon(self, uri: str, *, at_once: bool = False) -> None:
        """Publish a document's diagnostics, once the person pauses; a client that asks for them needs no telling."""
        if at_once:
            self.scans.outdate(uri)
        if not self.client.pulls and self.documents.get(uri) is not None:
            self.scans.soon(uri, self._publish, at_once=at_once)

    def forget(self, uri: str) -> None:
        """A document was closed."""
        self.scans.forget(uri)
        if not self.client.pulls:
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def settings_changed(self) -> None:
        """Look at every open document again."""
        self.scans.outdate()
        if self.client.pulls and self.client.refreshes:
            self.workspace_diagnostic_refresh(None)
        for uri in self.documents:
            self.look_soon(uri)

    def tell(self, said: str, kind: lsp.MessageType = lsp.MessageType.Warning) -> None:
        """Show a message, once for each cause however often it comes up."""
        if said not in self._told:
            self._told.add(said)
            self.window_show_message(lsp.ShowMessageParams(kind, said))

    def report_server_error(self, error: Exception, source: Any = FeatureNotificationError) -> None:
        """Log a fault once: its kind, without its message, which may quote a document. pygls would pop up every one."""
        if source is FeatureRequestError and not isinstance(error, JsonRpcInternalError):
            return  # the client's fault, and the client has its answer
        said = f"countermark: internal fault: {type(error).__name__}"
        if said not in self._told:
            self._told.add(said)
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, said))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let work go on beside the conversation."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.report_server_error(error)

    def _publish(self, uri: str) -> None:
        self.spawn(self._published(uri))

    async def _published(self, uri: str) -> None:
        if (scan := await self.scans.current(uri)) is not None:
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri, diagnostics(scan, self.client), scan.snapshot.version)
            )

    async def _look(self, snapshot: Snapshot) -> Report:
        folders = tuple(path for folder in self.workspace.folders.values() if (path := path_of(folder.uri)))
        job = Job(path_of(snapshot.uri), name_of(snapshot.uri), snapshot.text(), folders)
        report = await self.worker.inspect(job)
        for failure in report.failures:
            if failure.path is None:  # about more than this file
                self.tell(f"Countermark: {failure.message}")
        for remark in report.remarks:
            self.tell(f"Countermark: {remark.message}")
        return report
