"""The import that a look-up needs, where the file has none: an edit at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from countermark.content import Span
from countermark.finding import Edit

from .literals import STRING, Lexed

_FIRST = 2_000  # characters that tell how lines end
_PYTHON_OS = re.compile(r"^import[ \t]+(?:[\w., \t]*,[ \t]*)?os(?:\.path)?[ \t]*(?=[,;\r\n]|\Z)", re.MULTILINE)
_PYTHON_IMPORT = re.compile(r"^(import|from)[ \t]+([\w.]+)[^\n]*\n?", re.MULTILINE)
_PYTHON_FUTURE = re.compile(r"^from[ \t]+__future__[ \t]+import[ \t]*(?:\([^)]*\)|[^\n(]*)[^\n]*\n", re.MULTILINE)
_PYTHON_HEAD = re.compile(rf"(?:[ \t]*\r?\n)*{STRING}+[ \t]*\r?\n")
_GO_LINE = re.compile(rf"^[ \t]*(?:import[ \t]+)?{STRING}+[ \t]*;?[ \t]*\r?$", re.MULTILINE)
_GO_BLOCK = re.compile(r"^import[ \t]*\([ \t]*\r?\n", re.MULTILINE)
_GO_SINGLE = re.compile(rf"^import[ \t]+(?:[\w.]+[ \t]+)?{STRING}+[^\n]*\n", re.MULTILINE)
_GO_PACKAGE = re.compile(r"^package[ \t]+\w+[^\n]*\n", re.MULTILINE)


def python(lexed: Lexed, at: int) -> tuple[Edit, ...] | None:
    """`import os`, sorted into the first block of imports before a place; without one, behind docstring and __future__."""
    code = lexed.code
    statements = lexed.head(_PYTHON_IMPORT)
    known = next((match for match in statements if _PYTHON_OS.match(code, match.start())), None)
    inside_a_block = code[code.rfind("\n", 0, at) + 1 : at][:1] in {" ", "\t"}
    if known and (known.start() < at or inside_a_block):
        return ()
    imports = [match for match in statements if match.end() <= at and match[2] != "__future__"]
    found = _first_block(imports)
    later = next((match for match in found if match[1] == "from" or match[2] > "os"), None)
    end = _end(lexed)
    if later:
        return (_insert(later.start(), f"import os{end}"),)
    if found and not re.search(r"[\\;]\s*$", found[-1].group()):
        return (_insert(found[-1].end(), f"import os{end}"),)
    return (_behind_the_head(lexed, end),)


def _first_block(imports: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    gaps = (number for number, (upper, lower) in enumerate(pairwise(imports), 1) if upper.end() != lower.start())
    return imports[: next(gaps, len(imports))]


def _behind_the_head(lexed: Lexed, end: str) -> Edit:
    comments = re.match(r"(?:#[^\n]*\n)*", lexed.text)
    place = comments.end() if comments else 0
    docstring = _PYTHON_HEAD.match(lexed.code, place)
    starts = (match.start() for match in lexed.head(_PYTHON_IMPORT) if match[2] == "__future__")
    future = next((match for start in starts if (match := _PYTHON_FUTURE.match(lexed.code, start))), None)
    if docstring or future:
        place = max(match.end() for match in (docstring, future) if match)
    blank_before = end if docstring or future else ""
    blank_after = "" if re.match(r"\r?\n|\Z", lexed.code[place : place + 2]) else end
    return _insert(place, f"{blank_before}import os{end}{blank_after}")


def go(lexed: Lexed, at: int) -> tuple[Edit, ...] | None:
    """`"os"` among the imports; None where the file has not even a package."""
    if any('"os"' in lexed.text[match.start() : match.end()] for match in lexed.head(_GO_LINE) if match.end() <= at):
        return ()
    end = _end(lexed)
    for expression, text in (
        (_GO_BLOCK, f'\t"os"{end}'),
        (_GO_SINGLE, f'import "os"{end}'),
        (_GO_PACKAGE, f'{end}import "os"{end}'),
    ):
        if found := [match for match in lexed.head(expression) if match.end() <= at]:
            return (_insert(found[-1].end(), text),)
    return None


def _insert(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def _end(lexed: Lexed) -> str:
    return "\r\n" if "\r\n" in lexed.text[:_FIRST] else "\n"


IMPORTS: Mapping[str, Callable[[Lexed, int], tuple[Edit, ...] | None]] = {"python": python, "go": go}
