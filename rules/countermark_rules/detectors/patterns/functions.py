"""A text without those functions that a rule need not look into: one that follows data, above all, takes some time for each.

Every character that is left keeps its place.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence

_LARGEST = 1_000_000  # bytes
_NOTHING = b"pass"
_INK = re.compile(rb"[^\n]")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def without_others(data: bytes, within: Sequence[str]) -> bytes:
    """Python without those functions that hold none of some expressions; as it was where it cannot be read."""
    tree = _read(data)
    if tree is None:
        return data
    wanted = re.compile("|".join(f"(?:{one})" for one in within).encode())
    starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
    parts, done = [], 0
    for function in _functions(tree.body):
        first = min(one.lineno for one in (function, *function.decorator_list))
        start = starts[first - 1] + function.col_offset
        end = starts[(function.end_lineno or first) - 1] + (function.end_col_offset or 0)
        if not wanted.search(data, start, end):
            parts += [data[done:start], _NOTHING, _INK.sub(b" ", data[start + len(_NOTHING) : end])]
            done = end
    return b"".join((*parts, data[done:]))


def _read(data: bytes) -> ast.Module | None:
    if len(data) > _LARGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data.decode())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _functions(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """The outermost functions and the methods of outermost classes, in order; what lies within one is followed with it."""
    for statement in body:
        if isinstance(statement, Function):
            yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from _functions(statement.body)
