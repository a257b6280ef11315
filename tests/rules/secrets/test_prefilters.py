"""Hyperscan and what stands in for it where it is missing: whatever the text, neither finds less than the expressions themselves."""

from __future__ import annotations

import re
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark_rules.detectors.secrets.prefilter import Hit, prefilter
from countermark_rules.detectors.secrets.search import bundle
from tests.matching import matching, mutated

pytest.importorskip("hyperscan")

AROUND = (b"", b" ", b"\n", b'"', b"x=")


def hits(data: bytes, *, plain: bool) -> set[Hit]:
    return {hit for extra in (False, True) for hit in prefilter(extra=extra, plain=plain).hits(data)}


@cache
def expressions() -> list[bytes]:
    return [sought.loose.encode() for sought in bundle().sought]


def text(number: int, random: Random) -> bytes:
    """A text that an expression matches, or hardly does not any more, and mostly what has to follow besides."""
    then = bundle().sought[number].then
    whole = matching(expressions()[number], random, re.MULTILINE)
    if then and random.random() < 0.8:
        whole += matching(then.encode(), random, re.MULTILINE)
    whole = random.choice(AROUND) + whole + random.choice(AROUND)
    return mutated(whole, random) if random.random() < 0.5 else whole


@pytest.mark.parametrize("part", range(4))
def test_no_expression_is_missed_in_a_text_that_it_matches(part: int) -> None:
    for number in range(part, len(expressions()), 4):
        random = Random(number)  # noqa: S311 - texts, not secrets
        data = text(number, random)
        ends = {match.end() for match in re.compile(expressions()[number], re.MULTILINE).finditer(data)}
        then = bundle().sought[number].then
        expected = {
            (number, end) for end in ends if not then or re.compile(then.encode(), re.MULTILINE).match(data, end)
        }
        for plain in (False, True):
            missing = expected - hits(data, plain=plain)
            assert not missing, f"plain={plain}: {bundle().searches[number].id} in {data!r}"


@settings(max_examples=100)
@given(
    numbers=st.lists(st.integers(min_value=0), min_size=1, max_size=4),
    noise=st.lists(st.binary(max_size=30), min_size=4, max_size=4),
    seed=st.integers(min_value=0),
)
def test_both_find_the_same_searches_in_any_text(numbers: list[int], noise: list[bytes], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - texts, not secrets
    pieces = [text(number % len(expressions()), random) for number in numbers]
    data = b"".join(part for pair in zip(noise, pieces, strict=False) for part in pair)

    ours, plain = hits(data, plain=False), hits(data, plain=True)

    assert plain <= ours
    exact = {number for number, sought in enumerate(bundle().sought) if sought.exact}
    assert {number for number, _ in ours} & exact == {number for number, _ in plain} & exact
