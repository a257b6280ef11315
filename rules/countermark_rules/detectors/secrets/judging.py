"""The filters: whether what a plugin confirmed is worth a person's time, and how sure one can be."""

from __future__ import annotations

from functools import cache as once
from pathlib import Path

from countermark.finding import Confidence
from countermark.lazily import lazy

from .confirm import Found
from .finders import KEYWORD, Place, structure
from .generic import services
from .generic.assignments import NAMING, Assignment, assignment_at
from .generic.classifier import weights
from .generic.features import readable
from .generic.judging import judge_assignment, judge_placed
from .generic.searches import SOURCES as ASSIGNMENTS
from .search import bundle
from .sought import Search
from .upstream import heuristic
from .value import Judgement, filtered, is_fake, judge_value

_CHOSEN = frozenset({"BasicAuthDetector"})  # people choose what it finds
_ENTROPY = frozenset({"Base64HighEntropyString", "HexHighEntropyString"})
_WORDS = 0.45  # of generic/features.py's measure; letters drawn at random stay below
_NAME = lazy(r"(?:[A-Za-z_]++\d{0,2}+){1,3}")  # OAuth2CredentialProvider
_LONG_NAME = 16  # characters; few drawn ones of that length look like that
_HEAD = 80  # characters
_BLOB = 41  # characters
_MORE_DATA = lazy(r"[+/][A-Za-z0-9+/]{40}")
_DATA = lazy(r"[A-Za-z0-9+/]{40}[+/]$")
_COMPARED = lazy(r"[\"'`]\s{0,8}[!=]={1,2}\s{0,8}(?P<name>[\w$.>\-]{1,80})")
_VAGUE = frozenset({"IbmCloudIamDetector", "IPPublicDetector", *_ENTROPY})


def judged(search: Search, found: Found, text: str, place: Place) -> Judgement:
    """Judge a find in a piece of text."""
    if text[found.start : found.end] in _known():
        return Judgement(None, "a specification or a vendor's documentation publishes it")
    judgement = _by_source(search, found, text, place)
    certain = judgement.confidence is Confidence.HIGH and search.source in {"token", "structured"}
    if place.is_noisy and not certain:
        return Judgement(None, "in generated, vendored and minified files only what is certain counts")
    return judgement


def _by_source(search: Search, found: Found, text: str, place: Place) -> Judgement:
    value = text[found.start : found.end]
    if search.source in ASSIGNMENTS or search.source == services.SOURCE:
        return _generic(search, found, text, place)
    if search.source == "structured":
        certain = Judgement(Confidence.HIGH if found.confidence is None else found.confidence, "")
        return judge_placed(value, place.file) if structure(search.id).chosen else certain
    if search.source in KEYWORD:
        return _keyword(found, text, place)
    if search.source in _CHOSEN or (search.source == "token" and _is_chosen(search.id)):
        return judge_value(value, value, place.file)  # what else stands in the line says nothing about a URL
    if search.source == "token":
        return _token(search, found, text)
    return _plugin(search, value, text, place)


def _generic(search: Search, found: Found, text: str, place: Place) -> Judgement:
    if search.source in ASSIGNMENTS:
        return judge_assignment(assignment_at(text, found.since), place.file)
    return services.judge_service(found, text, place.file)


def _keyword(found: Found, text: str, place: Place) -> Judgement:
    """What detect-secrets takes for an assignment has to pass both its own filters and the classifier."""
    value = text[found.start : found.end]
    if no := filtered(value, text[found.since :], place.file.path):
        return Judgement(None, no)
    head = text[max(0, found.since - _HEAD) : found.since]
    name = head[len(head.rstrip(NAMING)) :] + text[found.since : found.start]  # its expressions begin at the word in it
    if compared := _COMPARED.match(text, found.end):  # "value" == name
        return judge_assignment(
            Assignment(compared["name"], "==", True, value, found.since, found.start, found.end), place.file
        )
    quoted = name.rstrip()[-1:] in {"'", '"', "`"}
    return judge_assignment(Assignment(name, "=", quoted, value, found.since, found.start, found.end), place.file)


def _plugin(search: Search, value: str, text: str, place: Place) -> Judgement:
    if search.source in _ENTROPY and (reason := filtered(value, text, place.file.path)):
        return Judgement(None, reason)
    if search.source not in _VAGUE and (is_fake(value) or heuristic("is_templated_secret")(value)):
        return Judgement(None, "it stands where a secret will be put")
    if not any(map(str.isdigit, value)) and readable(value, weights().bigrams) > _WORDS:
        return Judgement(None, "it reads like words")
    return Judgement(Confidence.LOW if search.source in _VAGUE else Confidence.MEDIUM, "")


def _token(search: Search, found: Found, text: str) -> Judgement:
    matcher = bundle().matcher(search.id)
    value = text[found.start : found.end]
    if _DATA.search(text, max(0, found.start - _BLOB), found.start) or _MORE_DATA.match(text, found.end):
        return Judgement(None, "it is a piece of data in base64")
    if is_fake(matcher.varying(value)):
        return Judgement(None, "it is made up for an example")
    worded = value.isalpha() or (len(value) >= _LONG_NAME and _NAME.fullmatch(value))
    if matcher.token.keyword and worded and readable(value, weights().bigrams) > _WORDS:
        return Judgement(None, "it reads like words, and only the word before it speaks for a token")
    if not found.sound:
        return Judgement(Confidence.LOW, "the checksum in it is wrong, so it may be made up")
    return Judgement(matcher.token.confidence, "")


@once
def _known() -> frozenset[str]:
    """The examples of known.txt."""
    lines = Path(__file__).with_name("known.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_chosen(slug: str) -> bool:
    return bundle().matcher(slug).token.chosen
