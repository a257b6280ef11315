"""Patterns as in .gitignore, matched as git does.

Our own, because patterns come with a repository: whatever they are, a match takes time in proportion to the path's length times the
pattern's. (Atomic groups keep the regex engine from trying again: the leftmost place for a part leaves most room for the others.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import frozen

_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f", "digit": "0-9", "graph": r"\x21-\x7e",
    "lower": "a-z", "print": r"\x20-\x7e", "punct": r"!-/:-@\[-`{-~", "space": r" \t\n\r\f\v", "upper": "A-Z", "xdigit": "0-9a-fA-F",
}  # fmt: skip
_REMEMBERED = 4096  # folders
_STAR, _SLASH = "*", "/"
_NEVER = "(?!)"
_NAMED = re.compile(r"\[:([a-z]*):\]")


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a file, named relative to where the patterns apply and with ``/``, is among what they name."""
    if not patterns:
        return lambda _: False
    named = Patterns(patterns)
    return lambda path: named.part(path) is not None


class Patterns:
    """Some patterns; see matcher. Folders are remembered, for most files share theirs."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._lines = [line for pattern in patterns if (line := _parse(pattern))]
        self._folders: dict[str, bool] = {}

    def part(self, path: str) -> str | None:
        """Which part of a file's path the patterns name: a folder on the way to it, else the file itself; None for neither."""
        at = path.find("/") if self._lines else len(path)
        while 0 <= at < len(path):
            if self.folder(path[:at]):
                return path[:at]
            at = path.find("/", at + 1)
        return (
            path if path != "." and _decide(self._lines, path, is_folder=False) else None
        )  # "." stands for the whole tree

    def folder(self, path: str) -> bool:
        """Whether they name this folder itself, wherever it lies."""
        if path not in self._folders:
            if len(self._folders) >= _REMEMBERED:
                self._folders.clear()
            self._folders[path] = _decide(self._lines, path, is_folder=True)
        return self._folders[path]


@frozen
class _Line:
    matches: re.Pattern[str]
    negative: bool
    folders_only: bool


def _decide(lines: Sequence[_Line], path: str, *, is_folder: bool) -> bool:
    """What the last line that matches says."""
    for line in reversed(lines):
        if (is_folder or not line.folders_only) and line.matches.fullmatch(path):
            return not line.negative
    return False


def _parse(pattern: str) -> _Line | None:
    text = re.sub(r"(?<!\\)((?:\\\\)*) +\Z", r"\1", pattern)
    if not text or text.startswith("#"):
        return None
    negative = text.startswith("!")
    text = text[negative:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    tokens = _tokens(text)
    anchored = _SLASH in text  # even one in brackets
    return _Line(re.compile(_regex(tokens if anchored else ["**", _SLASH, *tokens]), re.DOTALL), negative, folders_only)


def _regex(tokens: list[str]) -> str:
    """The whole pattern: runs of folders between ``**``, each at its leftmost place, the last one at the end."""
    segments = _split(tokens[1:] if tokens[:1] == [_SLASH] else tokens, _SLASH)
    if [] in segments:  # "a//b": no name is empty
        return _NEVER
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == ["**"]:
            runs.append([])
        else:
            runs[-1].append(_segment(segment))
    if len(runs) > 1 and not runs[-1]:  # "x/**" is everything beneath x
        runs[-1] = [".+"]
    first, *rest = ("/".join(run) for run in runs)
    if not rest:
        return first
    *middle, last = rest
    found = "".join(f"(?>(?:[^/]+/)*?{run}/)" for run in middle if run)
    return (f"{first}/" if first else "") + found + f"(?:[^/]+/)*{last}"


def _segment(tokens: list[str]) -> str:
    """One name: text between stars, each at its leftmost place, the last one at the end."""
    first, *rest = ("".join(part) for part in _split([_STAR if part == "**" else part for part in tokens], _STAR))
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>[^/]*?{part})" for part in middle if part) + f"[^/]*{last}"


def _split(tokens: list[str], mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _tokens(text: str) -> list[str]:
    """A pattern as marks (``*``, ``**``, ``/``) and regexes for one character each."""
    tokens: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            tokens.append(_literal(text[at + 1]) if at + 1 < len(text) else _NEVER)
            at += 2
        elif char == "[":
            token, at = _class(text, at + 1)
            tokens.append(token)
        else:
            stars = len(text) - at - len(text[at:].lstrip("*"))
            tokens.append(_STAR * min(stars, 2) if stars else {"?": "[^/]", "/": _SLASH}.get(char) or re.escape(char))
            at += stars or 1
    return tokens


def _literal(char: str) -> str:
    return "[/]" if char == "/" else re.escape(char)  # "/" alone would be a mark


def _class(text: str, at: int) -> tuple[str, int]:
    """``[...]`` from behind its bracket: a regex, and where it ends. One without an end matches nothing, as for git."""
    negated = text[at : at + 1] in {"!", "^"}
    at = start = at + negated
    members: list[str] = []
    while at < len(text) and (text[at] != "]" or at == start):
        if named := _NAMED.match(text, at):
            members.append(_CLASSES.get(named[1], _NEVER))
            at = named.end()
            continue
        low, at = _member(text, at)
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in {"", "]"}:
            high, at = _member(text, at + 1)
            members.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))
        else:
            members.append(re.escape(low))
    if at >= len(text) or _NEVER in members:
        return _NEVER, at + 1
    inner = "".join(members)
    return (f"(?!/)[^{inner}]" if inner else "[^/]") if negated else (f"(?!/)[{inner}]" if inner else _NEVER), at + 1


def _member(text: str, at: int) -> tuple[str, int]:
    return (text[at + 1], at + 2) if text[at] == "\\" and at + 1 < len(text) else (text[at], at + 1)
