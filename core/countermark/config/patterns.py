"""What is wrong with a pattern as in .gitignore. git drops or misreads such patterns in silence; a policy says so."""

from __future__ import annotations

import re

_LONGEST = 1_000
_FAULTS = (
    (re.compile(r"!?[ /]*"), "a pattern that matches nothing"),
    (re.compile(r"#.*"), "a comment, as .gitignore reads it; write `\\#` for a name that begins with `#`"),
    (re.compile(r" .*|.*(?<!\\) "), "a space at its beginning or end"),
    (re.compile(r"(?:!?|.*/)\.{1,2}(?:/.*)?"), "`.` and `..` match nothing; patterns begin at the repository's root"),
    (re.compile(r".*\\[A-Za-z0-9_].*"), "`\\` does not part folders; write `/`"),
)


def fault(pattern: str) -> str | None:
    """Why a pattern can match nothing, or not what its author meant; None for a good one."""
    if len(pattern) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    if not pattern.isprintable():
        return "a control or hidden character in a pattern"
    known = next((said for expression, said in _FAULTS if expression.fullmatch(pattern)), None)
    return known or _bracket_fault(pattern)


def _bracket_fault(pattern: str) -> str | None:
    """Why a pattern's brackets or escapes are wrong."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            if at + 1 == len(pattern):
                return "a `\\` at its end"
            at += 2
        elif pattern[at] == "[":
            end = _class_end(pattern, at)
            if end is None:
                return "a `[` that is never closed"
            if _falls(pattern[at + 1 : end]):
                return "a range that runs backwards in `[…]`"
            at = end + 1
        else:
            at += 1
    return None


def _class_end(pattern: str, start: int) -> int | None:
    """The index of the `]` that closes a class; the first character of a class may be a `]` itself."""
    at = start + 1
    if pattern[at : at + 1] in {"!", "^"}:
        at += 1
    at += 1
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at if at < len(pattern) else None


def _falls(inside: str) -> bool:
    return any(inside[at] == "-" and inside[at - 1] > inside[at + 1] for at in range(1, len(inside) - 1))
