"""The outermost functions of languages with braces, told from the text alone.

Brackets are matched; strings, comments, templates and JavaScript's expressions between slashes are passed over. Where that does not
come out even, no function is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from attrs import define, field

from countermark.lazily import lazy


class Body(NamedTuple):
    """What stands between a function's braces; its name and parameters stand behind ``head``, maybe with other things before them."""

    head: int
    start: int
    end: int


class Uneven(Exception):  # noqa: N818 - it names what is wrong
    """A bracket or quote at ``at`` has no other, or a wrong one."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class _Grammar(NamedTuple):
    """``token`` is a bracket, or what is passed over whole; ``header`` is what a function's brace follows.

    ``begins`` is what the line of an outermost function begins with, where that is known.
    """

    token: re.Pattern[bytes]
    header: re.Pattern[bytes]
    begins: re.Pattern[bytes] | None = None


def _token(*passed_over: bytes) -> re.Pattern[bytes]:
    return lazy(b"|".join((rb"//[^\n]*|/\*[\s\S]*?\*/", *passed_over, rb"[()\[\]{}'\"`]")))


_QUOTED = rb""""(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'"""
_JAVASCRIPT = _Grammar(_token(_QUOTED, rb"/"), lazy(rb"\)(?:\s*:\s*\w[^;={}()]*)?\Z|=>\Z"))
_GRAMMARS: Mapping[str, _Grammar] = {
    "javascript": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
    "java": _Grammar(_token(rb'"""[\s\S]*?"""', _QUOTED), lazy(rb"\)(?:\s*throws\s[\w.,\s<>@]*)?\Z|->\Z")),
    "go": _Grammar(
        _token(rb"`[^`]*`", _QUOTED),
        lazy(rb"(?<!\binterface)(?<!\bstruct)\Z"),
        lazy(rb"^func\b", re.MULTILINE),
    ),
}
LANGUAGES = frozenset(_GRAMMARS)
_CONTROL = lazy(rb"\b(?:if|for|while|switch|catch|with|await|synchronized)\s*\Z")
# What a slash follows that divides nothing.
_OPERATOR = lazy(
    rb"(?:[(,=:\[!&|?{;*%~^>]|(?<!\+)\+|(?<!-)-"
    rb"|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|instanceof|yield|await))\Z"
)
_EXPRESSION = lazy(rb"/(?:[^/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/")
_TEMPLATE = lazy(rb"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)")
_CLOSED_BY = {b"(": b")", b"[": b"]", b"{": b"}"}
_NEAR = 200  # bytes before a brace in which a header has to end


def bodies(data: bytes, language: str) -> list[Body]:
    """The bodies of functions that stand in no other function, in order. Raises Uneven."""
    return _Reader(data, _GRAMMARS[language]).read()


@define
class _Reader:
    _data: bytes
    _grammar: _Grammar
    _found: list[Body] = field(factory=list)
    _open: list[tuple[bytes, int]] = field(factory=list)  # what has to come, and where the bracket is that it closes
    _depth: int = 0  # of the brackets around the function that is being read; 0 between functions
    _head: int = 0
    _parenthesis: int = 0  # where the last one that was closed had begun

    def read(self) -> list[Body]:
        at, search = 0, self._grammar.token.search
        while (match := search(self._data, at)) is not None:
            at = match.end() if match.end() > match.start() + 1 else self._passed(match[0], match.start())
        if self._open:
            raise Uneven(self._open[-1][1])
        return self._found

    def _passed(self, one: bytes, at: int) -> int:
        """Where to read on behind a single character."""
        if one in _CLOSED_BY:
            self._opened(one, at)
        elif one in b")]}":
            return self._closed(one, at)
        elif one == b"`" and self._grammar is _JAVASCRIPT:
            return self._template(at)
        elif one == b"/":
            return self._slash(at)
        else:
            raise Uneven(at)
        return at + 1

    def _opened(self, one: bytes, at: int) -> None:
        self._open.append((_CLOSED_BY[one], at))
        if one == b"{" and not self._depth:
            if self._is_function(at):
                self._depth = len(self._open)
            else:
                self._parted(at)

    def _closed(self, one: bytes, at: int) -> int:
        if not self._open:
            raise Uneven(at)
        wanted, begun = self._open.pop()
        if one == b"}" and wanted == b"`":
            return self._template(at, begun)
        if one != wanted:
            raise Uneven(at if wanted == b"}" else begun)  # braces are what mostly is right
        if one == b")":
            self._parenthesis = begun
        elif one == b"}" and len(self._open) < self._depth:
            self._found.append(Body(self._head, begun + 1, at))
            self._depth, self._head = 0, at + 1
        elif one == b"}" and not self._depth:
            self._parted(at)
        return at + 1

    def _parted(self, at: int) -> None:
        """A brace between functions parts them, unless it may be one of a parameter, or of its type."""
        if self._grammar.begins is None and all(wanted == b"}" for wanted, _ in self._open):
            self._head = at + 1

    def _is_function(self, at: int) -> bool:
        before = self._data[max(at - _NEAR, 0) : at].rstrip()
        header = self._grammar.header.search(before)
        if header is None:
            return False
        if self._grammar.begins is not None:
            return len(self._open) == 1 and bool(self._grammar.begins.search(self._data, self._head, at))
        return not (header[0].startswith(b")") and self._is_control())

    def _is_control(self) -> bool:
        """Whether the last parentheses are those of `if` or its like."""
        return bool(_CONTROL.search(self._data[max(self._parenthesis - 20, 0) : self._parenthesis]))

    def _template(self, at: int, begun: int | None = None) -> int:
        """Behind a template, or in the value that is put into it."""
        begun = at if begun is None else begun
        match = _TEMPLATE.match(self._data, at + 1)
        if match is None:
            raise Uneven(begun)
        if match[1] != b"`":
            self._open.append((b"`", begun))
        return match.end()

    def _slash(self, at: int) -> int:
        before = self._data[max(at - _NEAR, 0) : at].rstrip()[-20:]
        if _OPERATOR.search(before) or (before.endswith(b")") and self._is_control()):
            match = _EXPRESSION.match(self._data, at)
            return match.end() if match else at + 1
        return at + 1
