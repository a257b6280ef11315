"""What one pass finds is where each expression matches."""

from __future__ import annotations

import json

import pytest

from countermark_rules.detectors.patterns.bundle import places, shipped_pack
from countermark_rules.detectors.patterns.functions import _functions
from countermark_rules.detectors.patterns.packs import analyzer
from countermark_rules.detectors.patterns.places import Finder, Places

from .test_fixtures import fixtures


@pytest.mark.parametrize("pack", ["py", "js", "go", "java"])
def test_they_are_where_the_expressions_match(pack: str) -> None:
    expressions = json.loads(shipped_pack(pack).within)
    held = 0
    for file in fixtures(pack):
        data = file.after.data
        found, plain = places(f"{pack}.any", data), Places(data)
        for one in expressions:
            assert found.holds(one, 0, len(data)) == plain.holds(one, 0, len(data)), f"{file.path}: {one}"
            for head, _, end in _functions(data, analyzer(file.path)):
                assert found.holds(one, head, end) == plain.holds(one, head, end), f"{file.path}:{head}: {one}"
                held += plain.holds(one, head, end)
    assert held > 50


def test_what_begins_before_a_part_may_count_and_what_ends_behind_it_does_not() -> None:
    found = Finder(json.dumps(["ab", "b"]).encode()).places(b"x ab y")

    assert [found.holds("ab", *part) for part in ((0, 6), (2, 4), (0, 3), (4, 6))] == [True, True, False, False]
    assert found.holds("b", 3, 4)


def test_of_other_expressions_nothing_is_known_before_they_are_looked_for() -> None:
    found = places("py.any", b"exec(one)")

    assert found.holds(r"one\)", 0, 9)
    assert not found.holds(r"two\)", 0, 9)
    assert not places("local.any", b"").holds(r"one\)", 0, 0)
