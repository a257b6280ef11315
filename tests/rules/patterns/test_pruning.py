"""A rule without the alternatives that a text has no names for finds the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest
from attrs import frozen

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark_rules.detectors.patterns import rungs
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.packs import analyzer, suffix
from countermark_rules.detectors.patterns.pruning import pruned, vocabulary
from countermark_rules.detectors.patterns.scanning import Bounds, Engine, Match, Source
from countermark_rules.detectors.patterns.warm import Warm

from .test_fixtures import fixtures
from .texts import rule

Asked = tuple[Source, Mapping[str, Any]]


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        ("requests.get($URL)", b"import requests\nrequests.get(a)", True),
        ("requests.get($URL)", b"from requests import get as load\nload(a)", True),
        ("requests.get($URL)", b"requests.post(a)", False),
        ("requests.get($URL)", b"requests.get_all(a)", False),
        ('os.system("rm " + $X)', b"os.system(a)", True),  # Semgrep knows what a constant is made of
        ("$X.execute(f'select {$Y}')", b"a.execute(b)", True),
        ("(Connection $C).close()", b"a.close()", True),  # whose type it may know from elsewhere
        ("($C : *sql.DB).Query($Q)", b"a.Query(b)", True),
        ("if $X:\n  return True", b"a", True),
    ],
)
def test_a_pattern_may_match_where_its_names_are(pattern: str, text: bytes, may: bool) -> None:
    assert (pruned(rule("py.one", ["python"], pattern=pattern), vocabulary([text])) is not None) is may


@frozen
class _Case:
    """Lists of a rule's patterns, and the numbers of those that are left."""

    rule: dict[str, Any]
    left: dict[str, list[int]] | None


_A, _B, _ANY = {"pattern": "first($X)"}, {"pattern": "other($X)"}, {"pattern": "$X"}
_CASES = {
    "one of two": _Case({"pattern-either": [_A, _B]}, {"pattern-either": [0]}),
    "none": _Case({"pattern-either": [_B, _B]}, None),
    "one that has to be": _Case({"patterns": [_A, _B]}, None),
    "what must not be": _Case({"patterns": [_A, {"pattern-not": "other($X)"}]}, {"patterns": [0, 1]}),
    "around it": _Case({"patterns": [_A, {"pattern-inside": "other(...)"}]}, None),
    "in a list in a list": _Case({"pattern-either": [{"patterns": [_A, {"pattern-either": [_B]}]}, _ANY]}, {"pattern-either": [1]}),
    "sinks": _Case({"pattern-sources": [_A], "pattern-sinks": [_B, _A]}, {"pattern-sources": [0], "pattern-sinks": [1]}),
    "no sink": _Case({"pattern-sources": [_A], "pattern-sinks": [_B]}, None),
    "no source": _Case({"pattern-sources": [_B], "pattern-sinks": [_A]}, None),
    "no sanitizer": _Case(
        {"pattern-sources": [_A], "pattern-sinks": [_A], "pattern-sanitizers": [_B]},
        {"pattern-sources": [0], "pattern-sinks": [0], "pattern-sanitizers": []},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES)
def test_what_cannot_match_is_left_out(case: _Case) -> None:
    mode = {"mode": "taint"} if "pattern-sinks" in case.rule else {}
    whole = rule("py.one", ["python"], **mode, **case.rule)

    found = pruned(whole, vocabulary([b"first(value)"]))

    expected = case.left and {**whole, **{key: [case.rule[key][n] for n in kept] for key, kept in case.left.items()}}
    assert found == expected


def test_a_rule_of_a_repository_stays_whole() -> None:
    own = rule("local.one", ["python"], pattern="requests.get($URL)")

    assert pruned(own, vocabulary([b"nothing"])) is own


@pytest.fixture(params=["cold", "warm"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "cold":
        yield rungs.CORE
        return
    with closing(Warm()) as warm:
        yield warm


def test_a_text_that_no_rule_is_left_for_is_not_asked_about(engine: Engine) -> None:
    one, other = rule("py.one", ["python"], pattern="first($X)"), rule("py.other", ["python"], pattern="other($X)")
    sources = [
        Source("none.py", b"nothing(1)\n", ("python",), ".py", frozenset({"py.other"})),
        Source("one.py", b"first(1)\n", ("python",), ".py", frozenset({"py.one"})),
    ]

    output = engine.scan([one, other], sources, Bounds())

    assert [(match.rule, match.path, match.start) for match in output.matches] == [("py.one", "one.py", 0)]
    assert not output.remarks
    assert not output.troubles
    assert engine.scan([other], sources[:1], Bounds()).matches == ()


@pytest.mark.parametrize("pack", ["py", "js", "go", "java"])
def test_every_fixture_gives_the_same_as_with_whole_rules(pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rungs, "_MANY", 0)  # it is asked as it stands here
    whole = list(_asked(fixtures(pack)))
    less = [(source, left) for source, rule in whole if (left := pruned(rule, vocabulary([source.data]))) is not None]

    assert _found(less) == _found(whole) != set()
    assert _size(less) < 0.7 * _size(whole)


def _asked(files: Sequence[FileChange]) -> Iterator[Asked]:
    """Each text with the rules that may match in it, under a name of their own there."""
    detector = PatternsDetector(Settings())
    for number, file in enumerate(files):
        for found in detector._candidates(file):
            source = Source(file.path, file.after.text.encode(), (analyzer(file.path),), suffix(file.path))
            yield source, {**found.semgrep, "id": f"{found.id}-{number}"}


def _found(asked: Sequence[Asked]) -> set[Match]:
    sources: dict[str, Source] = {}
    for source, one in asked:
        known = sources.get(source.path, source)
        sources[source.path] = known._replace(rules=known.rules | {one["id"]})
    output = rungs.CORE.scan([one for _, one in asked], list(sources.values()), Bounds(300, 60, 2))
    assert output.troubles == ()
    return set(output.matches)


def _size(asked: Sequence[Asked]) -> int:
    return len(json.dumps([rule for _, rule in asked]))
