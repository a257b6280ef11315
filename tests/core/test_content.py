"""A file's bytes and the text, lines and places that they mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.content import Content, Position, Span

# Plenty of line ends, of characters that only look like some, and of surrogates.
TEXTS = st.text(st.sampled_from("ab \r\n\f\v\x85\u2028é😀\ufeff\udc80\udcc3\udca9\ud800\0"), max_size=40)


@given(TEXTS)
def test_an_editors_text_keeps_every_offset(text: str) -> None:
    kept = Content.of_text(text).text
    assert len(kept) == len(text)
    assert all(
        now == then or (now == "\ufffd" and "\ud800" <= then <= "\udfff") for now, then in zip(kept, text, strict=True)
    )


@given(st.binary(max_size=60))
def test_bytes_that_are_no_text_come_back(data: bytes) -> None:
    content = Content(b"x" + data)
    assert content.text.encode("utf-8", "surrogateescape") == content.data


@given(TEXTS)
def test_lines_end_where_an_editor_ends_them(text: str) -> None:
    content = Content.of_text(text)
    lines = re.split(r"\r\n|\n|\r", content.text)
    spans = [content.line_span(line) for line in range(len(content.line_starts))]
    assert [content.slice(span) for span in spans] == lines


@given(TEXTS, st.integers(0, 40))
def test_a_position_leads_back_to_its_offset(text: str, offset: int) -> None:
    content = Content.of_text(text)
    offset = min(offset, len(content.text))
    place = content.position(offset)
    assert content.line_starts[place.line - 1] + place.column - 1 == offset


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, Position(1, 1)),
        ("a\nb", 2, Position(2, 1)),
        ("a\n", 2, Position(2, 1)),
        ("a\r\nb", 3, Position(2, 1)),
        ("a\rb", 2, Position(2, 1)),
        ("a\u2028b\fc\x85d", 6, Position(1, 7)),
        ("😀x", 1, Position(1, 2)),
    ],
)
def test_places_count_as_people_do(text: str, offset: int, position: Position) -> None:
    assert Content.of_text(text).position(offset) == position


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfkey", "key"),
        ("\ufeffkey\r\n".encode("utf-16-le"), "key\r\n"),
        ("\ufeffkey".encode("utf-16-be"), "key"),
        ("\ufeffkey".encode("utf-32-le"), "key"),
        ("\ufeffkey".encode("utf-16-le") + b"\0", "key\ufffd"),
        (b"caf\xe9", "caf\udce9"),
    ],
    ids=["utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32-le", "half a character", "latin-1"],
)
def test_decoding_never_fails(data: bytes, text: str) -> None:
    assert Content(data).text == text


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False),
        (b"text\n", False),
        (b"a\0b", True),
        (b"a" * 8000 + b"\0", False),
        ("\ufeffkey".encode("utf-16-le"), False),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", True),
    ],
)
def test_binary_is_what_git_calls_so_save_marked_text(data: bytes, binary: bool) -> None:
    assert Content(data).is_binary is binary


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (Span(0, 2), Span(2, 4), False),
        (Span(0, 3), Span(2, 4), True),
        (Span(2, 2), Span(0, 4), True),
        (Span(2, 2), Span(2, 2), True),
        (Span(5, 5), Span(0, 4), False),
    ],
)
def test_overlap_works_both_ways(first: Span, second: Span, overlap: bool) -> None:
    assert (first.overlaps(second), second.overlaps(first)) == (overlap, overlap)
