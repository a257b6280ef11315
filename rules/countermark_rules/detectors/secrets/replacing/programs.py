"""A literal in a program gives way to a look-up: the whole literal, or the part of one that can hold an expression."""

from __future__ import annotations

import re
from functools import cache as once

from attrs import frozen

from countermark.content import Span
from countermark.finding import Edit

from .imports import IMPORTS
from .languages import LANGUAGES, Default, Language
from .literals import Lexed, Literal, lex, lexer
from .names import Names

_NEAR = 160  # characters before a literal in which its name is looked for
_TAIL = 60  # and what tells whether an expression may begin there
_BEGINS = re.compile(
    r"(?:(?<![+\-*/%&|^.<>])=|=>|[(\[{,:]|&&|\|\||\b(?:return|yield|and|or|in|not|raise|throw|await))$"
)
_COMPARES = re.compile(r"[=!]=\s*$")
_ENDS = r"[ \t]*+(?:[,;)\]}}]|\Z|\r?\n\s*+(?![+.%&|?*\x01])){}"
_NAMED = (
    re.compile(r"\b(?:var|const)\s+(?!(?:val|string)\b)(?P<name>\w+)\s+[\w*.]+\s*=\s*$"),
    re.compile(r"(?P<name>[A-Za-z_$@][\w$]*)\s*(?::\s*[^=:;(){},\"\n]*)?(?::=|=>|[=!]==?|=|:)\s*$"),
    re.compile(r"[\"'`](?P<name>[\w.\- ]+)[\"'`]\s*\]?\s*(?::=|=>|[=!]==?|=|:)\s*$"),
    re.compile(r"[\"'](?P<name>[\w.-]*(?:key|token|secret|pass|pwd|auth|cred)[\w.-]*)[\"']\s*,\s*$", re.IGNORECASE),
    re.compile(r"\b(?:[sS]et|[wW]ith|[uU]se|[aA]dd)_?(?P<name>[A-Za-z]\w+)\(\s*$"),
    re.compile(r"\s-(?P<name>[A-Za-z]\w+)\s+$"),
)
_QUOTES = frozenset("\"'`")
_LONG = ("`", '"""')  # what literals of several lines begin with
_TAG = re.compile(r"<[A-Za-z][\w.]*(?:\s[^<>;]*)?$")
_MARKUP = frozenset({".js", ".jsx", ".tsx", ".mjs"})


@frozen
class Program:
    """A program's text, and what is known of its language."""

    suffix: str
    language: Language
    lexed: Lexed

    def replaced(self, span: Span, slug: str, names: Names) -> tuple[str, tuple[Edit, ...]] | None:
        """The variable's name, and the edits that make the program read it; None where that would not be right."""
        literal = self.lexed.literal(span)
        if literal is None:
            return None
        before = self.lexed.before(literal.span.start)
        amended = self._amended(before, literal.span.start)
        if amended is None:
            return None
        made = self._whole(literal, span, before, slug, names) or self._part(literal, span, slug, names)
        if made is None:
            return None
        name, edit = made
        imports = IMPORTS[self.language.import_](self.lexed, literal.span.start) if self.language.import_ else ()
        return None if imports is None else (name, (*imports, *amended, edit))

    def _amended(self, before: str, at: int) -> tuple[Edit, ...] | None:
        """What has to change for a place to hold an expression; None where it must stay a constant."""
        if not self.language.constant or not re.search(self.language.constant, before):
            return ()
        for expression, instead in self.language.amend:
            match = re.search(expression, before)
            if match and self.lexed.code[:at].endswith(before[match.start("word") :]):
                start = at - (len(before) - match.start("word"))
                return (Edit(Span(start, start + len(match["word"])), instead),)
        return None

    def _whole(self, literal: Literal, span: Span, before: str, slug: str, names: Names) -> tuple[str, Edit] | None:
        text, language = self.lexed.text, self.language
        spaces = None if len(literal.quote) > 1 or literal.quote == "`" else ""
        if literal.prefix + literal.quote not in language.literals:
            return None
        if text[literal.inner.start : literal.inner.end].strip(spaces) != text[span.start : span.end]:
            return None
        for default in language.defaults:
            if fallen := self._default(default, literal, span, slug, names):
                return fallen
        if language.bound and re.search(language.bound, before):
            return None
        in_markup = self._in_markup(before)
        if not in_markup and not (self._may_begin(before) and self._may_end(before, literal.span.end)):
            return None
        name = names.of(text[span.start : span.end], self._name(literal), slug)
        lookup = language.lookup.format(self._spelt(name))
        if "b" in literal.prefix:
            lookup += ".encode()"
        return name, Edit(literal.span, f"{{{lookup}}}" if in_markup else lookup)

    def _part(self, literal: Literal, span: Span, slug: str, names: Names) -> tuple[str, Edit] | None:
        inside = self.language.inside.get(literal.prefix + literal.quote)
        text = self.lexed.text
        ahead = text[literal.inner.start : span.start]
        if inside is None or ahead.rfind("{") > ahead.rfind("}") or ahead.endswith(("\\", "$", "#")):
            return None
        part = "PASSWORD" if "://" in ahead else "SECRET" if span != literal.inner else ""
        name = names.of(text[span.start : span.end], self._name(literal), slug, part=part)
        return name, Edit(span, inside.format(self._spelt(name)))

    def _default(
        self, default: Default, literal: Literal, span: Span, slug: str, names: Names
    ) -> tuple[str, Edit] | None:
        text, (start, end) = self.lexed.text, (literal.span.start, literal.span.end)
        before = re.search(default.before, text[max(start - _NEAR, 0) : start])
        after = re.match(default.after, text[end : end + _NEAR])
        if before is None or after is None or (not before.group() and not self._may_begin(self.lexed.before(start))):
            return None
        value = text[span.start : span.end]
        if "name" in before.groupdict():
            name = before["name"]
            names.given.setdefault(value, name)
        else:
            name = names.of(value, self._name(literal), slug)
        whole = Span(start - len(before.group()), end + after.end())
        return name, Edit(whole, default.becomes.format(name))

    def _may_begin(self, before: str) -> bool:
        tail = before[-_TAIL:]
        precedes = self.language.precedes
        return bool(_BEGINS.search(before.rstrip()[-_TAIL:]) or (precedes and re.search(precedes, tail)))

    def _may_end(self, before: str, at: int) -> bool:
        follows = f"|(?:{self.language.follows})" if self.language.follows else ""
        if _COMPARES.search(before[-_TAIL:]):
            follows += r"|[ \t]*:"  # as in `if token == "…":`, which is no key
        return re.match(_ENDS.format(follows), self.lexed.code[at : at + _NEAR]) is not None

    def _in_markup(self, before: str) -> bool:
        """Whether a literal is an attribute's value in JSX."""
        return self.suffix in _MARKUP and before.endswith("=") and _TAG.search(before) is not None

    def _name(self, literal: Literal) -> str:
        near = self.lexed.text[max(literal.span.start - _NEAR, 0) : literal.span.start]
        line = near.rpartition("\n")[2]
        before = line if line.strip() else near
        return next((match["name"] for named in _NAMED if (match := named.search(before))), "")

    def _spelt(self, name: str) -> str:
        return name.lower() if self.suffix == ".tf" else name


@once
def _lexer(suffix: str) -> re.Pattern[str]:
    return lexer(LANGUAGES[suffix].lexer, LANGUAGES[suffix].begins)


def may_hold(suffix: str, text: str, span: Span) -> bool:
    """Whether a literal may hold a value, which is asked before a whole file is cut up.

    A quote stands before it on its line, or ends what is above; or a literal of several lines takes a look-up anywhere.
    """
    language = LANGUAGES.get(suffix)
    if language is None:
        return False
    line = text.rfind("\n", 0, span.start) + 1
    before = text[max(line - _NEAR, 0) : line].rstrip()[-1:] + text[line : span.start]
    return not _QUOTES.isdisjoint(before) or any(quote in text for quote in language.inside if quote in _LONG)


def program(suffix: str, text: str, last: int | None = None) -> Program | None:
    """A program in the language of a suffix; None where the language has no row. ``last`` as for `lex`."""
    language = LANGUAGES.get(suffix)
    return None if language is None else Program(suffix, language, lex(text, _lexer(suffix), last))
