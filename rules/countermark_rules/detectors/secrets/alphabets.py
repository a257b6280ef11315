"""The named classes of characters in token formats."""

from __future__ import annotations

import re
import string
from itertools import groupby

PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F))
ALPHABETS = {
    "digits": string.digits,
    "hex": string.digits + "abcdef",
    "HEX": string.digits + "ABCDEF",
    "hexi": string.hexdigits,  # either case, as a careless program writes it
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "letters": string.ascii_letters,
    "base32": string.ascii_uppercase + "234567",
    "base36": string.digits + string.ascii_lowercase,
    "BASE36": string.digits + string.ascii_uppercase,
    "base58": "".join(char for char in string.digits + string.ascii_letters if char not in "0OIl"),
    "base62": string.digits + string.ascii_letters,
    "word": string.digits + string.ascii_letters + "_",
    "base64": string.digits + string.ascii_letters + "+/",
    "base64url": string.digits + string.ascii_letters + "_-",
    # The digits of checksums, in the order of their values.
    "base62-digits": string.digits + string.ascii_uppercase + string.ascii_lowercase,
    "base36-digits": string.digits + string.ascii_lowercase,
    "hex-digits": string.digits + "abcdef",
}


def in_set(alphabet: str) -> str:
    """The characters as a class of a regular expression, with ranges."""
    codes = sorted({ord(char) for char in alphabet})
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda item: item[1] - item[0])]
    return "[" + "".join(_run(run) for run in runs) + "]"


def _run(codes: list[int]) -> str:
    chars = [re.escape(chr(code)) for code in codes]
    return f"{chars[0]}-{chars[-1]}" if len(chars) > 2 else "".join(chars)  # noqa: PLR2004 - a range of two saves nothing
