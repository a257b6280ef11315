"""The notation: what it reads, and that expression, superset and samples of it agree."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark_rules.detectors.secrets.checks import checksum, decode_json
from countermark_rules.detectors.secrets.notation import FormatError, parse, parse_all

FORMATS = [
    "ghp_ {base62 30} {crc32-base62 6}",
    "abc {hex 10} {crc32-hex 8}",
    "(sk | rk) _live_ {base62 24-247}",
    "key-v {digits 1} (. {lower 3})? - {BASE36 20+}",
    "tok: {uuid}",
    "'a b' {[A-F\\]{}] 4-9} 'c|d'",
    "{base64url-json 12+} . {base64-json 12-90}",
    "https://x.example/ <{base58 20}> /end",
    "pre {[^\\s@'\"] 5-20} @",
]


@pytest.mark.parametrize("format", FORMATS)
@given(seed=st.integers())
def test_samples_match_the_expression_and_its_superset(format: str, seed: int) -> None:  # noqa: A002 - the notation's own word
    node = parse(format)
    sample = node.sample(Random(seed))  # noqa: S311 - samples, not secrets
    match = re.fullmatch(node.regex(), sample)
    assert match
    assert all(check.holds(match) for check in node.checks())
    assert re.search(node.loose(last=True).encode(), sample.encode())
    least, most = node.lengths()
    assert least <= len(sample) <= (most or len(sample))
    assert any(literal in sample for literal in node.literals())


@pytest.mark.parametrize(
    ("format", "literals"),
    [
        ("ghp_ {hex 3}", ("ghp_",)),
        ("a {hex 3} bcd", ("bcd",)),
        ("(ab|cde) {hex 3}", ("ab", "cde")),
        ("(ab|{hex 2}) {hex 3}", ()),
        ("(long-one)? {hex 3} xy", ("xy",)),
        ("a bc <de> {hex 1}", ("abc",)),
    ],
)
def test_literals_are_in_every_match(format: str, literals: tuple[str, ...]) -> None:  # noqa: A002 - the notation's own word
    assert parse(format).literals() == literals


@pytest.mark.parametrize(
    "format",
    [
        "",
        "   ",
        "(",
        "(a",
        "a)",
        "<a",
        "{hex}",
        "{hex 3",
        "{nothing 3}",
        "{[z-a] 3}",
        "{hex 9-3}",
        "{hex 99999}",
        "a|",
        "?",
        "{crc32-x 3}",
        "'a",
    ],
)
def test_a_format_that_cannot_be_read_is_refused(format: str) -> None:  # noqa: A002 - the notation's own word
    with pytest.raises(FormatError):
        parse(format)


def test_alternatives_of_one_expression_do_not_share_groups() -> None:
    nodes = parse_all(["a <{hex 3}> {hex 9} {crc32-hex 8}", "b <{hex 3}> {hex 9} {crc32-hex 8}"])
    re.compile("|".join(node.regex() for node in nodes))


def test_checksums_are_those_of_the_providers() -> None:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    assert checksum("123456789", digits, 6) == "3jZRME"  # CRC32's check value, 0xCBF43926
    assert checksum("", digits, 6) == "000000"


@pytest.mark.parametrize("text", ["", "eyJ", "e30", "eyJhIjoxfQ", "eyJhIjoxfQ==", "W10", "!!!!", "eyJ" * 9_000])
def test_decoding_never_fails(text: str) -> None:
    assert decode_json(text) in (None, {}, {"a": 1})
