"""TOML from a stranger: bytes to a table, with limits on size and nesting."""

from __future__ import annotations

import re
from typing import Any

from countermark.display import escape
from countermark.errors import UsageError

MOST_BYTES = 1_000_000
# tomllib takes quadratic time for the parts of one dotted key. No policy has a key of this many.
_LONG_KEY = re.compile(r"""(?:(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""")
_PLACE = re.compile(r"(.*) \(at (line \d+, column \d+|end of document)\)", re.DOTALL)


def parse(data: bytes, name: str) -> dict[str, Any]:
    """The table that a TOML file holds. Raises UsageError with the file's name and, where there is one, the place."""
    import tomllib

    if len(data) > MOST_BYTES:
        raise UsageError(f"{name}: larger than {MOST_BYTES} bytes, so nobody read it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise UsageError(f"{name}: line {line}: not UTF-8") from None
    if long := _LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise UsageError(f"{name}: line {line}: a key of more than 32 parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UsageError(f"{name}: nested too deeply") from None
    except ValueError as fault:  # besides TOMLDecodeError: a number of thousands of digits
        raise UsageError(f"{name}: {_described(str(fault), text)}") from None


def _described(message: str, text: str) -> str:
    placed = _PLACE.fullmatch(message)
    if placed is None:
        return escape(message)
    end = f"line {text.count(chr(10)) + 1}, column {len(text) - text.rfind(chr(10))}"
    return f"{end if placed[2] == 'end of document' else placed[2]}: {escape(placed[1])}"
