"""What a client is told of what was found, and nothing twice: diagnostics pushed or asked for, marks, and that it may ask again."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from .diagnostics import diagnostics
from .job import Mark
from .store import Scan

if TYPE_CHECKING:
    from .server import Server

MARKS_CHANGED = "countermark/reviewMarksChanged"
STATUS = "countermark/status"


class Showing:
    """What a client was shown of each document."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._shown: dict[str, tuple[int, str]] = {}
        self._marks: dict[str, tuple[Mark, ...]] = {}
        self.follows_marks = False  # has asked for them once

    def items(self, scan: Scan) -> tuple[list[lsp.Diagnostic], str]:
        """A document's diagnostics, and a digest that differs once they do."""
        items = diagnostics(scan, self._server.client, hints=self._server.options.review_hints)
        return items, blake2b(repr(items).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def answered(self, scan: Scan, digest: str) -> None:
        """The client asked for a document's diagnostics and got these."""
        self._shown[scan.snapshot.uri] = (scan.snapshot.version, digest)
        self._mark(scan)

    def show(self, scan: Scan, *, complete: bool) -> None:
        """Tell the client what it does not know yet. ``complete``: the slow tier has looked, too."""
        server, uri, version = self._server, scan.snapshot.uri, scan.snapshot.version
        items, digest = self.items(scan)
        before = self._shown.get(uri)
        if server.client.pulls:
            if before is None or before[1] != digest:
                server.workspace_diagnostic_refresh(None)
        elif before != (version, digest):
            server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, items, version))
            self._shown[uri] = (version, digest)
        self._mark(scan)
        if server.options.status:
            told = {"uri": uri, "version": version, "complete": complete}
            server.protocol.notify(STATUS, told)

    def refresh(self) -> None:
        """Whatever was shown may be outdated: let the client ask again."""
        server = self._server
        if server.client.pulls:
            server.workspace_diagnostic_refresh(None)
        self._refresh_marks()

    def forget(self, uri: str) -> None:
        """A document was closed: take its diagnostics away where we put them there."""
        self._shown.pop(uri, None)
        self._marks.pop(uri, None)
        if not self._server.client.pulls:
            self._server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def _mark(self, scan: Scan) -> None:
        uri, marks = scan.snapshot.uri, scan.answer.marks
        self._server.screen.shown(uri, marks)
        if self._marks.get(uri, ()) == marks:
            return
        self._marks[uri] = marks
        if self.follows_marks:
            self._server.protocol.notify(MARKS_CHANGED, {"uri": uri, "version": scan.snapshot.version})
        self._refresh_marks()

    def _refresh_marks(self) -> None:
        server = self._server
        if server.client.lens_refreshes and server.options.code_lens:
            server.workspace_code_lens_refresh(None)
        if server.client.hint_refreshes and server.options.inlay_hints:
            server.workspace_inlay_hint_refresh(None)
