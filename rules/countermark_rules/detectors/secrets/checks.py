"""What a token says of itself: a checksum, or text that decodes."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib

from attrs import frozen

_URL = str.maketrans("-_", "+/")


@frozen
class Check:
    """What can be verified in a match: ``crc32`` of group ``body<number>``, held by ``sum<number>``; ``json`` in ``json<number>``."""

    kind: str
    number: int
    digits: str = ""
    width: int = 0

    def holds(self, match: re.Match[str]) -> bool:
        """Whether the part is right; True where its alternative did not take part in the match."""
        if self.kind == "json":
            text = match[f"json{self.number}"]
            return text is None or decode_json(text) is not None
        body = match[f"body{self.number}"]
        return body is None or checksum(body, self.digits, self.width) == match[f"sum{self.number}"]


def checksum(body: str, digits: str, width: int) -> str:
    """The CRC32 of some text, in the digits of an alphabet, padded with its zero."""
    value, text = zlib.crc32(body.encode()), ""
    while value:
        value, digit = divmod(value, len(digits))
        text = digits[digit] + text
    return text.rjust(width, digits[0])


def decode_json(text: str) -> dict[str, object] | None:
    """The JSON object that a part of base64 or base64url holds, padded or not; None where it holds none."""
    packed = text.rstrip("=").translate(_URL)
    try:
        value = json.loads(base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
