"""Sort findings: what is open, what somebody has answered for, and what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from countermark.change import FileChange
from countermark.finding import Finding, Rule
from countermark.verdict import Suppressed

from .baseline import Baseline, Entry
from .foreign import Foreign
from .mark import is_marked

if TYPE_CHECKING:
    from .answers import Answers

_LONGEST = 200  # characters of a reason that are shown


@frozen
class Triaged:
    """The findings of one file, sorted. ``about`` are findings about the suppressions themselves, not yet placed."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    about: tuple[Finding, ...] = ()


@define(frozen=True, eq=False)
class Triage:
    """What is known, and which comments count.

    ``longest`` is how many days a comment may last, None for any time. ``rules`` gives the rules that a run looks for, when
    somebody asks: a comment that names another one is not called unused.
    """

    today: date
    baseline: Baseline = field(factory=Baseline)
    foreign: Foreign = field(factory=Foreign)
    ignore_inline: bool = False
    foreign_markers: bool = False
    longest: int | None = None
    rules: Callable[[], Sequence[Rule]] = tuple

    def apply(self, file: FileChange, findings: Sequence[Finding], *, complete: bool) -> Triaged:
        """Sort the placed findings of one file. ``complete`` is False where a detector failed, so that nothing is called unused.

        A version that a later one of the same change replaced keeps its suppressions, but nobody can mend them any more.
        """
        answers = self._answers(file, findings)
        kept: list[Finding] = []
        suppressed: list[Suppressed] = []
        for finding in findings:
            in_source = answers.why(finding) if answers else None
            if why := in_source or self._known(file, finding):
                suppressed.append(Suppressed(finding, in_source=in_source is not None, why=why))
            else:
                kept.append(finding)
        about = answers.about(self._looks_for if complete else None) if answers and not file.commit else ()
        return Triaged(tuple(kept), tuple(suppressed), about)

    def without_baselines(self) -> Triage:
        """The same, as if nothing had been recorded."""
        return evolve(self, baseline=Baseline(), foreign=Foreign())

    def _answers(self, file: FileChange, findings: Sequence[Finding]) -> Answers | None:
        if self.ignore_inline or not (is_marked(file.after) or (self.foreign_markers and findings)):
            return None
        from .answers import Answers  # most files hold no comment for us, and a hook has no time

        return Answers(file, findings, today=self.today, longest=self.longest, foreign_markers=self.foreign_markers)

    def _known(self, file: FileChange, finding: Finding) -> str | None:
        entry = self._entries.get(finding.fingerprint)
        if entry is None:
            return self.foreign.knows(file, finding)
        said = f"in the baseline{f' as {entry.status}' if entry.status else ''}"
        return f"{said}: {entry.reason[:_LONGEST]}" if entry.reason else said

    def _looks_for(self, names: Iterable[str]) -> bool:
        return self._names.issuperset(names)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for rule in self.rules() for name in (rule.id, f"{rule.family}/*"))

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.fingerprint: entry for entry in self.baseline.entries}


__all__ = ["Triage", "Triaged"]
