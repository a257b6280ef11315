"""What makes two lines the same line: not how they are indented, spaced or quoted, which a formatter decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\w", re.ASCII)
_TELLING = 6  # letters and digits from which a line says something of its own; `}` and `else:` do not
_HASH_BYTES = 4
_REMEMBERED = 20_000  # lines: one version of a file has most lines of the one before


@lru_cache(_REMEMBERED)
def squeezed(line: str) -> str:
    """A line without what formatters change: white space, the kind of quotes, what ends it."""
    return _SPACE.sub("", line).replace("'", '"').rstrip(",;")


@lru_cache(_REMEMBERED)
def weight(line: str) -> int:
    """How many letters and digits it has; 0 where they are so few that the line could be anybody's."""
    count = len(_WORDS.findall(line))
    return count if count >= _TELLING else 0


@lru_cache(_REMEMBERED)
def line_hash(line: str) -> int:
    """32 bits of the squeezed line; 0 for a blank one. So few that nobody can tell from them what a line said."""
    text = squeezed(line)
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:_HASH_BYTES], "big") if text else 0


def hashes(lines: Sequence[str]) -> tuple[int, ...]:
    """The hash of each line."""
    return tuple(line_hash(line) for line in lines)


def to_hex(values: Sequence[int]) -> str:
    """Hashes as eight digits each."""
    return "".join(f"{value:08x}" for value in values)


def from_hex(text: str) -> tuple[int, ...]:
    """The hashes that ``to_hex`` wrote. Raises ValueError for anything else."""
    if len(text) % 8 or not text.isascii():
        raise ValueError("not hashes of lines")
    return tuple(int(text[at : at + 8], 16) for at in range(0, len(text), 8))
