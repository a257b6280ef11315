"""A text without those functions that rules need not look into: reading it takes a tenth, and following data takes time for each.

Every character that is left keeps its place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from countermark.python_tree import NotPython, tree

from .braces import LANGUAGES, Body, Uneven, bodies
from .places import Places

_LARGEST = 1_000_000  # bytes
_NOTHING = b"pass"
_BLANK = bytes(byte if byte == ord("\n") else ord(" ") for byte in range(256))
_LINE = re.compile(rb"^ ", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Less(NamedTuple):
    """A text without some functions; ``kept`` are the stretches of it that are as they were."""

    data: bytes
    kept: Sequence[tuple[int, int]]


def without_others(data: bytes, language: str, within: Collection[Sequence[str]], places: Places | None = None) -> Less:
    """A text without those functions that hold, for none of the rules, all of its expressions; as it was where it cannot be read."""
    wanted = {*map(tuple, within)}
    holds = (places or Places(data)).holds
    parts, kept, done = [], [], 0
    for head, start, end in _functions(data, language):
        if not any(all(holds(one, head, end) for one in expressions) for expressions in wanted):
            parts += [data[done:start], _blank(data[start:end], language)]
            kept.append((done, start))
            done = end
    return Less(b"".join((*parts, data[done:])), [*kept, (done, len(data))])


def _blank(data: bytes, language: str) -> bytes:
    """As long as a text, and with its lines. Lines of white space cost Semgrep's reader of Python ten times as much as comments."""
    if language != "python":
        return data.translate(_BLANK)
    return _NOTHING + _LINE.sub(b"#", data[len(_NOTHING) :].translate(_BLANK))


def _functions(data: bytes, language: str) -> Sequence[Body]:
    """The functions that stand in no other one; none where the text cannot be read."""
    if len(data) > _LARGEST:
        return ()
    if language == "python":
        return _of_python(data)
    try:
        return bodies(data, language) if language in LANGUAGES else ()
    except Uneven:
        return ()


def _of_python(data: bytes) -> list[Body]:
    """Whole definitions, since nothing can stand for a body alone without moving what is left."""
    try:
        module = tree(data.decode())
    except (NotPython, UnicodeDecodeError):
        return []
    starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
    found = []
    for function in _definitions(module.body):
        first = min(one.lineno for one in (function, *function.decorator_list))
        start = starts[first - 1] + function.col_offset
        end = starts[(function.end_lineno or first) - 1] + (function.end_col_offset or 0)
        found.append(Body(start, start, end))
    return found


def _definitions(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """The outermost functions and the methods of outermost classes, in order; what lies within one is followed with it."""
    for statement in body:
        if isinstance(statement, Function):
            yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from _definitions(statement.body)
