"""Many small scans as one: an engine that takes down what it is asked, asks the real one once, and then answers from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, evolve, field

from countermark_rules.detectors.patterns.rungs import CORE
from countermark_rules.detectors.patterns.scanning import Bounds, Output, Source

Asked = tuple[frozenset[str], tuple[Source, ...]]


@define
class Pooled:
    """The engine. Until ``ask`` it finds nothing; afterwards it fails where it is asked what it had not been asked before."""

    name = "semgrep-core"
    _rules: dict[str, Mapping[str, Any]] = field(factory=dict)
    _asked: dict[Asked, None] = field(factory=dict)
    _answers: dict[Asked, Output] | None = None

    def scan(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:  # noqa: ARG002
        """See Engine."""
        known = {str(rule["id"]): rule for rule in rules}
        asked = (frozenset(known), tuple(sources))
        if self._answers is not None:
            return self._answers[asked]
        self._rules |= known
        self._asked[asked] = None
        return Output(())

    def ask(self) -> None:
        """Have all that was taken down answered, each text by its own rules."""
        texts = [
            source._replace(path=f"{number}\0{source.path}", rules=rules)
            for number, (rules, sources) in enumerate(self._asked)
            for source in sources
        ]
        output = CORE.scan(list(self._rules.values()), texts, Bounds(seconds=500, rule_seconds=30))
        assert not [trouble for trouble in output.troubles if trouble.path is None]
        self._answers = {asked: _of(number, output) for number, asked in enumerate(self._asked)}


def _of(number: int, output: Output) -> Output:
    start = f"{number}\0"
    matches = [evolve(one, path=one.path.removeprefix(start)) for one in output.matches if one.path.startswith(start)]
    named = [(one, one.path) for one in output.troubles if one.path and one.path.startswith(start)]
    return Output(tuple(matches), tuple(evolve(one, path=path.removeprefix(start)) for one, path in named))
