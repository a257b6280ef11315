"""What the texts of settings may be, by their form; a text is never quoted in a fault, it may be a secret in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?")
_LONGEST = 1_000
_LONGEST_WORDS = 200
_MOST_MEMORY = 8 << 20  # bytes that one expression may take when it is compiled


def fault(form: str, text: str) -> str | None:
    """Why a text cannot be one of its form; None for a good one."""
    return _FAULTS[form](text)


def _pattern_fault(pattern: str) -> str | None:
    from .patterns import fault  # most settings hold none, and a hook has no time

    return fault(pattern)


def _file_fault(name: str) -> str | None:
    parts = name.split("/")
    if "" in parts or ".." in parts or "." in parts or "\\" in name or ":" in parts[0] or not name.isprintable():
        return "a file's path from the repository's root is needed, with `/` between folders"
    return None


def _name_fault(text: str) -> str | None:
    return None if text.isprintable() and text.strip() else "a name or an address is needed"


def _id_fault(text: str) -> str | None:
    return None if _ID.fullmatch(text) else "small letters, digits and `-` are needed, 62 at most"


def _words_fault(text: str) -> str | None:
    if len(text) > _LONGEST_WORDS or not text.isprintable():
        return f"at most {_LONGEST_WORDS} characters on one line are needed, and none that cannot be seen"
    return None


def _regex_fault(text: str) -> str | None:
    if len(text) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    import re2

    options = re2.Options()
    options.log_errors, options.max_mem = False, _MOST_MEMORY
    try:
        compiled = re2.compile(text, options)
    except re2.error:
        return "no expression that RE2 takes: it has no look-around and no back-references, and counts to 1000 at most"
    return "an expression that matches an empty text" if compiled.fullmatch("") else None


_FAULTS: Mapping[str, Callable[[str], str | None]] = {
    "": _name_fault,
    "patterns": _pattern_fault,
    "files": _file_fault,
    "id": _id_fault,
    "words": _words_fault,
    "regex": _regex_fault,
}
