"""The model file: all faults at once, the same bytes for the same model, and nothing of a person's lost."""

from __future__ import annotations

import re
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countermark.errors import UsageError
from countermark.threats.json_schema import json_schema
from countermark.threats.model import (
    SCHEMA,
    Anchor,
    Assumption,
    Control,
    ControlStatus,
    Decision,
    DecisionStatus,
    Element,
    ElementKind,
    Grammar,
    Invariant,
    Model,
    Origin,
    Refs,
    Scope,
    Threat,
    Validity,
    ordered,
)
from countermark.threats.model_file import parse, render
from countermark.threats.structure import plain
from countermark.threats.yaml_reader import read

WRITTEN = b"""\
# Owned by the payments team.

schema: countermark/threat-model/1  # do not change
scope: {title: Billing API, exposure: external, data_sensitivity: [pii, fin], extensions: {board: 7}}
elements:
  # the endpoint that everybody asks about
  - {id: refund-endpoint, kind: process, zone: dmz, origin: inferred, detector: py.fastapi.route@1, confirmed_by: human,
     anchors: [{path: app/refunds.py, symbol: "POST /refunds", line_hint: 41, fingerprint: "aa"}]}
threats:
  - id: refund-idor  # discussed on 3 March
    grammar: {source: customer, prerequisites: with a valid session, action: refund another customer's order,
              impact: money loss, goal: [integrity], assets: [orders]}
    # E for elevation
    refs: {stride: [E], cwe: [639], llm: []}
    elements: [refund-endpoint]
    statement: |
      Somebody else's order  # this is text
      is refunded.
    decision: {status: mitigate, rationale: "safe # no comment", owner: team-billing, decided_by: human, review_by: 2027-02-01}
controls:
  - {id: owner-check, mitigates: [refund-idor], status: active, evidence: ["invariant:refund-owner-check"]}
invariants:
  - {id: refund-owner-check, statement: "Every refund route depends on require_owner", engine: semgrep, level: error,
     strength: under-approximating-scan, scope: {paths: [app/**]}, check: checks/refund-owner-check.yaml, expires: null}
assumptions: [{id: gateway-auth, text: "The gateway checks tokens.", validity: unconfirmed, affects: [refund-idor]}]
# The end.
"""


def test_a_file_written_by_hand_is_understood() -> None:
    model = parse(WRITTEN, "model.yaml")

    assert model.scope == Scope(
        title="Billing API", exposure="external", data_sensitivity=("pii", "fin"), extensions={"board": 7}
    )
    assert model.elements[0].anchors == (Anchor("app/refunds.py", "POST /refunds", 41, "aa"),)
    assert model.threats[0].decision.review_by == "2027-02-01"
    assert model.threats[0].refs == Refs(stride=("E",), cwe=(639,))


def test_comments_stay_with_what_they_are_about() -> None:
    text = render(parse(WRITTEN, "model.yaml"), WRITTEN).decode()

    assert text.startswith("# Owned by the payments team.\n")
    assert text.endswith("# The end.\n")
    for expected in (
        "schema: countermark/threat-model/1  # do not change\n",
        "  # the endpoint that everybody asks about\n  - anchors:\n",
        "    id: refund-idor  # discussed on 3 March\n",
        "    # E for elevation\n    refs:\n",
        "      Somebody else's order  # this is text\n",
        "      rationale: 'safe # no comment'\n",
    ):
        assert expected in text
    assert len(re.findall(r"# (?!this|no comment)", text)) == 6


def test_writing_again_changes_nothing() -> None:
    once = render(parse(WRITTEN, "model.yaml"), WRITTEN)

    assert parse(once, "model.yaml") == parse(WRITTEN, "model.yaml")
    assert render(parse(once, "model.yaml"), once) == once


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_comments_survive_items_that_come_and_move(line_end: str) -> None:
    lines = [f"schema: {SCHEMA}", "elements:", "  - id: b  # about b", "    # zoned", "    zone: dmz", ""]
    previous = line_end.join(lines).encode()
    model = parse(previous, "model.yaml")

    more = attrs.evolve(model, elements=(*model.elements, Element(id="a"), Element(id="c")))

    assert render(more, previous).decode() == (
        "elements:\n  - id: a\n    kind: process\n    origin: declared\n    zone: unknown\n"
        "  - id: b  # about b\n    kind: process\n    origin: declared\n    # zoned\n    zone: dmz\n"
        f"  - id: c\n    kind: process\n    origin: declared\n    zone: unknown\nschema: {SCHEMA}\n"
    )


def test_all_faults_are_told_at_once() -> None:
    data = b"""\
schema: countermark/threat-model/9
colour: red
scope: {title: 7}
elements:
  - {id: Not A Slug, kind: monster, foo: 1}
  - {kind: process}
  - {id: twice}
  - {id: twice, anchors: [{path: a.py, symbol: x, line_hint: top}]}
threats: none
"""

    with pytest.raises(UsageError) as fault:
        parse(data, "model.yaml")

    assert [re.sub(r"known are .*", "known are …", line) for line in str(fault.value).splitlines()] == [
        "model.yaml, line 1: schema: expected countermark/threat-model/1; found 'countermark/threat-model/9'",
        "model.yaml, line 2: colour: unknown key; known are …",
        "model.yaml, line 3: scope.title: expected text, found 7 (put it in quotes if it is text)",
        "model.yaml, line 5: elements[0].foo: unknown key; known are …",
        "model.yaml, line 5: elements[0].id: expected an id of small letters, digits and single dashes",
        "model.yaml, line 5: elements[0].kind: expected one of actor, process, store, flow; found 'monster'",
        "model.yaml, line 6: elements[1]: 'id' is missing",
        "model.yaml, line 8: elements[3].anchors[0].line_hint: expected a whole number, found 'top'",
        "model.yaml, line 9: threats: expected a list, found 'none'",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("elements: [{id: a}, {id: a}]", "elements[0].id: 'a' is there 2 times; rename one"),
        ("threats: [{id: t, elements: [gone]}]", "threats[0].elements: 'gone' is no id among the elements"),
        ("controls: [{id: c, mitigates: [gone]}]", "controls[0].mitigates: 'gone' is no id among the threats"),
        (
            "assumptions: [{id: c, affects: [gone]}]",
            "assumptions[0].affects: 'gone' is no id among the elements or threats",
        ),
    ],
)
def test_ids_are_unique_and_lead_somewhere(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        parse(f"schema: {SCHEMA}\n{text}\n".encode(), "model.yaml")


@pytest.mark.parametrize("data", [b"", b"- a\n", b"text\n", b"{}\n", b"elements: []\n"])
def test_a_file_that_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"model\.yaml"):
        parse(data, "model.yaml")


def test_faults_show_nothing_raw() -> None:
    with pytest.raises(UsageError) as fault:
        parse(b'schema: "\\e[2J\\u202e"\n"k\\u200b": 1\n', "model.yaml")

    assert "\\x1b[2J\\u202e" in str(fault.value)
    assert not {"\x1b", "\u202e", "\u200b"} & set(str(fault.value))


SLUGS = st.from_regex(r"[0-9a-z]{1,6}(-[0-9a-z]{1,4}){0,2}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
EXTENSIONS = st.dictionaries(WORDS, WORDS | st.integers(-99, 99) | st.lists(WORDS, max_size=2), max_size=2)


def by_id(items: list[Any]) -> tuple[Any, ...]:
    return tuple({item.id: item for item in items}.values())


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Models with everything in them, whose ids lead somewhere."""
    anchors = st.lists(st.builds(Anchor, WORDS, WORDS, st.integers(0, 10**6), WORDS), max_size=2).map(tuple)
    element = st.builds(
        Element, SLUGS, st.sampled_from(ElementKind), WORDS, WORDS.filter(bool), st.sampled_from(Origin), WORDS, WORDS, WORDS, LISTS,
        anchors, EXTENSIONS,
    )  # fmt: skip
    elements = by_id(draw(st.lists(element, max_size=3)))
    of_elements = (
        st.lists(st.sampled_from([item.id for item in elements]), max_size=2).map(tuple) if elements else st.just(())
    )
    grammar = st.none() | st.builds(Grammar, WORDS.filter(bool), WORDS, WORDS, WORDS, LISTS, LISTS)
    refs = st.none() | st.builds(Refs, LISTS, st.lists(st.integers(1, 2000), min_size=1, max_size=2).map(tuple), LISTS)
    decision = st.builds(Decision, st.sampled_from(DecisionStatus), WORDS, WORDS, WORDS, WORDS)
    threat = st.builds(Threat, SLUGS, WORDS, grammar, of_elements, refs, decision, EXTENSIONS)
    threats = by_id(draw(st.lists(threat, max_size=3)))
    of_threats = (
        st.lists(st.sampled_from([item.id for item in threats]), max_size=2).map(tuple) if threats else st.just(())
    )
    control = st.builds(
        Control, SLUGS, WORDS, of_threats, of_elements, st.sampled_from(ControlStatus), LISTS, EXTENSIONS
    )
    invariant = st.builds(Invariant, SLUGS, WORDS, of_threats, extensions=EXTENSIONS)
    assumption = st.builds(Assumption, SLUGS, WORDS, st.sampled_from(Validity), of_elements, EXTENSIONS)
    return ordered(
        Model(
            scope=draw(st.builds(Scope, WORDS, WORDS, WORDS, LISTS, EXTENSIONS)),
            elements=elements,
            threats=threats,
            controls=by_id(draw(st.lists(control, max_size=2))),
            invariants=by_id(draw(st.lists(invariant, max_size=2))),
            assumptions=by_id(draw(st.lists(assumption, max_size=2))),
            extensions=draw(EXTENSIONS),
        )
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models())
def test_every_model_survives_a_round_trip(model: Model) -> None:
    data = render(model, None)

    assert parse(data, "model.yaml") == model
    assert render(parse(data, "model.yaml"), data) == data
    jsonschema.validate(read(data, "model.yaml").plain, json_schema())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models(), models())
def test_comments_survive_whatever_changes(before: Model, after: Model) -> None:
    lines = render(before, None).decode().splitlines()
    # Behind keys and above them; a line inside a block of text would be no comment.
    keys = [at for at, line in enumerate(lines) if re.fullmatch(r"[a-z]+:|schema: .*", line)]
    for at in reversed(keys):
        lines[at] += f"  # behind {at}!"
        lines.insert(at, f"# above {at}!")

    text = render(after, "\n".join(lines).encode())

    assert parse(text, "model.yaml") == after
    for at in keys:
        assert f"# behind {at}!".encode() in text
        assert f"# above {at}!".encode() in text


def test_the_schema_is_sound_and_strict() -> None:
    schema = json_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(plain(parse(WRITTEN, "model.yaml")), schema)
    for wrong in (
        {},
        {"schema": "x"},
        {"schema": SCHEMA, "colour": 1},
        {"schema": SCHEMA, "elements": [{"id": "A B"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
