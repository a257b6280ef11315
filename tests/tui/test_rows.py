"""Code and differences as they are shown."""

from __future__ import annotations

import pytest

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark_tui.rows import Row, around, difference, visible


def drawn(rows: tuple[Row, ...]) -> list[str]:
    return [f"{row.number or ''}{row.mark.value}{row.text}" for row in rows]


def change(after: str, before: str | None = None) -> FileChange:
    return FileChange("a.py", Content.of_text(after), None if before is None else Content.of_text(before))


NUMBERS = "".join(f"{number}\n" for number in range(1, 21))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, "a\nb\n", ["1+a", "2+b"]),
        (None, "a", ["1+a"]),
        (None, "", []),
        ("a\n", "a\n", []),
        ("a\nb\n", "a\n", ["1 a", "2-b"]),
        ("a\n", "", ["1-a"]),
        ("a\nb\nc\n", "a\nX\nc\n", ["1 a", "2-b", "2+X", "3 c"]),
        ("a\r\nb\r\n", "a\nc\n", ["1 a", "2-b", "2+c"]),
        ("a", "a\nb", ["1 a", "2+b"]),
        (
            NUMBERS,
            NUMBERS.replace("10\n", "ten\n"),
            [
                "~6 unchanged lines",
                "7 7",
                "8 8",
                "9 9",
                "10-10",
                "10+ten",
                "11 11",
                "12 12",
                "13 13",
                "~7 unchanged lines",
            ],
        ),
        (NUMBERS, NUMBERS + "x\n", ["~17 unchanged lines", "18 18", "19 19", "20 20", "21+x"]),
        (NUMBERS, "x\n" + NUMBERS, ["1+x", "2 1", "3 2", "4 3", "~17 unchanged lines"]),
    ],
)
def test_a_difference_has_its_surroundings(before: str | None, after: str, expected: list[str]) -> None:
    assert drawn(difference(change(after, before))) == expected


def test_whole_files_have_no_signs() -> None:
    assert drawn(difference(change("a\nb\n"), compared=False)) == ["1 a", "2 b"]


def test_what_is_too_much_is_cut_and_told() -> None:
    rows = difference(change("x\n" * 100_000))

    assert len(rows) == 2001
    assert rows[-1].text == "only the first 2000 lines are shown"


def test_binary_content_is_not_shown() -> None:
    assert drawn(difference(FileChange("a", Content(b"\0\1")))) == ["~binary, not shown"]


def test_an_element_is_shown_with_a_few_lines_around_it() -> None:
    before = "".join(f"{number}\n" for number in range(1, 11))
    file = change(before.replace("5\n", "five\n"), before)
    start = file.after.text.index("five")

    assert drawn(around(file, Span(start, start + 4))) == ["2 2", "3 3", "4 4", "5+five", "6 6", "7 7", "8 8"]
    assert drawn(around(file, Span(start, start + 4), compared=False))[3] == "5 five"


def test_a_long_element_is_cut_and_told() -> None:
    file = change("x\n" * 1000)

    rows = around(file, Span(0, len(file.after.text)), most=10)

    assert [row.text for row in rows] == [*["x"] * 10, "990 more lines"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a\tb", "a   b"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("abc\u202e\u200b", "abc\\u202e\\u200b"),
        ("\udcff", "\\xff"),
        ("日本 é", "日本 é"),
        ("x" * 500, "x" * 400 + "…"),
    ],
)
def test_every_character_is_visible_and_no_line_endless(line: str, shown: str) -> None:
    assert visible(line) == shown
