from __future__ import annotations

import pytest

from countermark.content import Content, Span
from countermark.edits import apply, compatible
from countermark.finding import Edit, Fix


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("x", safe=True, edits=tuple(Edit(Span(start, end), text) for start, end, text in edits))


@pytest.mark.parametrize(
    ("fixes", "kept", "text"),
    [
        ([fix((0, 1, "A"))], 1, "Abcdef"),
        ([fix((2, 3, "C")), fix((0, 1, "A"))], 2, "AbCdef"),
        ([fix((0, 0, "i"), (1, 2, "B")), fix((0, 0, "i"), (3, 4, "D"))], 2, "iaBcDef"),  # an import that both need
        ([fix((1, 3, "X")), fix((2, 4, "Y")), fix((5, 6, "Z"))], 2, "aXdeZ"),
        ([fix((0, 0, "i")), fix((0, 0, "j"))], 1, "iabcdef"),
        ([fix((1, 1, "i")), fix((1, 2, "B"))], 2, "aiBcdef"),
        ([fix((0, 6, "X")), fix((2, 2, "Y"))], 1, "X"),
    ],
)
def test_fixes_that_contradict_none_before_them(fixes: list[Fix], kept: int, text: str) -> None:
    content = Content(b"abcdef")
    chosen, edits = compatible(fixes)
    after = apply(content, edits)
    assert (len(chosen), after.text if after else None) == (kept, text)


@pytest.mark.parametrize(
    "data",
    [
        "a\r\nö\n".encode(),
        b"\xef\xbb\xbfa\r\n\xc3\xb6",
        b"\xff\xfe" + "a\r\nö\n".encode("utf-16-le"),
        b"\xfe\xff" + "aö".encode("utf-16-be"),
        b"\xff\xfe\x00\x00" + "aö".encode("utf-32-le"),
        b"a\xff\xfe\n",
    ],
)
def test_encoding_mark_and_line_ends_stay(data: bytes) -> None:
    content = Content(data)
    assert apply(content, []) is not None
    after = apply(content, [Edit(Span(0, 1), "bé")])
    assert after is not None
    assert after.text == "bé" + content.text[1:]
    mark = len(data) - len(apply(content, [Edit(Span(0, len(content.text)), "")]).data) if content.text else 0  # type: ignore[union-attr]
    assert after.data[: len(data) - mark] == data[: len(data) - mark]


def test_what_cannot_be_written_back_is_left_alone() -> None:
    assert apply(Content(b"\xff\xfea\x00\x00\xd8\x00"), []) is None
