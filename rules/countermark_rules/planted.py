"""A secret that opens nothing, made when something has to be there to find."""

from __future__ import annotations

from secrets import choice

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def fake_key() -> str:
    """Shaped as an AWS access key id, which has no checksum."""
    return "AK" + "IA" + "".join(choice(_ALPHABET) for _ in range(16))
