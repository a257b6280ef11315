"""Put a look-up in the environment where a literal is. Never safe: somebody has to set the variable first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from attrs import frozen

from countermark.change import FileChange
from countermark.content import Span
from countermark.finding import Edit, Fix

_MOST = 200  # characters of a line on either side of a value; a longer one is not written by hand
_NAME = r"(?P<name>[A-Za-z_$][\w$]*)"
# `name = "`, `name: "`, `obj["name"] = "`, `name="` in a call, with the literal's opening quote last.
_ASSIGNS = re.compile(
    rf"""(?:{_NAME}|["']{_NAME.replace("name", "key")}["']\]?)\s*(?::\s*[\w\[\], .|]+)?\s*[:=]\s*(?P<quote>["'])$"""
)
_IMPORTS_OS = re.compile(r"^(?:import os\b|from __future__)", re.MULTILINE)


@frozen
class _Language:
    """How a language looks a variable up. ``keyed``: whether `"name": "…"` is code in it, as in a dictionary."""

    lookup: str


_LANGUAGES: Mapping[str, _Language] = {
    ".py": _Language('os.environ["{}"]'),
    ".pyi": _Language('os.environ["{}"]'),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"), _Language("process.env.{}")),
}


def fixes(file: FileChange, span: Span) -> tuple[Fix, ...]:
    """The replacement of a literal by a look-up; nothing where the place is not plainly an assignment of one literal."""
    language = _LANGUAGES.get(PurePosixPath(file.path).suffix.lower())
    if language is None:
        return ()
    text = file.after.text
    before, after = text[max(span.start - _MOST, 0) : span.start], text[span.end : span.end + 1]
    match = _ASSIGNS.search(before.rpartition("\n")[2])
    if match is None or after != match["quote"] or _is_open_string(before.rpartition("\n")[2], match["quote"]):
        return ()
    name = _variable(match["name"] or match["key"])
    edits = [Edit(Span(span.start - 1, span.end + 1), language.lookup.format(name))]
    if language.lookup.startswith("os.") and not re.search(r"^import os\b", text, re.MULTILINE):
        edits.insert(0, Edit(_import_place(text), "import os\n"))
    return (Fix(f"Read it from the environment variable {name}", safe=False, edits=tuple(edits)),)


def _variable(name: str) -> str:
    """The name of an environment variable after that of a variable: apiKey and api_key are API_KEY."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip("_$"))
    return re.sub(r"\W", "_", spaced).upper() or "SECRET"


def _is_open_string(before: str, quote: str) -> bool:
    """Whether the quote before the value closes a string rather than opens one."""
    return before.count(quote) % 2 == 0


def _import_place(text: str) -> Span:
    """Where an import goes: before the first one that is not from __future__, or else at the top after comments and a docstring."""
    first = re.search(r"^(?:import |from (?!__future__))", text, re.MULTILINE)
    if first:
        return Span(first.start(), first.start())
    head = re.match(
        r'(?:#[^\n]*\n)*(?:(?:"""(?:(?!""").)*"""|\'\'\'(?:(?!\'\'\').)*\'\'\')\n)?(?:\s*from __future__[^\n]*\n)?\s*',
        text,
        re.DOTALL,
    )
    at = head.end() if head else 0
    return Span(at, at)
