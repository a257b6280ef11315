r"""Samples as people and assistants write them, each a file's name and its text: what must be found, and what must be left alone.

They were written before anybody looked at what is found in them, and the last 130 after all changes for the first. A dot in the
middle of the line parts words, so that no scanner takes the tables for settings; what stands in «» is drawn at run time; \n is a
line's end.
"""

from __future__ import annotations

import base64
import re
import string
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from .looking import look

TABLES = Path(__file__).with_name("by_hand")
HEX = "0123456789abcdef"
LOWER, ALL = string.ascii_lowercase + string.digits, string.ascii_letters + string.digits
ALPHABETS = {
    "hex": HEX,
    "HEX": HEX.upper(),
    "L": string.ascii_letters,
    "a": ALL,
    "b": ALL + "+/",
    "B": string.ascii_uppercase + "234567",
    "bc": ALL + "./",
    "d": "123456789",
    "dj": LOWER + "!@#$%^&*(-_=+)",
    "f": ALL + "-_",
    "l": LOWER,
    "u": ALL + "-_",
    "wp": ALL + "!@#$%^&*()-_ []{}<>~`+=,.;:/?|",
}


def drawn(random: Random, alphabet: str, length: int) -> str:
    return "".join(random.choices(alphabet, k=length))


def with_checksum(random: Random) -> str:
    """Thirty characters, and their CRC32 in six digits, as GitHub and npm end their tokens."""
    body = drawn(random, ALL, 30)
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = (string.digits + string.ascii_uppercase + string.ascii_lowercase)[digit] + digits
    return body + digits.rjust(6, "0")


def private_key(random: Random) -> str:
    body = base64.b64encode(b"openssh-key-v1\0" + random.randbytes(280)).decode()
    lines = [body[at : at + 70] for at in range(0, len(body), 70)]
    kind = "OPENSSH PRIV" + "ATE KEY"
    return "\\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])


SPECIAL: dict[str, Callable[[Random], str]] = {
    "b64": lambda random: "\\n".join(drawn(random, ALL + "+/", 64) for _ in range(12)),
    "b64n": lambda random: base64.b64encode(random.randbytes(48)).decode(),
    "gh": with_checksum,
    "npm": with_checksum,
    "pem": private_key,
    "uuid": lambda random: "-".join(drawn(random, HEX, size) for size in (8, 4, 4, 4, 12)),
}


def filled(kind: str, random: Random) -> str:
    """What stands for `hex32` and the like."""
    if kind in SPECIAL:
        return SPECIAL[kind](random)
    if kind.startswith("enc:"):
        return base64.b64encode(kind[4:].encode()).decode()
    if kind.startswith("b64:"):
        return base64.b64encode(random.randbytes(int(kind[4:]))).decode()
    name, length = kind.rstrip(string.digits), kind.lstrip(string.ascii_letters)
    return drawn(random, ALPHABETS[name], int(length))


def samples(table: str) -> list[tuple[str, str]]:
    found = []
    for number, line in enumerate((TABLES / table).read_text("utf-8").splitlines()):
        path, _, text = line.partition(" | ")
        random = Random(f"{table}/{number}")  # noqa: S311 - samples, not secrets
        text = re.sub("«([^»]+)»", lambda match, random=random: filled(match[1], random), text)  # type: ignore[misc]
        found.append((path, text.replace("·", "").replace("\\n", "\n") + "\n"))
    return found


def ids(table: str) -> list[str]:
    return [f"{number}-{path}" for number, (path, _) in enumerate(samples(table), 1)]


@pytest.mark.parametrize(("path", "text"), samples("secrets.txt"), ids=ids("secrets.txt"))
def test_a_secret_is_found(path: str, text: str) -> None:
    assert look(text, path)


@pytest.mark.parametrize(("path", "text"), samples("others.txt"), ids=ids("others.txt"))
def test_what_is_none_is_left_alone(path: str, text: str) -> None:
    assert not look(text, path)
