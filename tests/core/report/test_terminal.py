from __future__ import annotations

import io

import pytest

from countermark.report.terminal import columns, prepare, printable, wants_colour


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colour_is_for_who_wants_it(environ: dict[str, str], terminal: bool, coloured: bool) -> None:
    assert wants_colour(Terminal() if terminal else io.StringIO(), environ) is coloured


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "12 │ a…"),
        ("cp437", "12 │ a..."),
        ("latin-1", "12 | a..."),
        ("ascii", "12 | a..."),
        (None, "12 | a..."),
        ("no-such-encoding", "12 | a..."),
    ],
)
def test_symbols_have_an_ascii_form(encoding: str | None, expected: str) -> None:
    assert printable("12 │ a…", encoding) == expected


@pytest.mark.parametrize(("encoding", "expected"), [("ascii", b"\xc3\xa9\\udcff"), ("latin-1", b"\xe9\\udcff")])
def test_no_character_stops_a_stream(encoding: str, expected: bytes) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    prepare(stream, None)
    print("é\udcff", end="", file=stream, flush=True)
    assert raw.getvalue() == expected


@pytest.mark.parametrize(("said", "expected"), [("72", 72), ("many", 100), ("0", 100)])
def test_the_environment_knows_the_width(monkeypatch: pytest.MonkeyPatch, said: str, expected: int) -> None:
    monkeypatch.setattr("sys.__stdout__", io.StringIO())  # no terminal
    monkeypatch.setenv("COLUMNS", said)
    assert columns() == expected
