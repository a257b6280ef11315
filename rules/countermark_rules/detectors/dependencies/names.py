"""The names of packages that are known: lists that ship with Countermark; nothing is asked over the network.

``scripts/package_names.py`` makes them: for each ecosystem well-known names, for PyPI and npm a set of the names that exist, too.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from attrs import frozen

from countermark.lazily import lazy

DATA = Path(__file__).parent / "data"
BEST_KNOWN = 3000  # as many names are worth imitating; behind them, near names are as often honest

_BITS, _HASHES = 7, 5  # a name that does not exist passes for one that does in 1 of 30 cases
_SEPARATORS = lazy(r"[-_.]+")


@frozen
class Known:
    """The well-known names of one ecosystem: ``best`` are the few that others imitate, ``common`` more of them."""

    best: frozenset[str]
    common: frozenset[str]


def normal(ecosystem: str, name: str) -> str:
    """A name as its registry compares it."""
    return _SEPARATORS.sub("-", name).lower() if ecosystem == "pypi" else name.lower() if ecosystem == "npm" else name


@cache
def known(ecosystem: str) -> Known:
    """What ships for an ecosystem: ``pypi``, ``npm``, ``go``, ``maven``, ``crates``, ``gems`` or ``actions``."""
    best, _, common = zlib.decompress((DATA / f"{ecosystem}.names").read_bytes()).decode().partition("\n\n")
    few = frozenset(unpack(best))
    return Known(few, few | frozenset(unpack(common)))


def exists(ecosystem: str, name: str) -> bool | None:
    """Whether there is such a package: False is sure for the day the set was made; None where there is no set."""
    held = _existing(ecosystem)
    if held is None:
        return True if name in known(ecosystem).common else None
    return holds(held, name)


@cache
def _existing(ecosystem: str) -> bytes | None:
    file = DATA / f"{ecosystem}.set"
    return file.read_bytes() if file.exists() else None


def listed() -> str:
    """The month of the lists, as 2026-11."""
    return (DATA / "listed").read_text("utf-8").strip()


def pack(names: Iterable[str]) -> str:
    """Names in order, each as what it shares with the one before (one letter from "0" on) and its rest."""
    lines, last = [], ""
    for name in sorted(set(names)):
        shared = next(
            (at for at, (a, b) in enumerate(zip(name, last, strict=False)) if a != b), min(len(name), len(last))
        )
        shared = min(shared, 70)
        lines.append(chr(48 + shared) + name[shared:])
        last = name
    return "\n".join(lines)


def unpack(text: str) -> Iterator[str]:
    """The names that ``pack`` was given."""
    last = ""
    for line in text.split("\n") if text else ():
        last = last[: ord(line[0]) - 48] + line[1:]
        yield last


def existing_set(names: Iterable[str]) -> bytes:
    """A set that never forgets a name, and takes 1 in 30 others for one of them (a Bloom filter)."""
    unique = set(names)
    bits = bytearray(len(unique) * _BITS // 8 + 1)
    for name in unique:
        for at in _places(name, len(bits)):
            bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def holds(held: bytes, name: str) -> bool:
    """Whether a set that ``existing_set`` made has a name."""
    return all(_bit(held, at) for at in _places(name, len(held)))


def _places(name: str, size: int) -> list[int]:
    digest = blake2b(name.encode("utf-8", "replace"), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    return [(first + turn * step) % (size * 8) for turn in range(_HASHES)]


def _bit(bits: bytes, at: int) -> int:
    return bits[at >> 3] >> (at & 7) & 1
