"""Samples of a token, made at run time from its format: texts that must be found, and near misses that must not."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from attrs import frozen

from .confirm import entropy
from .declaration import Token
from .nodes import Node
from .notation import parse
from .patterns import matcher, runs

_LINES = (
    'token = "{}"',
    "TOKEN={}",
    '  "token": "{}",',
    "curl -H 'Authorization: Bearer {}' https://api.example.com/",
    "{}",
)
_ASSIGNMENTS = ('{} = "{}"', "{}={}", '  "{}": "{}",', "run --{} {}", "{}: {}")
_ENOUGH = 50  # draws until one is as random as the format promises


@frozen
class Sample:
    """A text and what is to be found in it: the secret, or nothing (then ``why`` says what is amiss)."""

    text: str
    secret: str
    why: str = ""


def positives(token: Token, seed: int = 0) -> Iterator[Sample]:
    """Texts that hold the token, as files hold it."""
    random = Random(f"{token.id}/{seed}")  # noqa: S311 - samples, not secrets
    for number, _ in enumerate(_LINES):
        whole, secret = _draw(token, random)
        yield Sample(_placed(token, whole, number), secret)


def near_misses(token: Token, seed: int = 0) -> Iterator[Sample]:
    """Texts that are nearly the token, each wrong in one way that the format itself excludes."""
    random = Random(f"{token.id}/{seed}")  # noqa: S311 - samples, not secrets
    nodes = [parse(text) for text in token.format]
    whole, _ = _draw(token, random)
    for why, text in _broken(token, nodes, whole):
        yield Sample(_placed(token, text, 0), "", why)
        yield Sample(_placed(token, text, 1), "", why)
    if token.keyword:
        yield Sample(f'setting = "{whole}"', "", "without the keyword")
        yield Sample(f"setting={whole}", "", "without the keyword")
        far = "\n" * (token.lines + 1) + " " * (token.within + 1)
        yield Sample(f'{token.keyword[0]}{far}= "{whole}"', "", "too far from the keyword")


def wrong_checksum(token: Token, seed: int = 0) -> Sample | None:
    """The token with another checksum; None where it has none."""
    random = Random(f"{token.id}/{seed}")  # noqa: S311 - samples, not secrets
    whole, secret = _draw(token, random)
    found_by = matcher(token)
    for last in "0123456789abcdef":
        text = _placed(token, whole.replace(secret, secret[:-1] + last), 0)
        if any(not found.sound for found in found_by.find(text)):
            return Sample(text, secret[:-1] + last)
    return None


def _draw(token: Token, random: Random) -> tuple[str, str]:
    """A token, and the secret part of it."""
    found_by = matcher(token)
    whole = ""
    for _ in range(_ENOUGH):
        whole = parse(random.choice(token.format)).sample(random)
        found = list(found_by.find(_placed(token, whole, 0)))
        if found:
            text = _placed(token, whole, 0)
            return whole, text[found[0].start : found[0].end]
    return whole, whole


def _placed(token: Token, whole: str, number: int) -> str:
    if not token.keyword:
        return _LINES[number].format(whole)
    word = token.keyword[number % len(token.keyword)]
    name = (word, word.upper(), word, word.replace("_", "-"), word)[number]
    return _ASSIGNMENTS[number].format(name, whole)


def _broken(token: Token, nodes: list[Node], whole: str) -> Iterator[tuple[str, str]]:
    least = min(node.lengths()[0] for node in nodes)
    yield "too short", whole[: least - 1]
    literals = sorted({text for node in nodes for text in node.literals()}, key=len, reverse=True)
    if literals and not token.keyword:
        other = whole
        for literal in literals:
            other = _replace(other, literal, "~" * len(literal), nocase=token.nocase)
        yield "another prefix", other
    if token.left != "none" and not token.keyword:
        yield "goes on at the left", f"x{whole}"
    mosts = [node.lengths()[1] for node in nodes]
    if token.right != "none" and None not in mosts and all(node.tail() for node in nodes):
        more = max(most for most in mosts if most is not None) - len(whole) + 1
        yield "goes on at the right", whole + "0" * more
    if matcher(token).pattern.entropy > 0 and (uniform := _uniform(token, nodes, whole)):
        yield "no randomness", uniform
    used = "".join(run.alphabet for node in nodes for run in runs(node))
    if alien := next((char for char in "~!^ " if char not in used), None):
        middle = least // 2
        yield "a foreign character", whole[:middle] + alien + whole[middle + 1 : least]


def _uniform(token: Token, nodes: list[Node], whole: str) -> str | None:
    """The token with one character in place of all that is random."""
    literals = [text for node in nodes for text in node.literals()] if not token.keyword else []
    start = max((whole.find(text) + len(text) for text in literals if text in whole), default=0)
    used = "".join(run.alphabet for node in nodes for run in runs(node))
    fill = next((char for char in "xX0a" if char in used), "x")
    text = whole[:start] + "".join(fill if char.isalnum() else char for char in whole[start:])
    return text if entropy(text) < matcher(token).pattern.entropy else None


def _replace(text: str, old: str, new: str, *, nocase: bool) -> str:
    if not nocase:
        return text.replace(old, new)
    at = text.lower().find(old.lower())
    return text if at < 0 else text[:at] + new + text[at + len(old) :]
