"""What a person decided about one hunk, and the one line of JSON that keeps it.

A line never holds code, only digests of it; the words in it are the person's own. Its keys have a fixed order, so that the same entry
is the same bytes everywhere: in the ledger, in a note, under a signature.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

from attrs import NOTHING, evolve, fields, frozen

from countermark.display import escape

VERSION = 1
START = "0" * 64  # what the first entry of a ledger follows
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HUNK = re.compile(r"[0-9a-f]{64}(?:-[1-9][0-9]{0,6})?")
_LONGEST = 4000  # characters of anything that somebody typed or named
_LONGEST_SIGNATURE = 20_000
_MOST_LINES = 10_000_000
_LAST_SECOND = 253_402_300_799  # of the year 9999


class Decision(Enum):
    """What a person says of a hunk. A waiver lets it pass unread, for a reason and until a day."""

    APPROVE = "approve"
    REJECT = "reject"
    WAIVE = "waive"


class Face(Enum):
    """Where the decision was given."""

    TERMINAL = "terminal"
    TUI = "tui"
    EDITOR = "editor"


class Malformed(ValueError):  # noqa: N818 - it says what the line is
    """A line that is no entry; the message says why, and quotes nothing of it."""


@frozen
class Entry:
    """One decision. ``at`` is in seconds since 1970, ``seconds`` is how long the hunk was on screen.

    ``hunk`` is the hunk's id, ``lines`` how many it has, ``first`` a hint of 16 bits at its first line, and ``loose`` the digest that
    white space does not change. ``policy`` is a digest of the settings it was decided under. ``key`` is the fingerprint of the person's
    key, where git has one configured. ``number`` and ``previous`` chain it to the entry before it in its ledger.
    """

    previous: str
    number: int
    at: int
    decision: Decision
    hunk: str
    lines: int
    first: str
    loose: str
    path: str
    name: str
    mail: str
    face: Face
    seconds: float
    policy: str
    key: str = ""
    agent: str = ""
    model: str = ""
    comment: str = ""
    reason: str = ""
    expires: date | None = None
    signature: str = ""

    @property
    def digest(self) -> str:
        """The digest of the hunk's text: its id without the ordinal."""
        return self.hunk[:64]

    @property
    def payload(self) -> bytes:
        """What is signed: the line without its signature."""
        return evolve(self, signature="").line

    @property
    def line(self) -> bytes:
        """The entry as one line of ASCII, without a line end."""
        return json.dumps(self.value, separators=(",", ":")).encode("ascii")

    @property
    def hash(self) -> str:
        """What the next entry follows."""
        return sha256(self.line).hexdigest()

    @property
    def value(self) -> dict[str, Any]:
        """The entry as JSON holds it; what is empty and need not be there is left out."""
        said = {name: getattr(self, name, None) for name in _ORDER}
        said |= {"v": VERSION, "decision": self.decision.value, "face": self.face.value}
        said |= {"expires": self.expires and self.expires.isoformat()}
        return {name: value for name, value in said.items() if value or name not in _OPTIONAL}


def parse(line: bytes) -> Entry:
    """The entry that a line holds. Raises Malformed for anything but the exact bytes of one."""
    try:
        entry = from_value(json.loads(line))
    except (ValueError, RecursionError) as fault:
        raise fault if isinstance(fault, Malformed) else Malformed("it is no JSON") from None
    if entry.line != line:
        raise Malformed("it is not written as Countermark writes it")
    return entry


def from_value(value: Any) -> Entry:
    """The entry of a JSON value, from wherever it came. Raises Malformed."""
    if not isinstance(value, Mapping):
        raise Malformed("it is no JSON object")
    if value.get("v") != VERSION:
        raise Malformed("it is of a version that this Countermark does not know")
    if unknown := [name for name in value if name not in _ORDER]:
        raise Malformed(f"it has an unknown key: {escape(str(unknown[0]))[:40]}")
    given = {name: _READERS[name](name, value[name]) for name in value if name != "v"}
    try:
        return Entry(**given)
    except TypeError:
        missing = next(field.name for field in fields(Entry) if field.name not in given)
        raise Malformed(f"the key {missing} is missing") from None


def line_of(value: Mapping[str, Any]) -> bytes:
    """The line that a JSON value is, if it is an entry at all, which whoever reads the line will see; empty for other keys."""
    if not value.keys() <= _ORDER.keys():
        return b""
    ordered = {name: value[name] for name in sorted(value, key=_ORDER.__getitem__)}
    return json.dumps(ordered, separators=(",", ":")).encode("ascii")


def _text(name: str, value: Any) -> str:
    most = _LONGEST_SIGNATURE if name == "signature" else _LONGEST
    if not isinstance(value, str) or len(value) > most:
        raise Malformed(f"{name} is no text of at most {most} characters")
    return value


def _matching(form: re.Pattern[str]) -> Any:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or form.fullmatch(value) is None:
            raise Malformed(f"{name} is no digest")
        return value

    return read


def _number(most: int) -> Any:
    def read(name: str, value: Any) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise Malformed(f"{name} is no number from 0 to {most}")
        return value

    return read


def _seconds(name: str, value: Any) -> float:
    if type(value) not in {int, float} or not 0 <= value <= _LAST_SECOND:
        raise Malformed(f"{name} is no number of seconds")
    return float(value)


def _day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Malformed(f"{name} is no date") from None


def _word(kind: type[Enum]) -> Any:
    def read(name: str, value: Any) -> Enum:
        try:
            return kind(value)
        except ValueError:
            raise Malformed(f"{name} is none of {', '.join(str(one.value) for one in kind)}") from None

    return read


# "v" stands behind the first field.
_ORDER = {name: at for at, name in enumerate(("previous", "v", *(field.name for field in fields(Entry)[1:])))}
_OPTIONAL = frozenset(field.name for field in fields(Entry) if field.default is not NOTHING)
_READERS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("path", "name", "mail", "policy", "key", "agent", "model", "comment", "reason", "signature", "loose"), _text
    ),
    "previous": _matching(_DIGEST),
    "hunk": _matching(_HUNK),
    "first": _matching(re.compile(r"[0-9a-f]{4}")),
    "number": _number(_MOST_LINES),
    "lines": _number(_MOST_LINES),
    "at": _number(_LAST_SECOND),
    "seconds": _seconds,
    "decision": _word(Decision),
    "face": _word(Face),
    "expires": _day,
}
