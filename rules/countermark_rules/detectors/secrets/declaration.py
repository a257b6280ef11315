"""One kind of credential, as its provider's file declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from countermark.finding import Confidence, Lifetime, Severity


@frozen
class Token:
    """One kind of credential. README.md beside this module explains each field to those who write them."""

    id: str
    opens: str
    format: tuple[str, ...]
    title: str
    provider: str
    docs: str
    revoke: str
    instead: str = ""
    lifetime: Lifetime = Lifetime.UNKNOWN
    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH
    keyword: tuple[str, ...] = ()
    within: int = 40
    lines: int = 0
    entropy: float | None = None
    left: str = "alnum"
    right: str = "alnum"
    nocase: bool = False
    chosen: bool = False
    known: tuple[str, ...] = ()
    cwe: tuple[str, ...] = ("CWE-798",)
    enabled: bool = True


def to_plain(token: Token) -> dict[str, Any]:
    """The token as JSON can hold it."""
    plain = asdict(token)
    return plain | {key: plain[key].value for key in ("lifetime", "severity", "confidence")}


def from_plain(plain: Mapping[str, Any]) -> Token:
    """The token that was made plain."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    values["lifetime"] = Lifetime(values["lifetime"])
    values["severity"] = Severity(values["severity"])
    values["confidence"] = Confidence(values["confidence"])
    return Token(**values)
