from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from countermark.content import Content
from countermark_lsp.documents import Document, split
from countermark_lsp.encoding import Encoding, column, units

# Every kind of line end, everything that str.splitlines takes for one, one character of each width, halves of a pair,
# and a byte that is no UTF-8.
ALPHABET = [*"aé€😀\ufeff\n\r\x0b\x0c\x1c\x85\u2028\u2029\ud83d\ude00\udce9", "bc", "\r\n"]
TEXTS = st.lists(st.sampled_from(ALPHABET), max_size=14).map("".join)
ENCODINGS = st.sampled_from(list(Encoding))


def opened(text: str, encoding: Encoding = Encoding.Utf16) -> Document:
    return Document.of(lsp.TextDocumentItem("file:///a.py", "python", 1, text), encoding)


def replaced(start: tuple[int, int], end: tuple[int, int], text: str) -> lsp.TextDocumentContentChangePartial:
    return lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(*start), lsp.Position(*end)), text)


class Model:
    """The same document, told the slow way: one text, and every position found by walking from its start."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self.encoding = encoding
        self.text = self.clean(text)

    def clean(self, text: str) -> str:
        return "".join("\ufffd" if char in "\ud83d\ude00" else char for char in text)

    def width(self, char: str) -> int:
        point = ord(char)
        if self.encoding is Encoding.Utf16:
            return 1 + (point > 0xFFFF)
        if self.encoding is Encoding.Utf32 or 0xDC80 <= point <= 0xDCFF:
            return 1
        return 1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF)

    def offset(self, line: int, character: int) -> int:
        at = 0
        for _ in range(line):
            end = re.compile(r"\r\n|\n|\r").search(self.text, at)
            if end is None:
                return len(self.text)
            at = end.end()
        while at < len(self.text) and self.text[at] not in "\r\n":
            character -= self.width(self.text[at])
            if character < 0:
                break
            at += 1
        return at

    def replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        first, last = sorted((self.offset(*start), self.offset(*end)))
        self.text = self.text[:first] + self.clean(text) + self.text[last:]


@st.composite
def places(draw: st.DrawFn) -> tuple[int, int]:
    return draw(st.integers(0, 8)), draw(st.integers(0, 20))


@given(TEXTS, ENCODINGS, st.lists(st.tuples(places(), places(), TEXTS), max_size=5))
def test_edits_agree_with_the_model(
    text: str, encoding: Encoding, edits: list[tuple[tuple[int, int], tuple[int, int], str]]
) -> None:
    document, model = opened(text, encoding), Model(text, encoding)

    for version, (start, end, new) in enumerate(edits, 2):
        document.apply(version, [replaced(start, end, new)])
        model.replace(start, end, new)

        snapshot = document.snapshot()
        assert snapshot.text() == model.text
        assert snapshot.version == version
        assert list(snapshot.lines) == split(model.text)


@given(TEXTS)
def test_lines_begin_where_content_says(text: str) -> None:
    lines = opened(text).snapshot().lines
    content = Content.of_text("".join(lines))

    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]

    assert starts == list(content.line_starts)


@given(TEXTS, ENCODINGS)
def test_columns_survive_the_way_to_the_client_and_back(text: str, encoding: Encoding) -> None:
    model = Model(text, encoding)
    for line in split(model.text):
        for place in range(len(line) + 1):
            assert units(line[:place], encoding) == sum(map(model.width, line[:place]))
            assert column(line, units(line[:place], encoding), encoding) == place


@pytest.mark.parametrize(("encoding", "count"), [(Encoding.Utf8, 6), (Encoding.Utf16, 3), (Encoding.Utf32, 2)])
def test_a_position_inside_a_character_is_where_it_begins(encoding: Encoding, count: int) -> None:
    line = "é😀x"

    assert column(line, count, encoding) == 2
    assert [column(line, within, encoding) for within in range(count) if within >= units("é", encoding)] == [1] * (
        count - units("é", encoding)
    )


@pytest.mark.parametrize("char", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_what_python_takes_for_a_line_end_is_none(char: str) -> None:
    document = opened(f"a{char}b\nsecond\n")

    document.apply(2, [replaced((1, 0), (1, 6), "CHANGED")])

    assert document.snapshot().text() == f"a{char}b\nCHANGED\n"


def test_a_change_without_a_range_is_the_whole_text() -> None:
    document = opened("a\n")

    document.apply(7, [replaced((0, 0), (0, 1), "b"), lsp.TextDocumentContentChangeWholeDocument("c\r\nd")])

    assert document.snapshot().lines == ("c\r\n", "d")
    assert document.snapshot().version == 7


def test_a_snapshot_stays_what_it_was() -> None:
    document = opened("a\nb\n")
    before = document.snapshot()

    document.apply(2, [replaced((0, 0), (1, 0), "")])

    assert before.text() == "a\nb\n"
    assert document.snapshot().text() == "b\n"
