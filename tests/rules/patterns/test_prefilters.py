"""Which rules a text may match: none is missed whose words and expressions are all there, whatever stands between them."""

from __future__ import annotations

import json
import re
from random import Random

import pytest

from countermark_rules.detectors.patterns.bundle import shipped_pack
from countermark_rules.detectors.patterns.packs import PACKS
from countermark_rules.detectors.patterns.prefilter import Plain
from tests.matching import matching, mutated

pytest.importorskip("hyperscan")

BETWEEN = (b"\n", b" ", b"", b"\n    ", b'("')
LONGEST = 3_000  # bytes of a text; some expressions go far
TRIES = 20


@pytest.mark.parametrize("pack", PACKS)
def test_no_rule_is_missed_whose_words_and_expressions_are_there(pack: str) -> None:
    shipped = shipped_pack(pack)
    met = 0
    for number, (words, needs) in enumerate(json.loads(shipped.index)):
        random = Random(number)  # noqa: S311 - texts, not secrets
        for _ in range(TRIES):
            parts = [random.choice(words).encode(), *(matching(one.encode(), random)[:LONGEST] for one in needs)]
            random.shuffle(parts)
            data = random.choice(BETWEEN).join(parts)
            data = mutated(data, random) if random.random() < 0.3 else data
            if not (
                any(word.encode() in data for word in words) and all(re.search(one.encode(), data) for one in needs)
            ):
                continue
            met += 1
            for prefilter in (shipped.prefilter, Plain(json.dumps([[words, needs]]).encode())):
                place = 0 if isinstance(prefilter, Plain) else number
                assert place in prefilter.found(data), (
                    f"{type(prefilter).__name__}: {shipped.rule(number).id} in {data!r}"
                )
    assert met, "no text was of any use"
