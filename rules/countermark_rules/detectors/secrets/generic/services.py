"""Keys of services that have no format of their own: the service's name stands before a value that a machine drew.

What has a documented format or needs a keyword of its own is in ``providers/``; this covers what a service calls simply its key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache as once
from pathlib import Path

from countermark.change import FileChange
from countermark.finding import Confidence
from countermark.lazily import lazy
from countermark_rules.detectors.secrets.confirm import Found
from countermark_rules.detectors.secrets.search import bundle
from countermark_rules.detectors.secrets.sought import Search, Sought
from countermark_rules.detectors.secrets.value import (
    Judgement,
    basic_password,
    in_tests,
    is_fake,
    not_a_secret,
    unpacked,
)

from .assignments import Assignment
from .classifier import likelihood

SOURCE = "service"
RULE = "service-key"
NAMES = Path(__file__).with_name("services.txt")
_FAR = 60  # characters between the end of the name and the value
_SURE = 0.8

_CHARS = r"[A-Za-z0-9_\-.+/=~]"
_VALUE = lazy(rf"(?<=[=:>,(\[{{| \t\"'`])[A-Za-z0-9]{_CHARS}{{14,180}}[A-Za-z0-9=]")
_GAP = rf"[^\r\n]{{0,{_FAR}}}[=:>,(\[{{| \t\"'`][A-Za-z0-9]{_CHARS}{{14}}"
# The end of what stands before the value: an assignment, an argument, a parameter, a header, an element, or a command's word.
_GIVES = lazy(r"(?:[=:>,(\[{|]\s{0,8}(?:[@$]?\\?[\"'`])?(?:(?i:bearer|basic|token|apikey|bot)\s+)?|\w\s{1,4}[\"'`]?)$")
_DIRECT = lazy(r"[\w$.\-]{1,80}[\"'`\])}]{0,3}\s{0,8}(?::=|=>|\?=|\.=|=|:|>|\()\s{0,8}[@$]?[\"'`]?$")
_OTHER = lazy(
    r"sha\d|md5|hash|digest|checksum|integrity|etag|commit|revision|rev\b|branch|version|fingerprint|thumbprint|signature|uuid|guid|"
    r"public[-_]?key|publishable|site[-_]?key|(?<![a-z])(?:id|ids|uri|url|path|v|sub|aud|iss|jti|kid|nonce|file|image|img|src|href|version|zone|region|project|account|user|org|team|channel|video|public|pub)\W*$",
    re.IGNORECASE,
)
# The name that a value is given to, which begins with the service's where ``before`` does.
_TARGET = lazy(
    r"(?<![\w$.\-])(?P<name>[\w$.\-]{1,60})[\"'`\])}]{0,3}\s{0,8}(?::=|=>|\?=|\.=|=|:)\s{0,8}[@$]?\\?[\"'`]?$"
)
_KEYS = lazy(
    r"^x-|key|token|secret|auth|pass|pwd|cred|api|sid|private|access|client|app|account|license|signing|webhook|bearer",
    re.IGNORECASE,
)
_DIGITS = lazy(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_FOLLOWS = "(?:api|app|auth|access|client|key|token|secret|account|user|io|com)"


@once
def names() -> tuple[str, ...]:
    """The services."""
    return tuple(line for line in NAMES.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def searches() -> Iterator[tuple[Search, Sought]]:
    """A name, and on the same line what may be a key."""
    search = Search(RULE, SOURCE, 128, 320)
    for name in names():  # one expression each: Hyperscan is a thousand times slower with all in one
        yield search, Sought(f"(?i:{name})", (name,), then=_GAP)


def find(text: str) -> Iterator[Found]:
    """Every value behind the name of a service."""
    for match in _VALUE.finditer(text):
        before = text[max(0, match.start() - _FAR - 40) : match.start()].rpartition("\n")[2]
        if (since := _named(before)) is not None:
            yield Found(*match.span(), since=match.start() - len(before) + since)


def judge_service(found: Found, text: str, file: FileChange) -> Judgement:
    """Judge a value by what it is taken for: the key of a service, if it looks as random as one."""
    value, before = text[found.start : found.end], text[found.since : found.start]
    packed = unpacked(value) is not None and basic_password(value) is None
    malformed = bundle().malformed(before, value)
    if packed or malformed or not_a_secret(value) or is_fake(value) or _OTHER.search(before) or _is_for_another(before):
        return Judgement(None, "the words before it speak of something else")
    if _DIGITS.fullmatch(value) and _DIRECT.search(before) is None:
        return Judgement(None, "it may be a digest or an identifier, and is not given to the service's name")
    confidence = Confidence.LOW if in_tests(file.path) else Confidence.MEDIUM
    if _DIGITS.fullmatch(value):
        return Judgement(confidence, "digits as random as these are given to a service's name")
    likely = likelihood(Assignment("api_key", "=", True, value, 0, 0, len(value)), file.path)
    if likely.probability < _SURE:
        return Judgement(None, "it does not look drawn by a machine")
    return Judgement(confidence, f"it stands behind a service's name and looks random: {', '.join(likely.reasons)}")


def _is_for_another(before: str) -> bool:
    """Whether a value is given to a name of its own that speaks neither of a key nor of the service: `https://x.com/?size=`."""
    target = _TARGET.search(before)
    return target is not None and target.start() > 0 and _KEYS.search(target["name"]) is None


def _named(before: str) -> int | None:
    """Where the last name of a service begins in what stands before a value; None where there is none that it can belong to."""
    if not _GIVES.search(before):
        return None
    found = [match.start() for match in _expression().finditer(before.lower()) if _begins(before, match.start())]
    return found[-1] if found else None


def _begins(text: str, at: int) -> bool:
    """Whether a word begins there: `stripeKey` and `myStripeKey`, not `pinstripe`."""
    return at == 0 or not text[at - 1].isalpha() or (text[at].isupper() and text[at - 1].islower())


@once
def _expression() -> re.Pattern[str]:
    """Any name, the alternatives sorted by their first letter so that most places are done with one comparison."""
    by_first = defaultdict(list)
    for name in names():
        by_first[name[0]].append(re.escape(name[1:]))
    alternatives = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return lazy(rf"(?:{alternatives})(?:(?![a-z])|(?={_FOLLOWS}))")
