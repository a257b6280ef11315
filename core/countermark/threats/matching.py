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

    def recognise(self, elements: Iterable[Element]) -> tuple[Element, ...]:
        """The elements under the ids that the model knows them by; new ones get ids that nothing in the model has."""
        elements = tuple(elements)
        placed = {known.id for known in map(self._here, elements) if known}
        taken = set(self._ids)
        named = []
        for element in elements:
            known = self._here(element) or self._moved(element)
            if known is None or (known.id in placed and known is not self._here(element)):
                name = free(element.id, taken)  # a copy of the same code is another element
            else:
                name = known.id
                placed.add(name)
            taken.add(name)
            named.append(evolve(element, id=name))
        return tuple(named)

    def answered(self, element: Element) -> frozenset[str]:
        """The questions that need no answer, for a person answered them about the code as it is now; none once that has changed."""
        known = self._here(element) or self._moved(element)
        if known is None or known.id != element.id:
            return frozenset()
        fingerprints = {anchor.fingerprint for anchor in known.anchors}
        if not all(anchor.fingerprint in fingerprints for anchor in element.anchors):
            return frozenset()
        return frozenset(question.id for question in QUESTIONS) if known.out_of_scope else frozenset(known.answered)

    def _here(self, element: Element) -> kept.Element | None:
        """What stands at the same place under the same name."""
        return self._by_place.get((element.where.path, element.where.symbol))

    def _moved(self, element: Element) -> kept.Element | None:
        """What has the same code under the same name elsewhere."""
        return self._by_code.get((element.where.symbol, element.where.fingerprint))
