"""What a name makes of the value that it is given, if not a secret."""

from __future__ import annotations

import re

from countermark.lazily import lazy
from countermark_rules.detectors.secrets.search import bundle
from countermark_rules.detectors.secrets.value import reads_like_a_name

from .assignments import Assignment
from .words import UNREAL, parts

_TELLS = frozenset({"password", "secret", "token", "key", "auth", "bare-key"})
_PASSING = lazy(
    r"csrf|xsrf|authenticity|anti-?_?forgery|requestverification|continuation|idempotency|"
    r"(?:next|page|pagination|previous|prev|starting|sync|cursor|update|creation|lock|change|client[-_]?request|"
    r"(?<!oauth_)(?<!oauth)request)[-_]?token",
    re.IGNORECASE,
)
_PUBLIC = frozenset({"public", "pub", "publishable"})
_TABLES = frozenset({"foreign", "sort", "partition", "row", "range", "unique", "composite", "routing", "cache"})
# Of families whose values only machines draw: what they draw from, since headers and addresses have to carry it.
_MACHINE, _SHORTEST = frozenset({"token", "key", "bare-key", "about", "about-last"}), 8
_DRAWABLE = lazy(r"(?:[\w.~+/=:|%\- ]|\\(?!x))+")
_REFERS = frozenset(
    ("existing", "mount", "mounts", "pull", "ref", "store", "vault")
)  # existingSecret, imagePullSecrets
_LABEL = lazy(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")  # what Kubernetes and secret stores allow as a name
_ACCOUNT = lazy(r"[\w.-]+@[\w.-]+|[A-Z\d-]{2,24}(?:v\d)?")  # or of a mechanism: CRAM-MD5
_USER = lazy(r"[A-Za-z._-]+")
_MECHANISM = lazy(r"[A-Za-z]+|[a-z]+\d{0,2}(?:[_-][a-z]+\d{0,2})+|[A-Za-z_-]+(?:(?:\.|::|/)[A-Za-z_-]+)+")


def by_name(assignment: Assignment, named: frozenset[str]) -> str | None:
    """What a value is instead of a secret, by its name; ``named`` is the name's families."""
    words = parts(assignment.name)
    return _told_by_name(assignment.name, words, named) or _told_by_both(assignment, words, named)


def _told_by_name(name: str, words: tuple[str, ...], named: frozenset[str]) -> str | None:
    if not named & _TELLS:
        return "the name does not speak of a secret"
    if _PASSING.search(name) and not named & {"secret", "key"}:
        return "it protects one form of a page, or says where a list goes on, for as long as that is open"
    if _PUBLIC & {*words} and (not named & {"password", "secret", "token"} or "public key token" in " ".join(words)):
        return "the name says that it is public"
    if UNREAL & {*words} or "non matching" in " ".join(words):
        return "the name says that it is made up"
    return None


def _told_by_both(assignment: Assignment, words: tuple[str, ...], named: frozenset[str]) -> str | None:
    value = assignment.value
    if named <= _MACHINE | {"auth"} and (no := _not_drawn(value, named)):
        return no
    if _REFERS & {*words} and not named & {"password", "token"} and _LABEL.fullmatch(value):
        return "it is the name of a secret that is kept elsewhere"
    if named <= {"auth"} and _is_account(assignment):
        return "it is the name of an account or of a mechanism"
    if named & _TELLS == {"bare-key"} and (_TABLES & {*words} or reads_like_a_name(value)):
        return "it reads like a name, and is only called a key, or is one of a table"
    if bundle().malformed(assignment.name, value):
        return "it begins like a token of the provider in its name, and is none"
    return "it is the name itself" if parts(value) == parts(assignment.name.rpartition(".")[2]) else None


def _not_drawn(value: str, named: frozenset[str]) -> str | None:
    if len(value) < _SHORTEST or (value.isalpha() and reads_like_a_name(value)):
        return "it is a word, or shorter than anything that a machine draws"
    if "token" in named and not _DRAWABLE.fullmatch(value):
        return "it has characters that no token has"
    return None


def _is_account(assignment: Assignment) -> bool:
    value = assignment.value
    called = assignment.sign == "(" and _USER.fullmatch(value)  # Credential("svc_mail", ...)
    worded = _MECHANISM.fullmatch(value) and reads_like_a_name(value)
    return bool(called or worded or _ACCOUNT.fullmatch(value))
