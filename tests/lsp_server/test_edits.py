from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from countermark.content import Content, Span
from countermark.finding import Edit
from countermark_lsp.documents import Document
from countermark_lsp.edits import whole_lines
from countermark_lsp.encoding import Encoding
from countermark_lsp.snapshot import Snapshot

PIECES = st.lists(st.sampled_from([*"ab é€😀\n\r\x0c\u2028", "\r\n"]), max_size=20).map("".join)


def document(text: str, encoding: Encoding = Encoding.Utf16) -> Document:
    return Document.of(lsp.TextDocumentItem("file:///a.py", "python", 1, text), encoding)


def placed(text: str, start: int, end: int, replacement: str) -> Edit:
    content = Content.of_text(text)
    return Edit(Span(start, end), replacement, content.position(start), content.position(end))


def applied(snapshot: Snapshot, edits: list[lsp.TextEdit]) -> str:
    """What a client makes of the edits, the last one first."""
    target = document(snapshot.text(), snapshot.encoding)
    for edit in sorted(edits, key=lambda one: one.range.start.line, reverse=True):
        target.apply(2, [lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)])
    return target.snapshot().text()


@given(PIECES, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), PIECES), min_size=1, max_size=3))
def test_whole_lines_do_what_the_precise_edits_would(text: str, wanted: list[tuple[int, int, str]]) -> None:
    cuts, at = [], 0
    for first, second, replacement in sorted(wanted):
        start, end = sorted((min(first, len(text)), min(second, len(text))))
        if start < at or (text[start : start + 1] == "\n" and text[start - 1 : start] == "\r"):
            continue  # overlapping, or inside a line end, which no editor can select
        cuts.append((start, end, replacement))
        at = end + 1
    expected = text
    for start, end, replacement in reversed(cuts):
        expected = expected[:start] + replacement + expected[end:]

    snapshot = document(text).snapshot()
    edits = whole_lines(snapshot, [placed(text, *cut) for cut in cuts])

    assert applied(snapshot, edits) == expected
    assert all(edit.range.start.character == 0 for edit in edits)
    assert all(edit.range.end.character == 0 or edit.range.end.line == len(snapshot.lines) - 1 for edit in edits)


@pytest.mark.parametrize("encoding", list(Encoding))
def test_the_last_line_may_lack_a_line_end(encoding: Encoding) -> None:
    text = "a\nx = 'é😀' + old"
    snapshot = document(text, encoding).snapshot()

    (edit,) = whole_lines(snapshot, [placed(text, len(text) - 3, len(text), "new")])

    assert edit.new_text == "x = 'é😀' + new"
    assert applied(snapshot, [edit]) == "a\nx = 'é😀' + new"


def test_edits_that_share_a_line_are_joined_and_others_are_not() -> None:
    text = "one two\nthree\nfour\n"
    snapshot = document(text).snapshot()

    edits = whole_lines(snapshot, [placed(text, 14, 18, "4"), placed(text, 4, 7, "2"), placed(text, 0, 3, "1")])

    assert [(edit.range.start.line, edit.new_text) for edit in edits] == [(0, "1 2\n"), (2, "4\n")]


def test_edits_that_contradict_each_other_are_none() -> None:
    text = "one two\n"

    assert whole_lines(document(text).snapshot(), [placed(text, 0, 5, "x"), placed(text, 3, 7, "y")]) == []


def test_a_byte_order_mark_in_the_buffer_stays_and_shifts_nothing() -> None:
    text = "\ufeffold = 1\n"
    snapshot = document(text).snapshot()
    edit = placed(text, 1, 4, "new")

    assert whole_lines(snapshot, [edit])[0].new_text == "\ufeffnew = 1\n"
    assert edit.start is not None
    assert snapshot.to_client(edit.start) == lsp.Position(0, 1)
    assert snapshot.from_client(lsp.Position(0, 1)) == edit.start
