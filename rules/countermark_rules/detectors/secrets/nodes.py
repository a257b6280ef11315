"""The tree of a token format: each node says its regular expression, its prefilter and its samples, so that they cannot disagree."""

from __future__ import annotations

from random import Random
from typing import Protocol

from attrs import frozen

from .checks import Check
from .leaves import Literal


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


def _group(pattern: str, item: Node) -> str:
    return f"(?:{pattern})" if isinstance(item, Choice) else pattern
