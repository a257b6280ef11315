"""Colour for code: what is coloured, and that it costs no time."""

from __future__ import annotations

import time

import pytest

from countermark_tui.highlight import highlight


def coloured(line: str, path: str) -> list[str]:
    return [line[span.start : span.end] for span in highlight(line, path).spans]


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("a.py", "async def f(x=1):  # why", ["async", "def", "1", "# why"]),
        ("a.py", "@app.get('/a # b')", ["@app.get", "'/a # b'"]),
        ("a.py", "x = 'open", ["'open"]),
        ("a.py", "half = total // 2", ["2"]),
        ("a.ts", "const x = `a` // why", ["const", "`a`", "// why"]),
        ("a.yaml", "  - id: don't # why", ["  - id", "# why"]),
        ("a.yaml", "reply: 'yes'", ["reply", "'yes'"]),
        ("a.txt", "def f(): '1'", []),
    ],
)
def test_words_strings_and_comments_are_told_apart(path: str, line: str, expected: list[str]) -> None:
    assert coloured(line, path) == expected


@pytest.mark.parametrize("path", ["a.py", "a.ts", "a.yaml"])
def test_no_line_is_slow(path: str) -> None:
    started = time.monotonic()

    for piece in ("'", '"', "\\", "'\\", "`", "a", "1.", "- ", "# ", "@", ":", "a:", "${"):
        for _ in range(100):
            highlight((piece * 400)[:400], path)

    assert time.monotonic() - started < 5
