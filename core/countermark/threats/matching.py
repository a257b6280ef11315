"""Which elements of a change the model already knows, and what was answered about them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from . import model as kept
from .elements import Element
from .infer import free
from .questions import QUESTIONS


class Matcher:
    """The elements of one model by place and by code."""

    def __init__(self, model: kept.Model) -> None:
        self._ids = {known.id for known in model.elements}
        pairs = [(anchor, known) for known in reversed(model.elements) for anchor in known.anchors]
        self._by_place = {(anchor.path, anchor.symbol): known for anchor, known in pairs}
        self._by_code = {(anchor.symbol, anchor.fingerprint): known for anchor, known in pairs if anchor.fingerprint}

    def find(self, element: Element) -> kept.Element | None:
        """The model's element that stands at the same place under the same name, or has the same code elsewhere, as after a move."""
        where = element.where
        return self._by_place.get((where.path, where.symbol)) or self._by_code.get((where.symbol, where.fingerprint))

    def recognise(self, elements: Iterable[Element]) -> tuple[Element, ...]:
        """The elements under the ids that the model knows them by; new ones get ids that nothing in the model has."""
        taken = set(self._ids)
        used: set[str] = set()
        named = []
        for element in elements:
            known = self.find(element)
            # A copy of the same code is another element.
            name = free(element.id, taken) if known is None or known.id in used else known.id
            taken.add(name)
            used.add(name)
            named.append(evolve(element, id=name))
        return tuple(named)

    def answered(self, element: Element) -> frozenset[str]:
        """The questions that need no answer, for a person answered them about the code as it is now; none once that has changed."""
        known = self.find(element)
        if known is None or known.id != element.id:
            return frozenset()
        fingerprints = {anchor.fingerprint for anchor in known.anchors}
        if not all(anchor.fingerprint in fingerprints for anchor in element.anchors):
            return frozenset()
        return frozenset(question.id for question in QUESTIONS) if known.out_of_scope else frozenset(known.answered)
