"""The notation of token formats: one line from which the regular expression, the prefilter and the samples all come.

    format   = sequence
    sequence = item ...                              white space between items means nothing
    item     = atom ["?"]                            optional
    atom     = literal | 'text' | {class} | (sequence | sequence ...) | <sequence>

``<...>`` is the part that is the secret; without it, all of it is. README.md beside this module lists the classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from .alphabets import ALPHABETS, PRINTABLE, in_set
from .leaves import Chars, Checked, Encoded, Literal
from .nodes import Choice, Node, Optional, Secret, Sequence

_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>'[^']*')|\{(?P<chars>\[(?:\\.|[^\]\\])+\][^{}]*|[^{}]*)\}|(?P<mark>[()|<>?])|(?P<literal>[^\s{}()|<>?']+))"""
)
_CHARS = re.compile(r"(?P<name>\[(?:\\.|[^\]\\])+\]|[\w-]+)(?:\s+(?P<least>\d+)(?:(?P<open>\+)|-(?P<most>\d+))?)?\s*")
_LONGEST = 5_000  # characters of one part; nothing that people call a token is longer


class FormatError(ValueError):
    """A format that cannot be read: says where and why."""


def parse_all(formats: Iterable[str]) -> tuple[Node, ...]:
    """The trees of formats that will be alternatives of one expression. Raises FormatError."""
    numbers = count()
    return tuple(parse(text, numbers) for text in formats)


def parse(format: str, numbers: Iterator[int] | None = None) -> Node:  # noqa: A002 - the name in the provider files
    """The tree of a format; its groups take the next numbers. Raises FormatError."""
    tokens = _Tokens(format, count() if numbers is None else numbers)
    node = _choice(tokens)
    if tokens.next is not None:
        raise FormatError(f"unexpected {tokens.next[1]!r} in {format!r}")
    return node


class _Tokens:
    """The parts of a format, one ahead."""

    def __init__(self, text: str, numbers: Iterator[int]) -> None:
        self.text = text
        self.numbers = numbers
        self._parts = self._split()
        self.next = next(self._parts, None)

    def take(self) -> tuple[str, str]:
        if self.next is None:
            raise FormatError(f"something is missing at the end of {self.text!r}")
        taken, self.next = self.next, next(self._parts, None)
        return taken

    def at(self, mark: str) -> bool:
        return self.next == ("mark", mark)

    def _split(self) -> Iterator[tuple[str, str]]:
        at, text = 0, self.text.rstrip()
        while at < len(text):
            part = _TOKEN.match(text, at)
            if part is None or part.lastgroup is None:
                raise FormatError(f"cannot read {text[at:]!r} in {text!r}")
            yield part.lastgroup, part[part.lastgroup]
            at = part.end()


def _choice(tokens: _Tokens) -> Node:
    options = [_sequence(tokens)]
    while tokens.at("|"):
        tokens.take()
        options.append(_sequence(tokens))
    return options[0] if len(options) == 1 else Choice(tuple(options))


def _sequence(tokens: _Tokens) -> Node:
    items: list[Node] = []
    while tokens.next is not None and tokens.next not in {("mark", "|"), ("mark", ")"), ("mark", ">")}:
        item = _atom(tokens, items)
        if tokens.at("?"):
            tokens.take()
            item = Optional(item)
        items.append(item)
    if not items:
        raise FormatError(f"an empty part in {tokens.text!r}")
    return items[0] if len(items) == 1 else Sequence(tuple(items))


def _atom(tokens: _Tokens, before: list[Node]) -> Node:
    kind, text = tokens.take()
    if kind == "quoted":
        return Literal(text[1:-1])
    if kind == "literal":
        return Literal(text)
    if kind == "chars":
        return _chars(text.strip(), before, tokens)
    if text == "(":
        return _closed(tokens, ")")
    if text == "<":
        return Secret(_closed(tokens, ">"), next(tokens.numbers))
    raise FormatError(f"unexpected {text!r} in {tokens.text!r}")


def _closed(tokens: _Tokens, mark: str) -> Node:
    inner = _choice(tokens)
    if not tokens.at(mark):
        raise FormatError(f"{mark!r} is missing in {tokens.text!r}")
    tokens.take()
    return inner


def _chars(text: str, before: list[Node], tokens: _Tokens) -> Node:
    part = _CHARS.fullmatch(text)
    if part is None:
        raise FormatError(f"cannot read {{{text}}} in {tokens.text!r}")
    name, least, most = part["name"], int(part["least"] or 0), None
    if not part["open"]:
        most = int(part["most"] or least)
    if least > _LONGEST or (most is not None and not least <= most <= _LONGEST):
        raise FormatError(f"impossible length in {{{text}}} of {tokens.text!r}")
    if name == "uuid":
        return _uuid()
    if name.startswith("crc32-"):
        return _checked(name, least, before, tokens)
    if least == 0 and part["least"] is None:
        raise FormatError(f"{{{text}}} needs a length in {tokens.text!r}")
    if name in {"base64-json", "base64url-json"}:
        return Encoded(next(tokens.numbers), least, most, url=name.startswith("base64url"))
    return Chars(*_set(name, tokens), least, most)


def _set(name: str, tokens: _Tokens) -> tuple[str, str]:
    """The characters of a class, and how a regular expression says it."""
    if name.startswith("["):
        try:
            re.compile(name)
        except re.error as fault:
            raise FormatError(f"{name} in {tokens.text!r}: {fault}") from None
        return "".join(char for char in PRINTABLE if re.match(name, char)), name
    if name not in ALPHABETS:
        raise FormatError(f"no class is named {name!r} in {tokens.text!r}; there are {', '.join(sorted(ALPHABETS))}")
    return ALPHABETS[name], in_set(ALPHABETS[name])


def _checked(name: str, width: int, before: list[Node], tokens: _Tokens) -> Node:
    """A checksum belongs to the part right before it."""
    if not before or not isinstance(before[-1], Chars):
        raise FormatError(f"{{{name}}} needs a class before it in {tokens.text!r}")
    alphabet = ALPHABETS.get(f"{name.removeprefix('crc32-')}-digits")
    if alphabet is None:
        raise FormatError(
            f"no checksum is named {name!r} in {tokens.text!r}; there are crc32-base62, crc32-base36, crc32-hex"
        )
    body = before.pop()
    assert isinstance(body, Chars)  # noqa: S101 - for the type checker; seen above
    return Checked(next(tokens.numbers), body, alphabet, width)


def _uuid() -> Node:
    def digits(length: int) -> Chars:
        return Chars(ALPHABETS["hexi"], in_set(ALPHABETS["hexi"]), length, length, sample_alphabet=ALPHABETS["hex"])

    groups = [digits(8), digits(4), digits(4), digits(4), digits(12)]
    parts: list[Node] = []
    for group in groups:
        parts += [Literal("-"), group] if parts else [group]
    return Sequence(tuple(parts))
