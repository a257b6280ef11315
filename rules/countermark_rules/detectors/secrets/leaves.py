"""The leaves of a token format: text as it is, runs of characters, and what can be verified."""

from __future__ import annotations

import base64
import json
import re
from random import Random

from attrs import frozen

from .alphabets import ALPHABETS, in_set
from .checks import Check, checksum

_COUNTED = 200  # characters; Hyperscan compiles "at least" in no time, and "at most thousands" in a second
_MORE = 8  # how much longer than the least a sample of an open length gets


@frozen
class Literal:
    """Text as it is."""

    text: str

    def regex(self) -> str:
        return re.escape(self.text)

    def loose(self, *, last: bool) -> str:  # noqa: ARG002 - the protocol's signature
        return re.escape(self.text)

    def literals(self) -> tuple[str, ...]:
        return (self.text,)

    def tail(self) -> str:
        return self.text[-1] if self.text[-1].isalnum() else ""

    def lengths(self) -> tuple[int, int | None]:
        return len(self.text), len(self.text)

    def sample(self, random: Random) -> str:  # noqa: ARG002 - the protocol's signature
        return self.text

    def checks(self) -> tuple[Check, ...]:
        return ()


@frozen
class Chars:
    """A run of characters of one class; ``most`` is None where there is no end. ``sample`` narrows what samples are made of."""

    alphabet: str
    pattern: str
    least: int
    most: int | None
    sample_alphabet: str = ""

    def regex(self) -> str:
        return self.pattern + _times(self.least, self.most)

    def loose(self, *, last: bool) -> str:
        if last:
            return self.pattern + _times(self.least, self.least) if self.least else ""
        # A character outside ASCII is up to four bytes, and a class that excludes lets it in.
        most = self.most * 4 if self.most is not None and self.pattern.startswith("[^") else self.most
        return self.pattern + _times(self.least, most if most is None or most <= _COUNTED else None)

    def literals(self) -> tuple[str, ...]:
        return ()

    def tail(self) -> str:
        return self.alphabet

    def lengths(self) -> tuple[int, int | None]:
        return self.least, self.most

    def sample(self, random: Random) -> str:
        most = self.least + _MORE if self.most is None else min(self.most, self.least + _MORE)
        return _run(random, self.sample_alphabet or self.alphabet, random.randint(self.least, most))

    def checks(self) -> tuple[Check, ...]:
        return ()


@frozen
class Checked:
    """A run of characters and its CRC32, written in the digits of an alphabet, padded with the zero digit."""

    number: int
    body: Chars
    digits: str
    width: int

    def regex(self) -> str:
        return f"(?P<body{self.number}>{self.body.regex()})(?P<sum{self.number}>{in_set(self.digits)}{{{self.width}}})"

    def loose(self, *, last: bool) -> str:  # noqa: ARG002 - the body never comes last
        return f"{self.body.loose(last=False)}{in_set(self.digits)}{{{self.width}}}"

    def literals(self) -> tuple[str, ...]:
        return ()

    def tail(self) -> str:
        return self.digits

    def lengths(self) -> tuple[int, int | None]:
        least, most = self.body.lengths()
        return least + self.width, None if most is None else most + self.width

    def sample(self, random: Random) -> str:
        body = self.body.sample(random)
        return body + checksum(body, self.digits, self.width)

    def checks(self) -> tuple[Check, ...]:
        return (Check("crc32", self.number, self.digits, self.width),)


@frozen
class Encoded:
    """A JSON object in base64, as the header of a JWT: it begins with ``eyJ``."""

    number: int
    least: int
    most: int | None
    url: bool

    def regex(self) -> str:
        return f"(?P<json{self.number}>eyJ{self._set()}{_times(max(self.least - 3, 0), self._most())})"

    def loose(self, *, last: bool) -> str:
        least = max(self.least - 3, 0)
        return f"eyJ{self._set()}{_times(least, least if last else self._most())}"

    def literals(self) -> tuple[str, ...]:
        return ("eyJ",)

    def tail(self) -> str:
        return ALPHABETS["base64url" if self.url else "base64"]

    def lengths(self) -> tuple[int, int | None]:
        return self.least, self.most

    def sample(self, random: Random) -> str:
        room = max(self.least * 3 // 4, 12)
        text = json.dumps({"id": _run(random, ALPHABETS["base62"], room)}, separators=(",", ":")).encode()
        text = text.replace(b"}", b" " * (-len(text) % 3) + b"}")  # no padding: many formats drop it
        return (base64.urlsafe_b64encode(text) if self.url else base64.b64encode(text)).decode()

    def checks(self) -> tuple[Check, ...]:
        return (Check("json", self.number),)

    def _set(self) -> str:
        return in_set(self.tail()) if self.url else in_set(self.tail() + "=")

    def _most(self) -> int | None:
        return None if self.most is None else self.most - 3


def _times(least: int, most: int | None) -> str:
    if most is None:
        return f"{{{least},}}"
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _run(random: Random, alphabet: str, length: int) -> str:
    """Characters drawn in shuffled rounds, so that a sample never looks like a placeholder."""
    drawn: list[str] = []
    while len(drawn) < length:
        drawn += random.sample(alphabet, min(len(alphabet), length - len(drawn)))
    return "".join(drawn)
