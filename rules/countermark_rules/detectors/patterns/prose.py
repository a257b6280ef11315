"""Python without what is written for people: a rule whose words stand in a comment or a docstring alone cannot match."""

from __future__ import annotations

import re

from countermark.lazily import lazy

_STRING = (
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?|'
    rb"'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?|"
    rb'"(?:[^"\\\n]++|\\.)*+"?|'
    rb"'(?:[^'\\\n]++|\\.)*+'?"
)
_TOKENS = lazy(rb"[^#\"']*+(?:(\#[^\n]*+|" + _STRING + rb")|\Z)", re.DOTALL)
_HEAD = lazy(rb"(?:(?:\)[ \t]*(?:->[^\n]{1,100})?|\bclass[ \t]+\w+[ \t]*):[^\n]*\n|\A)\s*[rRuU]?\Z")
_END = lazy(rb"[ \t\r]*(?:[#\n]|\Z)")
_BEFORE = 200  # bytes in which the head that a docstring follows ends
_CLOSED = (b'"""', b"'''")


def without_prose(data: bytes) -> bytes:
    """The code alone. Places move: this is for asking what a text holds, not where."""
    parts, done = [], 0
    for match in _TOKENS.finditer(data):
        start, end = match.span(1)
        if start < 0 or not (data.startswith(b"#", start) or _is_docstring(data, start, end)):
            continue
        parts.append(data[done:start])
        done = end
    return b"".join((*parts, data[done:]))


def _is_docstring(data: bytes, start: int, end: int) -> bool:
    """Whether a closed string of three quotes is all that a statement behind a head, or at the beginning of the file, consists of."""
    if not data.startswith(_CLOSED, start) or not data.endswith(data[start : start + 3], start + 3, end):
        return False
    return bool(_END.match(data, end) and _HEAD.search(data, max(start - _BEFORE, 0), start))
