"""What is said of one loss, before it is a finding: the rule, the place now, and what stood where before."""

from __future__ import annotations

from typing import NamedTuple

from countermark.content import Span
from countermark.finding import Confidence, Rule, Severity

from .versions import Versions, line_of


class Loss(NamedTuple):
    """One thing that a change takes away or silences. ``old`` is where it stood before, or what stood there in its place."""

    rule: Rule
    file: Versions
    span: Span
    old: Span | None = None
    about: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None

    @classmethod
    def removed(
        cls, rule: Rule, file: Versions, line: int, about: str = "", confidence: Confidence | None = None
    ) -> Loss:
        """A line of the old version, by its number from 0, that is no more."""
        old = line_of(file.before, line)
        return cls(rule, file, file.place(old.start), old, about, confidence=confidence)

    @classmethod
    def added(
        cls, rule: Rule, file: Versions, line: int, old: int | None = None, about: str = "", *, excused: bool = False
    ) -> Loss:
        """A new line that silences or loosens something, and the old one that it replaces; one that gives its reason weighs less."""
        before = None if old is None else line_of(file.before, old)
        severity = Severity.LOW if excused else None
        return cls(rule, file, line_of(file.after, line), before, about, severity)
