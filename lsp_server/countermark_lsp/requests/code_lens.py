"""textDocument/codeLens: above each hunk who wrote it, where it stands, and what can be done; above the file how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from countermark_lsp.job import Mark
from countermark_lsp.markup import stands
from countermark_lsp.offers import OPEN_REVIEW, REVIEW
from countermark_lsp.server import Server
from countermark_lsp.store import Scan


def code_lens(server: Server, scan: Scan, _params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
    """The lenses, complete: a client that has to resolve them shows them late."""
    marks = scan.answer.marks
    if not server.options.code_lens or not marks:
        return None
    uri, closed = scan.snapshot.uri, bool(scan.answer.closed)
    return [*_of_file(uri, marks, closed=closed), *(one for mark in marks for one in _of(uri, mark, closed=closed))]


def _of_file(uri: str, marks: tuple[Mark, ...], *, closed: bool) -> Iterator[lsp.CodeLens]:
    waiting = [mark.id for mark in marks if not mark.passes]
    hunks = "1 hunk needs" if len(marks) == 1 else f"{len(marks)} hunks need"
    yield _lens(0, f"{hunks} an answer · {len(waiting)} without", OPEN_REVIEW, {"uri": uri})
    if len(waiting) > 1 and not closed:
        yield _lens(0, "Mark file reviewed", REVIEW, {"uri": uri, "hunks": waiting, "decision": "approve"})


def _of(uri: str, mark: Mark, *, closed: bool) -> Iterator[lsp.CodeLens]:
    yield _lens(mark.first - 1, stands(mark), OPEN_REVIEW, {"uri": uri})
    if mark.passes or closed:
        return
    for title, decision in (("Mark reviewed", "approve"), ("Reject", "reject"), ("Waive…", "waive")):
        yield _lens(mark.first - 1, title, REVIEW, {"uri": uri, "hunks": [mark.id], "decision": decision})


def _lens(line: int, title: str, command: str, argument: dict[str, object]) -> lsp.CodeLens:
    place = lsp.Position(line, 0)
    return lsp.CodeLens(lsp.Range(place, place), lsp.Command(title, command, arguments=[argument]))
