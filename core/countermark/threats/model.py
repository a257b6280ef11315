"""The threat model of a repository, as its file holds it. The JSON Schema is generated from these classes (see json_schema.py).

The vocabulary is that of the OWASP Threat Model Library; added are anchors in the code, invariants, and who decided. Nothing here tells
the time: sessions do, so that two branches' models merge line by line. Unknown keys are refused, save under ``extensions``, which we
keep as they are.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import Factory, evolve, field, frozen

SCHEMA = "countermark/threat-model/1"


class ElementKind(Enum):
    """What a data-flow diagram would draw."""

    ACTOR = "actor"
    PROCESS = "process"
    STORE = "store"
    FLOW = "flow"


class Origin(Enum):
    """Who put an element there: a detector, or a person by hand."""

    INFERRED = "inferred"
    DECLARED = "declared"


class DecisionStatus(Enum):
    """What is to be done about a threat."""

    OPEN = "open"
    MITIGATE = "mitigate"
    ACCEPT = "accept"
    TRANSFER = "transfer"
    AVOID = "avoid"
    NOT_APPLICABLE = "not-applicable"


class ControlStatus(Enum):
    """How far a control is; ``assumed`` until something shows that it works."""

    ASSUMED = "assumed"
    ACTIVE = "active"
    SUGGESTED = "suggested"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    RETIRED = "retired"
    WONT_DO = "wont_do"


class Validity(Enum):
    """Whether an assumption was looked into."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


def _slug() -> Any:
    """An id: small letters, digits and single dashes."""
    return field(metadata={"pattern": r"[0-9a-z]+(-[0-9a-z]+)*"})


def _ids_of(*sections: str) -> Any:
    """Ids of items of these sections of the model."""
    return field(default=(), metadata={"refers": sections})


@frozen
class Scope:
    """What the model is about."""

    title: str = ""
    description: str = ""
    exposure: str = ""
    data_sensitivity: tuple[str, ...] = ()
    extensions: dict[str, Any] = Factory(dict)


@frozen
class Anchor:
    """Where an element stands in the code; the fingerprint finds it when lines move."""

    path: str
    symbol: str
    line_hint: int = 0
    fingerprint: str = ""


@frozen
class Element:
    """A part of the system.

    ``answered`` lists the questions that a person answered about the code as the anchors know it. ``out_of_scope`` is why a person said
    that it is nothing to ask about.
    """

    id: str = _slug()
    kind: ElementKind = ElementKind.PROCESS
    description: str = ""
    zone: str = "unknown"
    origin: Origin = Origin.DECLARED
    detector: str = ""
    confirmed_by: str = ""
    out_of_scope: str = ""
    answered: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    extensions: dict[str, Any] = Factory(dict)


@frozen
class Grammar:
    """A threat in parts: a SOURCE, given PREREQUISITES, can ACTION, which leads to IMPACT on GOAL of ASSETS."""

    source: str = ""
    prerequisites: str = ""
    action: str = ""
    impact: str = ""
    goal: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


@frozen
class Refs:
    """Where others describe this kind of threat; each id with its edition where it has one (``LLM01:2026``)."""

    stride: tuple[str, ...] = ()
    cwe: tuple[int, ...] = ()
    llm: tuple[str, ...] = ()


@frozen
class Decision:
    """What was decided about a threat. A person decides; nothing else may."""

    status: DecisionStatus = DecisionStatus.OPEN
    rationale: str = ""
    owner: str = ""
    decided_by: str = ""
    review_by: str = ""


@frozen
class Threat:
    """Something that can go wrong, in one sentence or in parts."""

    id: str = _slug()
    statement: str = ""
    grammar: Grammar | None = None
    elements: tuple[str, ...] = _ids_of("elements")
    refs: Refs | None = None
    decision: Decision = Decision()
    extensions: dict[str, Any] = Factory(dict)


@frozen
class Control:
    """Something that stands against threats, or protects elements where no threat is known; ``evidence`` shows that it works."""

    id: str = _slug()
    statement: str = ""
    mitigates: tuple[str, ...] = _ids_of("threats")
    protects: tuple[str, ...] = _ids_of("elements")
    status: ControlStatus = ControlStatus.ASSUMED
    evidence: tuple[str, ...] = ()
    extensions: dict[str, Any] = Factory(dict)


@frozen
class InvariantScope:
    """Where an invariant holds, as patterns of paths."""

    paths: tuple[str, ...] = ()


@frozen
class Invariant:
    """Something that must stay true, and the check that watches over it."""

    id: str = _slug()
    statement: str = ""
    threats: tuple[str, ...] = _ids_of("threats")
    engine: str = ""
    level: str = ""
    strength: str = ""
    scope: InvariantScope = InvariantScope()
    check: str = ""
    expires: str | None = None
    extensions: dict[str, Any] = Factory(dict)


@frozen
class Assumption:
    """Something that is taken for granted. ``affects`` names elements or threats."""

    id: str = _slug()
    text: str = ""
    validity: Validity = Validity.UNCONFIRMED
    affects: tuple[str, ...] = _ids_of("elements", "threats")
    extensions: dict[str, Any] = Factory(dict)


@frozen
class Model:
    """The whole file."""

    schema: str = field(default=SCHEMA, metadata={"const": SCHEMA})
    scope: Scope = Scope()
    elements: tuple[Element, ...] = ()
    threats: tuple[Threat, ...] = ()
    controls: tuple[Control, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    extensions: dict[str, Any] = Factory(dict)


SECTIONS = ("elements", "threats", "controls", "invariants", "assumptions")


def ordered(model: Model) -> Model:
    """The same model with each section in the order of ids, as it is written."""
    sections: dict[str, Any] = {name: tuple(sorted(getattr(model, name), key=_id)) for name in SECTIONS}
    return evolve(model, **sections)


def _id(item: Any) -> str:
    name: str = item.id
    return name
