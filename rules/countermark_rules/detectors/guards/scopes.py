"""Which declaration of a text a place belongs to: functions, classes, tests, routes. Guards are told apart by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define, frozen

from countermark.content import Content, Span
from countermark.lazily import lazy
from countermark.python_tree import NotPython, tree

_SHORT = 3  # characters; lines with no more are everywhere
_DEEP = 500_000  # characters; a longer text has no scopes
_WORD = r"[A-Za-z_$][\w$]*"
_NOT_NAMES = frozenset(
    "if for while switch catch return new else function do try with synchronized throw await".split()
)
# Declarations of languages with braces, up to the bracket that opens them or their parameters.
_BRACED = lazy(
    rf"\bfunc\s+(?:\([^)\n]*\)\s*)?({_WORD})\s*[(\[]"
    rf"|\b(?:function\s*\*?|class|interface|enum|record)\s+({_WORD})"
    rf"|\b(?:const|let|var)\s+({_WORD})\s*(?::[^=\n]{{1,200}})?=\s*(?:async\s*)?(?:function\b|\([^)]{{0,600}}\)\s*(?::[^=\n]{{1,200}})?=>|{_WORD}\s*=>)"
    rf"|\b((?:describe|context|it|test)(?:\.\w+)*\s*\(\s*(?:'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`))"
    rf"|\b({_WORD}\.(?:get|post|put|patch|delete|all|use|GET|POST|PUT|PATCH|DELETE|Handle|HandleFunc)\(\s*(?:'[^'\n]*'|\"[^\"\n]*\"))"
    rf"|^[ \t]*(?:(?:public|private|protected|static|final|abstract|async|override|readonly|default)\s+)*"
    rf"(?:[\w<>\[\],.?]+[ \t]+)?({_WORD})\s*\([^;{{}}]{{0,600}}\)\s*(?::[^{{;=\n]{{1,200}}|throws[^{{;]{{1,200}})?\{{",
    re.MULTILINE,
)
_OPAQUE = lazy(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`", re.DOTALL)
_ANNOTATION = lazy(r"[ \t]*@[\w.]+(?:\([^\n]*\))?[ \t]*$")
_OPENING = lazy(r"[{;]|\n\s*\n")
_BRACKETS = lazy(r"[()\[\]{}]")


@frozen
class Scope:
    """A declaration: its name, which may be that of a test or a route, and all of its text, decorators too."""

    name: str
    span: Span


@define(frozen=True, eq=False)
class Scopes:
    """The declarations of one text."""

    content: Content
    python: bool

    @cached_property
    def all(self) -> tuple[Scope, ...]:
        """In the order of their beginning, outer ones first. None where the text cannot be read."""
        if len(self.content.text) > _DEEP:
            return ()
        found = self._python() if self.python else self._braced()
        return tuple(sorted(found, key=lambda scope: (scope.span.start, -scope.span.end)))

    @cached_property
    def names(self) -> frozenset[str]:
        """What is declared."""
        return frozenset(scope.name for scope in self.all)

    def around(self, offset: int) -> Scope | None:
        """The innermost declaration that holds a place."""
        holding = [scope for scope in self.all if scope.span.start <= offset < scope.span.end]
        return min(holding, key=lambda scope: scope.span.end - scope.span.start, default=None)

    def _python(self) -> Iterator[Scope]:
        import ast

        try:
            module = tree(self.content.text)
        except NotPython:
            return
        starts = _python_lines(self.content.text)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                end = starts[node.end_lineno] if node.end_lineno and node.end_lineno < len(starts) else None
                yield Scope(node.name, Span(starts[first - 1], end or len(self.content.text)))

    def _braced(self) -> Iterator[Scope]:
        text = self.content.text
        code = _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        closing = _closing(code)
        for found in _BRACED.finditer(text):
            name = next(group for group in found.groups() if group)
            if name in _NOT_NAMES or (
                code[found.end() - 1] == " " != text[found.end() - 1] and not name.endswith(("'", '"', "`"))
            ):
                continue
            opening = (
                code.find("(", found.start(), found.end())
                if name.endswith(("'", '"', "`"))
                else _body(code, found.end(), closing)
            )
            if opening in closing:
                yield Scope(" ".join(name.split()), Span(self._start(found.start()), closing[opening] + 1))

    def _start(self, at: int) -> int:
        """With the annotations above it."""
        line = self.content.line_at(at)
        if not self.content.slice(self.content.line_span(line)).strip():
            line += 1
        while line > 0 and _ANNOTATION.match(self.content.slice(self.content.line_span(line - 1))):
            line -= 1
        return min(self.content.line_starts[line], at) if line < len(self.content.line_starts) else at


def _python_lines(text: str) -> list[int]:
    """Where Python's lines begin; it ends them as an editor does."""
    return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]


def _closing(code: str) -> dict[int, int]:
    """The place of the bracket that closes each one, as far as they fit."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for found in _BRACKETS.finditer(code):
        if found[0] in "([{":
            waiting.append(found.start())
        elif waiting:
            pairs[waiting.pop()] = found.start()
    return pairs


def _body(code: str, at: int, closing: dict[int, int]) -> int:
    """The brace that opens the body of a declaration whose head ends at a place, or -1."""
    if code[at - 1] == "{":
        return at - 1
    if code[at - 1] in "([":
        at = closing.get(at - 1, len(code)) + 1
    found = _OPENING.search(code, at)
    return found.start() if found and found[0] == "{" else -1


def lines(texts: Sequence[str]) -> frozenset[str]:
    """The lines of some texts that say something, without the space around them."""
    return frozenset(bare for text in texts for line in text.splitlines() if len(bare := line.strip()) > _SHORT)
