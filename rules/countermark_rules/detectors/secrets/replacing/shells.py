"""In a shell the variable stands where the value was, and a script without it ends with a word instead of going on."""

from __future__ import annotations

import re

from countermark.content import Span
from countermark.finding import Edit

from .literals import Lexed, lex, lexer
from .names import Names

_LEXER = lexer(
    r"(?P<comment>(?<![^\s;|&(])\#[^\n]*+)"
    r"|(?P<other>(?<!<)<<-?[ \t]*+(?P<_q>['\"]?)(?P<_end>[A-Za-z_]\w*+)(?P=_q)[^\n]*+\n(?:(?![ \t]*+(?P=_end)\b)[^\n]*+\n)*+|\\.)"
    r"|(?P<string>\"(?:[^\"\\]|\\.)*+\"?|'[^']*+'?)"
)
_NEAR = 200
_NAMED = (
    re.compile(r"(?<![\w-])(?P<name>[A-Za-z_]\w*)=[\"']?$"),
    re.compile(r"--(?P<name>[A-Za-z][\w-]*)[= ][\"']?$"),
    re.compile(r"(?P<name>[A-Za-z][\w-]*):\s*(?:(?:Bearer|Basic|Token|token)\s+)?[\"']?$"),
)
_DEFAULT = re.compile(r"\$\{(?P<name>\w+)(?P<op>:?[-=])$")
_SPECIAL = re.compile(r"[\"$`\\!]")


def lexed(text: str) -> Lexed:
    """A script as literals and code."""
    return lex(text, _LEXER)


def replaced(script: Lexed, span: Span, slug: str, names: Names) -> tuple[str, tuple[Edit, ...]] | None:
    """The variable's name and the edits; None in comments, here-documents, and quotes that are not plain."""
    text = script.text
    before = text[max(span.start - _NEAR, 0) : span.start]
    line = before.rpartition("\n")[2]
    name = next((match["name"] for named in _NAMED if (match := named.search(line))), "")
    quoted = script.holding(span)
    if quoted is None:
        return _bare(script, span, name, slug, names)
    if not _is_closed(text, quoted) or _nested(script, quoted):
        return None
    if text[quoted.start] == '"':
        fallback = _DEFAULT.search(before)
        if fallback and text.startswith("}", span.end):
            return fallback["name"], (Edit(Span(span.start - len(fallback["op"]), span.end), ":?"),)
        if "${" in before and before.rfind("${") > before.rfind("}"):
            return None
        chosen = names.of(text[span.start : span.end], name, slug)
        return chosen, (Edit(span, f"${{{chosen}:?}}"),)
    return _single(text, quoted, span, (name, slug), names)


def _bare(script: Lexed, span: Span, name: str, slug: str, names: Names) -> tuple[str, tuple[Edit, ...]] | None:
    """A word without quotes gets some, so that nothing in the variable is split or expanded."""
    code, text = script.code, script.text
    word = code[span.start : span.end]
    if "\n" in word or word != text[span.start : span.end] or re.search(r"[\s\\$\"'`]", word):
        return None
    if not re.match(r"[\s=:@/,]", text[span.start - 1 : span.start] or " ") or re.search(
        r"\$\{[^}]*$", code[: span.start][-_NEAR:]
    ):
        return None
    if not re.match(r"[\s;)|&@:/,?]|\Z", text[span.end : span.end + 1]):
        return None
    chosen = names.of(word, name, slug)
    return chosen, (Edit(span, f'"${{{chosen}:?}}"'),)


def _single(
    text: str, quoted: Span, span: Span, after: tuple[str, str], names: Names
) -> tuple[str, tuple[Edit, ...]] | None:
    """Single quotes become double ones where nothing else in them would mean something new."""
    rest = text[quoted.start + 1 : span.start] + text[span.end : quoted.end - 1]
    if text[quoted.start - 1 : quoted.start] == "$" or _SPECIAL.search(rest):
        return None
    chosen = names.of(text[span.start : span.end], *after)
    opening, closing = Span(quoted.start, quoted.start + 1), Span(quoted.end - 1, quoted.end)
    return chosen, (Edit(opening, '"'), Edit(span, f"${{{chosen}:?}}"), Edit(closing, '"'))


def _is_closed(text: str, quoted: Span) -> bool:
    return quoted.end - quoted.start > 1 and text[quoted.end - 1] == text[quoted.start]


def _nested(script: Lexed, quoted: Span) -> bool:
    """Whether quotes of the line stand within a command substitution that is quoted itself, which nobody untangles here."""
    start = script.text.rfind("\n", 0, quoted.start) + 1
    ahead = script.text[start : quoted.start]
    return '"$(' in ahead or '"`' in ahead
