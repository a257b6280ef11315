"""Expressions that are compiled late say what others do."""

from __future__ import annotations

import re

from countermark import lazily


def test_a_lazy_expression_is_one() -> None:
    late, early = lazily.lazy(r"(a)b", re.IGNORECASE), re.compile(r"(a)b", re.IGNORECASE)

    assert late.pattern == early.pattern
    assert late.findall("ab AB") == early.findall("ab AB")


def test_all_of_them_can_be_compiled_at_once() -> None:
    late = lazily.lazy(r"only (\w+)")

    lazily.ready()

    assert {"search", "match", "sub"} <= vars(late).keys()
