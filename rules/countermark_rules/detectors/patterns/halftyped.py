"""Text that somebody is typing: the lines that keep a parser from reading the rest are blanked, and no other character moves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from countermark.python_tree import NotPython, tree

from .braces import LANGUAGES, Uneven, bodies

_MOST = 4  # lines that are given up; whoever has more open ends is not typing
_LARGEST = 300_000  # bytes that are parsed for this
_BRACKET = re.compile(rb"[()\[\]{}]")
_PAIRS = {b"(": b")", b"[": b"]", b"{": b"}"}
_LITERAL = re.compile(rb"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|(?:^|\s)(?://|#).*""")
_INDENT = re.compile(rb"[ \t]*")


def repaired(data: bytes, language: str) -> bytes:
    """A text that can be read, as far as blanking the lines to blame gets there; else as it was."""
    if language == "python":
        return _repaired_python(data)
    return _evened(data, language) if language in LANGUAGES else data


def _evened(data: bytes, language: str) -> bytes:
    """With a partner for each bracket."""
    if len(data) > _LARGEST:
        return data
    text = data
    for _ in range(_MOST + 1):
        try:
            bodies(text, language)
        except Uneven as uneven:
            text = blanked(text, text.count(b"\n", 0, uneven.at))
        else:
            return text
    return data


def _repaired_python(data: bytes) -> bytes:
    """As Python's own parser has it."""
    lines = data.split(b"\n")
    for _ in range(_MOST):
        blamed = _blamed(b"\n".join(lines), len(lines))
        if blamed is None:
            return b"\n".join(lines)
        at = next((at for at in range(blamed, -1, -1) if lines[at].strip() not in {b"", b"pass"}), None)
        if at is None:
            break
        lines[at] = _passed(lines[at])
    return data


def suspects(data: bytes, broken: Iterable[int]) -> tuple[int, ...]:
    """The lines, from 0, that may keep a parser from reading the rest, given where it broke off; the likeliest first."""
    lines = data.split(b"\n")
    first = min(broken, default=0)
    before = next((at for at in range(first - 1, -1, -1) if lines[at].strip()), first)
    return tuple(dict.fromkeys((*_unclosed(lines), first, before)))


def blanked(data: bytes, number: int) -> bytes:
    """The text without what is in one line, counted from 0."""
    lines = data.split(b"\n")
    lines[number] = b""
    return b"\n".join(lines)


def _unclosed(lines: Iterable[bytes]) -> list[int]:
    """The line of a bracket that another kind closes, or that nothing does."""
    waiting: list[tuple[bytes, int]] = []
    for number, line in enumerate(lines):
        for bracket in _BRACKET.findall(_LITERAL.sub(b"", line)):
            if bracket in _PAIRS:
                waiting.append((_PAIRS[bracket], number))
            elif not waiting:
                return [number]
            elif waiting[-1][0] == bracket:
                waiting.pop()
            else:
                return [waiting[-1][1]]
    return [waiting[-1][1]] if waiting else []


def _blamed(data: bytes, count: int) -> int | None:
    """The line, from 0, that Python's own parser stumbles over; None where it reads all, or cannot be asked."""
    if len(data) > _LARGEST:
        return None
    try:
        tree(data.decode())
    except NotPython as fault:
        return None if fault.line is None else min(max(fault.line - 1, 0), count - 1)
    except UnicodeDecodeError:
        pass
    return None


def _passed(line: bytes) -> bytes:
    """A statement that does nothing, at the same depth."""
    indent = _INDENT.match(line)
    return (indent[0] if indent else b"") + b"pass"
