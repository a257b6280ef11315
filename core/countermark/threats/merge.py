"""From a session's answers to the model. What a person wrote is never changed or dropped; where the two differ, a remark says so.

yes to "what can go wrong"       a threat, its decision open
yes to "what about it"           a control, and the decision "mitigate"
yes to "good enough"             evidence for that control, which is then active
don't know, anywhere             an unconfirmed assumption; a later yes or no confirms or rejects it
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import evolve, frozen

from .elements import Element, Trigger
from .infer import free
from .matching import Matcher
from .model import (
    SECTIONS,
    Anchor,
    Assumption,
    Control,
    ControlStatus,
    DecisionStatus,
    ElementKind,
    Model,
    Origin,
    Threat,
    Validity,
    ordered,
)
from .model import Element as Known
from .questions import Reply, Stage
from .session import Answer, Asked, Session

_Item = TypeVar("_Item", Threat, Control)
_KINDS = {Trigger.FLOW: ElementKind.FLOW, Trigger.STORE: ElementKind.STORE}
_NOT_DESCRIBED = "Not described yet."


@frozen
class Merged:
    """The model with a session's answers, and what a person may want to look at by hand."""

    model: Model
    remarks: tuple[str, ...]


def merge(session: Session, *, by: str) -> Merged:
    """Put a session's answers into its model; ``by`` says what kind of decider gave them, ``human`` as a rule."""
    draft = _Draft(session, by)
    for element in session.elements:
        replies = {
            asked.question.stage: (asked, session.answer(asked))
            for asked in session.queue
            if asked.element.id == element.id
        }
        given = {stage: pair for stage, pair in replies.items() if pair[1].reply is not None}
        if session.is_dropped(element):
            draft.drop(element, given)
        elif given:
            draft.add(element, given)
    return Merged(draft.model, tuple(draft.remarks))


class _Draft:
    """The model while it is being added to, each section by id."""

    def __init__(self, session: Session, by: str) -> None:
        self._session = session
        self._by = by
        self._matcher = Matcher(session.model)
        self._sections: dict[str, dict[str, Any]] = {
            name: {item.id: item for item in getattr(session.model, name)} for name in SECTIONS
        }
        self.remarks: list[str] = []

    @property
    def model(self) -> Model:
        """What it has come to."""
        sections: dict[str, Any] = {name: tuple(items.values()) for name, items in self._sections.items()}
        return ordered(evolve(self._session.model, **sections))

    def drop(self, element: Element, given: dict[Stage, tuple[Asked, Answer]]) -> None:
        """A person says that this is nothing to ask about; what the model knows of it stays, for a person to remove."""
        known = self._sections["elements"].get(element.id)
        if known is not None and not known.out_of_scope:
            self.remarks.append(f"{element.id} stays in the model, though this session says that it is not applicable")
            return
        why = (known.out_of_scope if known else "") or _note(given, Stage.WORKING_ON) or "not applicable"
        self._element(element, given)
        self._sections["elements"][element.id] = evolve(self._sections["elements"][element.id], out_of_scope=why)

    def add(self, element: Element, given: dict[Stage, tuple[Asked, Answer]]) -> None:
        """Put in one element and what its answers say."""
        known = self._sections["elements"].get(element.id)
        if known is not None and known.out_of_scope:
            self.remarks.append(f"{element.id} is no longer out of scope; the model said: {known.out_of_scope}")
        self._element(element, given)
        threat = self._threat(element, given)
        self._control(element, given, threat)
        for asked, answer in given.values():
            self._assumption(element, asked, answer)

    def _element(self, element: Element, given: dict[Stage, tuple[Asked, Answer]]) -> None:
        known: Known | None = self._sections["elements"].get(element.id)
        if known is None:
            known = Known(
                id=element.id,
                kind=_KINDS.get(element.trigger, ElementKind.PROCESS),
                origin=Origin.INFERRED,
                detector=element.detector,
            )
        ours = [Anchor(at.path, at.symbol, at.line_hint, at.fingerprint) for at in element.anchors]
        places = {(at.path, at.symbol) for at in ours}
        code = {(at.symbol, at.fingerprint) for at in ours}
        others = [
            at for at in known.anchors if (at.path, at.symbol) not in places and (at.symbol, at.fingerprint) not in code
        ]
        earlier = self._matcher.answered(element) if not known.out_of_scope else frozenset[str]()
        described = _reply(given, Stage.WORKING_ON) is Reply.YES
        self._sections["elements"][element.id] = evolve(
            known,
            anchors=tuple(sorted([*others, *ours], key=lambda at: (at.path, at.symbol, at.line_hint, at.fingerprint))),
            description=_added(known.description, _note(given, Stage.WORKING_ON)) if described else known.description,
            out_of_scope="",
            answered=tuple(sorted({*earlier, *(asked.question.id for asked, _ in given.values())})),
            confirmed_by=known.confirmed_by or self._by,
        )

    def _threat(self, element: Element, given: dict[Stage, tuple[Asked, Answer]]) -> str | None:
        """The threat that was named, or None; with the decision that the next answer makes."""
        if _reply(given, Stage.GO_WRONG) is not Reply.YES:
            return None
        threat = self._said("threats", f"{element.id}-harm", _note(given, Stage.GO_WRONG), lambda name: Threat(id=name))
        threat = evolve(threat, elements=_union(threat.elements, element.id))
        handled = _reply(given, Stage.DO_ABOUT_IT)
        if handled is Reply.YES and threat.decision.status is DecisionStatus.OPEN:
            old = threat.decision
            rationale = old.rationale or _note(given, Stage.DO_ABOUT_IT)
            decision = evolve(old, status=DecisionStatus.MITIGATE, rationale=rationale, decided_by=self._by)
            threat = evolve(threat, decision=decision)
        elif handled is Reply.NO and threat.decision.status is DecisionStatus.MITIGATE:
            self.remarks.append(
                f"{threat.id} stays decided as mitigate, though this session points at nothing that does it"
            )
        self._sections["threats"][threat.id] = threat
        return threat.id

    def _control(self, element: Element, given: dict[Stage, tuple[Asked, Answer]], threat: str | None) -> None:
        if _reply(given, Stage.DO_ABOUT_IT) is not Reply.YES:
            return
        note = _note(given, Stage.DO_ABOUT_IT)
        control = self._said("controls", f"{element.id}-guard", note, lambda name: Control(id=name))
        shown = _reply(given, Stage.GOOD_JOB)
        if shown is Reply.YES:
            evidence = _note(given, Stage.GOOD_JOB) or "a test or check; not named yet"
            status = ControlStatus.ACTIVE if control.status is ControlStatus.ASSUMED else control.status
            control = evolve(control, evidence=_union(control.evidence, evidence), status=status)
        elif shown is Reply.NO and control.status is ControlStatus.ACTIVE:
            self.remarks.append(f"{control.id} stays active, though this session knows of no test or check for it")
        self._sections["controls"][control.id] = evolve(
            control,
            mitigates=_union(control.mitigates, *([threat] if threat else [])),
            protects=_union(control.protects, element.id),
        )

    def _said(self, section: str, name: str, note: str, make: Callable[[str], _Item]) -> _Item:
        """The item that says this already, or says nothing yet, or else a new one; words that are there are not touched."""
        items: dict[str, _Item] = self._sections[section]
        mine = [item for key, item in items.items() if key == name or key.rstrip("0123456789") == f"{name}-"]
        for item in mine:
            if item.statement == note or not note:
                return item
        for item in mine:
            if item.statement in {"", _NOT_DESCRIBED}:
                return evolve(item, statement=note)
        return evolve(make(free(name, items.keys())), statement=note or _NOT_DESCRIBED)

    def _assumption(self, element: Element, asked: Asked, answer: Answer) -> None:
        items = self._sections["assumptions"]
        name = f"{element.id}-{asked.question.id.partition('.')[2]}"
        known: Assumption | None = items.get(name)
        if answer.reply is Reply.UNKNOWN:
            self._assume(known or Assumption(id=name, text=asked.assumes, affects=(element.id,)), answer.note)
        elif known is not None and known.validity is Validity.UNCONFIRMED and answer.reply in {Reply.YES, Reply.NO}:
            sound = answer.reply is asked.question.good
            items[name] = evolve(known, validity=Validity.CONFIRMED if sound else Validity.REJECTED)

    def _assume(self, assumption: Assumption, note: str) -> None:
        if assumption.validity is not Validity.UNCONFIRMED:
            self.remarks.append(f"{assumption.id} stays {assumption.validity.value}, though this session does not know")
        else:
            assumption = evolve(assumption, text=_added(assumption.text, note))
        self._sections["assumptions"][assumption.id] = assumption


def _reply(given: dict[Stage, tuple[Asked, Answer]], stage: Stage) -> Reply | None:
    return given[stage][1].reply if stage in given else None


def _note(given: dict[Stage, tuple[Asked, Answer]], stage: Stage) -> str:
    return given[stage][1].note.strip() if stage in given else ""


def _added(text: str, note: str) -> str:
    return text if note in text else f"{text} {note}".strip()


def _union(have: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return (*have, *(item for item in more if item not in have))
