"""How long a credential lives, as far as can be told offline: from what it carries itself, or else from what its provider issues."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote

from attrs import frozen

from countermark.finding import Lifetime

from .certificates import decoded, validity_beside
from .search import bundle
from .structured import LIFETIMES

_DAY = timedelta(days=1)
_LONGEST = 20_000  # characters of a value that are looked into
_REACH = 4_096  # characters of an address on either side of a value
_JWT = re.compile(
    r"(?<![\w-])eyJ[A-Za-z0-9_-]{5,4096}\.(?P<claims>[A-Za-z0-9_-]{4,12000})\.(?P<rest>[A-Za-z0-9_-]*\.?)"
)
_PACKED = ("ZXlK", "LS0tLS1CRUdJTi")  # a JSON object or PEM in base64, as Kubernetes keeps tokens and keys
_NO_ADDRESS = re.compile(r"[\s\"'`<>\\]")
_SIGNS = re.compile(r"(?:sig|signature|credential|accesskeyid|accessid)=\Z", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|[?&;])([A-Za-z-]{2,40})=([^&;]*)")
_BASIC, _NO_YEAR = "%Y%m%dT%H%M%SZ", 9000


@frozen
class Life:
    """How long a credential lives.

    ``until`` is its last day, ``lasts`` how long it works in all or, where its beginning is not known, from now on. ``why`` is a
    sentence about both, empty where nothing but the kind of credential speaks; it quotes nothing of the value but dates.
    """

    kind: Lifetime
    until: date | None = None
    lasts: timedelta | None = None
    why: str = ""


def lifetime(slug: str, value: str, *, now: date, text: str = "", at: int = 0) -> Life:
    """How long a credential lives that the rule ``slug`` found: ``value``, in ``text`` at ``at``, judged on the day ``now``."""
    plain = decoded(value[:_LONGEST]).decode("ascii", "replace") if value.startswith(_PACKED) else value
    claims = _claims(plain)
    if claims is not None:
        return _of_claims(claims, now)
    return _of_address(value, text, at, now) or _of_key(plain, text, now) or Life(_declared(slug))


def _declared(slug: str) -> Lifetime:
    token = bundle().token(slug)
    return token.lifetime if token else LIFETIMES.get(slug, Lifetime.UNKNOWN)


def _between(begin: datetime | None, end: datetime, now: date, what: str = "It") -> Life:
    """A life with a known end."""
    until = end.date()
    today = datetime.combine(now, time(), UTC)
    lasts = end - begin if begin is not None and begin <= end else max(end - today, timedelta())
    # ``now`` is a day somewhere on Earth, and ``until`` one in UTC: where it is not over everywhere, nothing has expired.
    if now - until > _DAY:
        return Life(Lifetime.EXPIRED, until, lasts, f"{what} expired on {until}.")
    long = lasts > _DAY
    why = f"{what} is valid until {until}" + (f", {lasts.days} days in all." if long and begin is not None else ".")
    return Life(Lifetime.LONG if long else Lifetime.SHORT, until, lasts, why)


def _claims(value: str) -> Mapping[str, Any] | None:
    """The claims of a JSON Web Token; what is encrypted tells nothing."""
    match = _JWT.search(value, 0, _LONGEST)
    if match is None or match["rest"].endswith("."):
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(match["claims"] + "=" * (-len(match["claims"]) % 4)))
    except (ValueError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None


def _of_claims(claims: Mapping[str, Any], now: date) -> Life:
    end = _moment(claims.get("exp"))
    if end is not None:
        return _between(_moment(claims.get("iat")) or _moment(claims.get("nbf")), end, now)
    if claims.get("iss") == "kubernetes/serviceaccount":
        why = "It is a service-account token of the old kind, which never expires."
    else:
        why = "It has no expiry date, so it works until the key that signed it is changed."
    return Life(Lifetime.LONG, why=why)


def _moment(claim: object) -> datetime | None:
    """A NumericDate of RFC 7519; one that no calendar has is the last day of all."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not claim >= 0:
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)


def _of_address(value: str, text: str, at: int, now: date) -> Life | None:
    """The life of a signed address that the value is the signature or the key id of."""
    if len(value) > _REACH or not (_SIGNS.search(text, max(at - 20, 0), at) or "sig=" in value):
        return None
    stop = at + len(value)
    before, after = (_plain(text[max(at - _REACH, 0) : at]), _plain(text[stop : stop + _REACH]))
    whole = _NO_ADDRESS.split(before)[-1] + value + _NO_ADDRESS.split(after)[0]
    said = {name.lower(): unquote(given) for name, given in reversed(_PARAMETER.findall(whole))}
    for maker in ("x-amz", "x-goog"):
        begin, seconds = _stamp(said.get(f"{maker}-date", ""), _BASIC), said.get(f"{maker}-expires", "")
        if begin is not None and begin.year < _NO_YEAR and re.fullmatch(r"[0-9]{1,9}", seconds):
            return _between(begin, begin + timedelta(seconds=int(seconds)), now, "The signed address")
    end = _iso_or_epoch(said.get("se", "")) or _iso_or_epoch(said.get("expires", ""))
    return _between(_iso_or_epoch(said.get("st", "")), end, now, "The signed address") if end else None


def _plain(address: str) -> str:
    """A piece of an address without what JSON and XML make of its ampersands."""
    return address.replace("\\u0026", "&").replace("&amp;", "&")


def _iso_or_epoch(text: str) -> datetime | None:
    if re.fullmatch(r"[0-9]{9,11}", text):
        return _moment(int(text))
    text = re.sub(r"\.[0-9]+", "", text[:40])
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d"):
        if moment := _stamp(text, form):
            return moment
    return None


def _stamp(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text[:40], form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _of_key(value: str, text: str, now: date) -> Life | None:
    """The life of a private key whose certificate stands beside it."""
    if "PRIVATE KEY" not in value[:100] or (validity := validity_beside(value, text)) is None:
        return None
    return _between(validity.begin, validity.end, now, "Its certificate in this file")
