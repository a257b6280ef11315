"""A program's text as comments, literals and code: enough to know whether a place is a literal, and what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from attrs import Factory, frozen

from countermark.content import Span

STRING, OTHER = (
    "\x01",
    "\x02",
)  # what stands in ``code`` for each character of a literal, and of what is neither code nor literal
_BLANKS = {"comment": " ", "string": STRING, "other": OTHER}
_HEAD = 20_000  # characters of code within which a file's imports stand
_NEAR = 1_500  # characters of code before a literal that are looked at
_BEHIND = 1_000  # characters behind one, and more
_OPEN = re.compile(r"""(?:r(#*)|@\$?|\$+@?)?("{3,}|'{3}|["'`])""")
_BRACKET = re.compile(r"[()\[\]{}]")
_BEGINS = r"\"'`#/<@$\\"  # what a comment or a literal can begin with, in any language
_PREFIX = re.compile(r"[A-Za-z0-9_@$]{1,8}\Z")


@frozen
class Literal:
    """A literal with its prefix and quotes: ``span`` is all of it, ``inner`` what the quotes hold."""

    span: Span
    inner: Span
    prefix: str
    quote: str


@frozen
class Lexed:
    """``code`` is as long as the text: comments are blank in it, and nothing of a literal is left."""

    text: str
    code: str
    strings: tuple[tuple[int, int], ...]
    _found: dict[re.Pattern[str], tuple[re.Match[str], ...]] = Factory(dict)

    def head(self, expression: re.Pattern[str]) -> tuple[re.Match[str], ...]:
        """Every match in the code that a file begins with, searched once: a file can have hundreds of fixes."""
        if expression not in self._found:
            self._found[expression] = tuple(expression.finditer(self.code, 0, _HEAD))
        return self._found[expression]

    def holding(self, span: Span) -> Span | None:
        """The extent of the literal that a span lies in, from its first quote."""
        at = bisect_right(self.strings, span.start, key=itemgetter(0)) - 1
        return Span(*self.strings[at]) if at >= 0 and span.end <= self.strings[at][1] else None

    def literal(self, span: Span) -> Literal | None:
        """The literal that a span lies in; None where there is none, or where it does not end."""
        held = self.holding(span)
        if held is None:
            return None
        opening = _OPEN.match(self.text, held.start, held.end)
        if opening is None:
            return None
        quote, closing = opening[2], opening[2] + (opening[1] or "")
        inner = Span(opening.end(), held.end - len(closing))
        if quote * 2 == self.text[held.start : held.end] or inner.start > inner.end or not self._closes(inner, closing):
            return None
        if not inner.start <= span.start <= span.end <= inner.end:
            return None
        before = _PREFIX.search(self.text, max(held.start - 8, 0), held.start)
        start = before.start() if before else held.start
        return Literal(Span(start, held.end), inner, self.text[start : opening.start(2)].lower(), quote)

    def _closes(self, inner: Span, closing: str) -> bool:
        return self.text.startswith(closing, inner.end)

    def before(self, at: int) -> str:
        """The code before a place, without what is between brackets that are closed again."""
        first = max(at - _NEAR, 0)
        kept: list[str] = []
        depth, end = 0, at
        for bracket in reversed(list(_BRACKET.finditer(self.code, first, at))):
            if bracket.group() in ")]}":
                if depth == 0:
                    kept.append(self.code[bracket.end() : end])
                depth += 1
            elif depth:
                depth -= 1
                end = bracket.start()
        if depth == 0:
            kept.append(self.code[first:end])
        return "".join(reversed(kept))


def lexer(kinds: str, begins: str = "") -> re.Pattern[str]:
    """What `lex` cuts a text up with: the language's alternatives, in the groups ``comment``, ``string`` and ``other``.

    ``begins``: characters that one of them can begin with, besides the usual. All others are skipped in one go: an expression that is
    tried at every character of a file takes five times as long.
    """
    return re.compile(rf"[^{_BEGINS}{begins}]*+(?:{kinds}|(?P<code>.)|\Z)", re.DOTALL | re.MULTILINE)


def lex(text: str, expression: re.Pattern[str], last: int | None = None) -> Lexed:
    """Cut a text up with what `lexer` made. ``last`` is the last place that anybody asks about: far behind it nothing is cut."""
    parts: list[str] = []
    strings: list[tuple[int, int]] = []
    at = 0
    until = len(text) if last is None else max(last, _HEAD)
    for match in expression.finditer(text):
        kind = match.lastgroup
        if kind is None or kind == "code":
            continue
        start, end = match.span(kind)
        if start > until + _BEHIND:
            break
        if start <= until < end:
            until = end
        parts += text[at:start], _BLANKS[kind] * (end - start)
        if kind == "string":
            strings.append((start, end))
        at = end
    parts.append(text[at:])
    return Lexed(text, "".join(parts), tuple(strings))
