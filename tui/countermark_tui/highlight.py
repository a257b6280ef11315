"""Colour for code of a stranger: words, strings, comments and numbers, line by line and in linear time.

Pygments, which textual offers for this, takes minutes for some texts that a person could write into a file on purpose.
"""

from __future__ import annotations

import re
from keyword import kwlist
from pathlib import PurePosixPath

from attrs import frozen
from textual.content import Content, Span

_TEXT = r"(?P<text>\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?)"
_REST = r"(?P<mark>@[\w.]+)|(?P<number>\b\d[\w.]*)|(?P<word>[A-Za-z_$][\w$]*)"
_STYLES = {
    "comment": "$text-muted italic",
    "text": "$text-success",
    "mark": "$text-accent",
    "number": "$text-warning",
    "keyword": "$text-primary",
    "key": "$text-primary",
}
_SCRIPT = """
    as async await break case catch class const continue default delete do else export extends false finally for from function if
    import in instanceof interface let new null of return static switch this throw true try type typeof undefined var void while yield
"""


@frozen
class _Language:
    tokens: re.Pattern[str]
    keywords: frozenset[str] = frozenset()


_PYTHON = _Language(re.compile(rf"(?P<comment>#.*)|{_TEXT}|{_REST}"), frozenset(kwlist))
_JAVASCRIPT = _Language(re.compile(rf"(?P<comment>//.*)|{_TEXT}|{_REST}"), frozenset(_SCRIPT.split()))
_YAML = _Language(
    re.compile(rf"(?P<comment>(?:^|(?<=\s))#.*)|(?P<key>^\s*(?:- )?[\w-]+(?=:(?:\s|$)))|(?:^|(?<=\s)){_TEXT}")
)
_BY_SUFFIX = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), _PYTHON),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"), _JAVASCRIPT),
    **dict.fromkeys((".yaml", ".yml"), _YAML),
}


def highlight(line: str, path: str) -> Content:
    """A line in the language that the path's ending names; plain where it names none."""
    language = _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())
    if language is None:
        return Content(line)
    spans = []
    for match in language.tokens.finditer(line):
        kind = match.lastgroup or ""
        style = _STYLES.get("keyword" if match.group() in language.keywords else kind)
        if style:
            spans.append(Span(match.start(), match.end(), style))
    return Content(line, spans=spans)
