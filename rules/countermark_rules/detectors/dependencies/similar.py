"""Names that pass for others: one or two typing errors away, letters that look the same, separators and prefixes changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from attrs import frozen

from countermark.lazily import lazy

from .names import exists, known, normal

# Letters of other alphabets, and groups of letters, that look like these.
_LOOKS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb\u0501\u03bf\u03b1\u03bd\u0261\u026a\u013101$5",
    "aeopcyxisjhdoavgiiolss",
)
_LIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SEPARATORS = lazy(r"[-_./]")
_SHORTEST = 5  # of shorter names too many are near each other
_LONGEST = 100
_ERRORS = 2
_LONG = 9  # from here on two errors are more likely a copy than a coincidence
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_./"
# Where a name that is looked for in one ecosystem is well known in the other.
_OTHER = {"pypi": "npm", "npm": "pypi"}


@frozen
class Likeness:
    """The well-known name that another passes for, and how: ``how`` completes "it is …"."""

    name: str
    how: str


def likeness(ecosystem: str, name: str) -> Likeness | None:
    """What well-known name this one may be taken for; None for names that are well known themselves or like none."""
    names = known(ecosystem)
    if name in names.common or len(name) < _SHORTEST or len(name) > _LONGEST:
        return None
    there = exists(ecosystem, name)
    for how, search in _SEARCHES[: 3 if there else 4]:
        for close in search(ecosystem, name):
            if not (publisher(name) and publisher(name) == publisher(close)):
                return Likeness(close, how)
    return _elsewhere(ecosystem, name) if there is False else None


def publisher(name: str) -> str:
    """Who a name says it is from, where it says so: one publisher's packages may have names near each other."""
    if ":" in name:
        return name.partition(":")[0]
    parts = name.split("/")
    return "/".join(parts[:2]) if "." in parts[0] else parts[0] if len(parts) > 1 else ""


def skeleton(name: str) -> str:
    """How a name looks: names with the same skeleton cannot be told apart at a glance."""
    plain = name.lower() if name.isascii() else unicodedata.normalize("NFKD", name.lower())
    plain = plain.translate(_LOOKS)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Cf"})
    for two, one in _LIKE:
        plain = plain.replace(two, one)
    return plain


def _bare(name: str) -> str:
    return _SEPARATORS.sub("", name)


@cache
def _by(ecosystem: str, form: Callable[[str], str]) -> Mapping[str, str]:
    """The best-known names by another form of them; the first in the alphabet where two share one."""
    return {form(best): best for best in sorted(known(ecosystem).best, reverse=True) if len(best) >= _SHORTEST}


def _looking_alike(ecosystem: str, name: str) -> Iterator[str]:
    if close := _by(ecosystem, skeleton).get(skeleton(name)):
        yield close


def _regrouped(ecosystem: str, name: str) -> Iterator[str]:
    bare = _bare(name)
    if len(bare) > _SHORTEST and (close := _by(ecosystem, _bare).get(bare)):
        yield close


def _one_error(ecosystem: str, name: str) -> Iterator[str]:
    names = known(ecosystem)
    yield from (
        near for near in _edits(name) if near in names.best and len(near) >= _SHORTEST and not _plural(near, name)
    )


def _edits(name: str) -> Iterator[str]:
    for at in range(len(name) + 1):
        head, tail = name[:at], name[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def _plural(one: str, other: str) -> bool:
    """Whether only digits at the end differ: versions of one thing (argon2, argon3) are named so by honest people."""
    return one.rstrip("0123456789") == other.rstrip("0123456789")


def _two_errors(ecosystem: str, name: str) -> Iterator[str]:
    if len(name) < _LONG:
        return
    letters = set(name)
    for best in sorted(known(ecosystem).best):
        near = abs(len(best) - len(name)) <= _ERRORS and len(letters.symmetric_difference(best)) <= 2 * _ERRORS
        if near and len(best) >= _LONG and not _plural(best, name) and distance(best, name) <= _ERRORS:
            yield best


def distance(one: str, other: str) -> int:
    """How many letters to insert, delete, replace or swap with their neighbour, to make one of the other."""
    before, last = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


_SEARCHES: Sequence[tuple[str, Callable[[str, str], Iterator[str]]]] = (
    ("written with letters that look the same", _looking_alike),
    ("the same letters with other separators", _regrouped),
    ("one letter away from it", _one_error),
    ("two letters away from it", _two_errors),
)


def _elsewhere(ecosystem: str, name: str) -> Likeness | None:
    other = _OTHER.get(ecosystem)
    if other and normal(other, name) in known(other).best:
        return Likeness(name, f"a package of {'npm' if other == 'npm' else 'PyPI'}, not of this registry")
    return None
