"""A function is left out only where a rule that follows data can end at nothing in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from countermark_rules.detectors.patterns.bundle import PatternRule, load_pack
from countermark_rules.detectors.patterns.expressions import expression

_SENDING = ("get", "post", "put", "patch", "delete", "head", "options", "stream", "request")
_RULES = [rule for rule in load_pack("py") if rule.id in {"py.path-from-request", "py.address-from-request"}]


def _patterns(said: Any) -> Iterator[str]:
    """What a part of a rule matches; not what it must not, nor what has to be around it."""
    if isinstance(said, list):
        for one in said:
            yield from _patterns(one)
    elif isinstance(said, dict):
        for key, value in said.items():
            if key == "pattern":
                yield value
            elif not key.startswith("pattern-not") and key != "pattern-inside":
                yield from _patterns(value)


def _written(pattern: str) -> Iterator[str]:
    """A sink as code has it: by its whole name, and as it is called once it was imported by name."""
    for verb in _SENDING if "$SEND" in pattern else ("",):
        code = pattern.replace("$SEND", verb).replace("$CLIENT", "client")
        yield code
        yield re.sub(r"^(?:\w+\.)+(?=\w+\()", "", code)


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_every_sink_is_among_what_a_function_must_hold(rule: PatternRule) -> None:
    _, ends = rule.within
    codes = {code for one in _patterns(rule.semgrep["pattern-sinks"]) for code in _written(one)}

    assert len(codes) > 50
    assert [code for code in codes if not expression(ends).search(code.encode())] == []
