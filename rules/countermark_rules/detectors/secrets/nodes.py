"""The tree of a token format: each node says its regular expression, its prefilter and its samples, so that they cannot disagree."""

from __future__ import annotations

import base64
import json
import re
from random import Random
from typing import Protocol

from attrs import frozen

from .alphabets import ALPHABETS, in_set
from .checks import Check, checksum

_COUNTED = 200  # characters; Hyperscan compiles "at least" in no time, and "at most thousands" in a second
_MORE = 8  # how much longer than the least a sample of an open length gets


class Node(Protocol):
    """A part of a format."""

    def regex(self) -> str:
        """What Python's `re` confirms with; secrets and checksums are named groups."""
        ...

    def loose(self, *, last: bool) -> str:
        """What Hyperscan searches bytes for: a superset. ``last``: nothing follows, so the least length will do."""
        ...

    def literals(self) -> tuple[str, ...]:
        """Strings of which every match holds at least one; empty where nothing can be promised."""
        ...

    def tail(self) -> str:
        """Characters that, right after a match, would mean that it goes on; empty where it ends in punctuation."""
        ...

    def lengths(self) -> tuple[int, int | None]:
        """The least and the most characters of a match; None where there is no end."""
        ...

    def sample(self, random: Random) -> str:
        """Text that matches."""
        ...

    def checks(self) -> tuple[Check, ...]:
        """The parts whose content can be verified."""
        ...


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


@frozen
class Sequence:
    """One part after the other."""

    items: tuple[Node, ...]

    def regex(self) -> str:
        return "".join(_group(item.regex(), item) for item in self.items)

    def loose(self, *, last: bool) -> str:
        end = len(self.items) - 1
        return "".join(_group(item.loose(last=last and at == end), item) for at, item in enumerate(self.items))

    def literals(self) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        run = ""
        for item in (*self.items, None):
            if isinstance(item, Literal):
                run += item.text
                continue
            for found in ((run,) if run else (), item.literals() if item else ()):
                best = max(best, found, key=lambda texts: min(map(len, texts), default=0))
            run = ""
        return best

    def tail(self) -> str:
        chars = ""
        for item in reversed(self.items):
            chars += item.tail()
            if not isinstance(item, Optional):
                break
        return chars

    def lengths(self) -> tuple[int, int | None]:
        each = [item.lengths() for item in self.items]
        mosts = [most for _, most in each if most is not None]
        return sum(least for least, _ in each), sum(mosts) if len(mosts) == len(each) else None

    def sample(self, random: Random) -> str:
        return "".join(item.sample(random) for item in self.items)

    def checks(self) -> tuple[Check, ...]:
        return tuple(check for item in self.items for check in item.checks())


@frozen
class Choice:
    """One of several."""

    options: tuple[Node, ...]

    def regex(self) -> str:
        return "|".join(option.regex() for option in self.options)

    def loose(self, *, last: bool) -> str:
        return "|".join(option.loose(last=last) for option in self.options)

    def literals(self) -> tuple[str, ...]:
        each = [option.literals() for option in self.options]
        return tuple(dict.fromkeys(text for texts in each for text in texts)) if all(each) else ()

    def tail(self) -> str:
        return "".join(option.tail() for option in self.options)

    def lengths(self) -> tuple[int, int | None]:
        each = [option.lengths() for option in self.options]
        mosts = [most for _, most in each if most is not None]
        return min(least for least, _ in each), max(mosts) if len(mosts) == len(each) else None

    def sample(self, random: Random) -> str:
        return random.choice(self.options).sample(random)

    def checks(self) -> tuple[Check, ...]:
        return tuple(check for option in self.options for check in option.checks())


@frozen
class Optional:
    """There or not."""

    item: Node

    def regex(self) -> str:
        return f"(?:{self.item.regex()})?"

    def loose(self, *, last: bool) -> str:
        return "" if last else f"(?:{self.item.loose(last=False)})?"

    def literals(self) -> tuple[str, ...]:
        return ()

    def tail(self) -> str:
        first = self.item.items[0] if isinstance(self.item, Sequence) else self.item
        return self.item.tail() + (first.text[0] if isinstance(first, Literal) else "")

    def lengths(self) -> tuple[int, int | None]:
        return 0, self.item.lengths()[1]

    def sample(self, random: Random) -> str:
        return self.item.sample(random) if random.random() < 0.5 else ""  # noqa: PLR2004 - a fair coin

    def checks(self) -> tuple[Check, ...]:
        return self.item.checks()


@frozen
class Secret:
    """The part that nobody may see."""

    item: Node
    number: int

    def regex(self) -> str:
        return f"(?P<secret{self.number}>{self.item.regex()})"

    def loose(self, *, last: bool) -> str:
        return f"(?:{self.item.loose(last=last)})"

    def literals(self) -> tuple[str, ...]:
        return self.item.literals()

    def tail(self) -> str:
        return self.item.tail()

    def lengths(self) -> tuple[int, int | None]:
        return self.item.lengths()

    def sample(self, random: Random) -> str:
        return self.item.sample(random)

    def checks(self) -> tuple[Check, ...]:
        return self.item.checks()


def _times(least: int, most: int | None) -> str:
    if most is None:
        return f"{{{least},}}"
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _group(pattern: str, item: Node) -> str:
    return f"(?:{pattern})" if isinstance(item, Choice) else pattern


def _run(random: Random, alphabet: str, length: int) -> str:
    """Characters drawn in shuffled rounds, so that a sample never looks like a placeholder."""
    drawn: list[str] = []
    while len(drawn) < length:
        drawn += random.sample(alphabet, min(len(alphabet), length - len(drawn)))
    return "".join(drawn)
