"""What a change adds or changes that a threat model speaks of: places where somebody gets in, and calls that leave the program."""

from __future__ import annotations

import re
from enum import Enum

from attrs import frozen

from countermark.change import FileChange, Skipped
from countermark.content import Span
from countermark.fingerprint import fingerprint


class Trigger(Enum):
    """Why an element is worth a question; each has its own pack of questions."""

    ENTRY = "entry"  # a route, command, task or handler: somebody starts it
    FLOW = "flow"  # data leaves over the network
    STORE = "store"  # data is kept or fetched
    EXEC = "exec"  # another program is started


class How(Enum):
    """What the change does to an element; PRESENT where there is no earlier version to compare with."""

    ADDS = "adds"
    CHANGES = "changes"
    PRESENT = "has"


@frozen
class Sighting:
    """One place in one text where a detector saw an element. ``symbol`` names the element, the same at each of its places."""

    detector: str
    trigger: Trigger
    symbol: str
    span: Span


@frozen
class Anchor:
    """Where an element stands in the code. The fingerprint finds it again when lines move; the line is a hint.

    Path and symbol are escaped for display: they come from the repository and go into files and onto screens.
    """

    path: str
    symbol: str
    line_hint: int
    fingerprint: str


@frozen
class Element:
    """One thing to ask about. ``where`` is the place that the change touched: ``span`` of the file ``path``.

    ``anchors`` are all places of the element in that file, ``where`` included.
    """

    id: str
    trigger: Trigger
    detector: str
    how: How
    path: str
    span: Span
    where: Anchor
    anchors: tuple[Anchor, ...]

    @property
    def symbol(self) -> str:
        """Its name in the code, for people."""
        return self.where.symbol

    @property
    def name(self) -> str:
        """What a sentence calls it: ``POST /refunds``, ``the httpx call in refund()``."""
        return self.symbol if self.trigger is Trigger.ENTRY else f"the {self.symbol}"

    @property
    def why(self) -> str:
        """What made us ask, to be shown after "asked because"."""
        return f"{self.where.path}:{self.where.line_hint} {self.how.value} {self.name}"


@frozen
class Found:
    """What the detectors saw in a change, and everything that nobody looked at."""

    files: tuple[FileChange, ...]
    elements: tuple[Element, ...]
    not_looked_at: tuple[Skipped, ...]
    detectors: tuple[str, ...]


_NOT_SLUG = re.compile(r"[^0-9a-z]+")
_LONGEST_SLUG = 60


def slug(text: str) -> str:
    """A name of small letters, digits and single dashes, as ids are written."""
    return _NOT_SLUG.sub("-", text.lower())[:_LONGEST_SLUG].strip("-") or "element"


# Strings and comments of Python and JavaScript. What is left open is taken to the end, which keeps the search linear.
_TEXT = (
    r"(?P<text>\"{3}[\s\S]*?(?:\"{3}|\Z)|'{3}[\s\S]*?(?:'{3}|\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)"
)
_QUIET = {
    "#": re.compile(r"#[^\n]*|" + _TEXT),
    "//": re.compile(r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|" + _TEXT),
}


def anchor_fingerprint(code: str, *, comment: str) -> str:
    """The identity of a piece of code, whatever its comments, white space and line numbers; ``comment`` is ``#`` or ``//``.

    Strings may hold secrets, so they count through the part of the fingerprint that cannot confirm a guess (see fingerprint.py).
    """
    texts: list[str] = []

    def quiet(match: re.Match[str]) -> str:
        if match["text"] is None:
            return " "
        texts.append(match["text"])
        return '""'

    bare = _QUIET[comment].sub(quiet, code)
    return fingerprint("threats/anchor", bare, "\0".join(texts), 0)
