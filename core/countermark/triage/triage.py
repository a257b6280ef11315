"""Sort findings: what is open, what somebody has answered for, and what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import define, evolve, field, frozen

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark.finding import Finding, Rule
from countermark.placing import masked
from countermark.verdict import Suppressed

from .baseline import Baseline, Entry
from .directive import Allow, Fault
from .foreign import Foreign
from .inline import Directive, directives
from .markers import Markers
from .rules import UNUSED

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
        comments = () if self.ignore_inline else directives(file, today=self.today, longest=self.longest)
        if not findings and not comments:
            return Triaged(())
        markers = Markers(file.after) if self.foreign_markers and not self.ignore_inline else None
        secrets = sorted(span for finding in findings for span in finding.secrets)
        kept: list[Finding] = []
        suppressed: list[Suppressed] = []
        used: set[Directive] = set()
        for finding in findings:
            covering = [comment for comment in comments if comment.covers(finding, file.after)]
            used.update(covering)
            in_source = _why(file.after, covering[0], secrets) if covering else markers and markers.allows(finding)
            why = in_source or self._known(file, finding)
            if why:
                suppressed.append(Suppressed(finding, in_source=bool(in_source), why=why))
            else:
                kept.append(finding)
        about = () if file.commit else self._about(file.path, comments, used if complete else None)
        return Triaged(tuple(kept), tuple(suppressed), about)

    def without_baselines(self) -> Triage:
        """The same, as if nothing had been recorded."""
        return evolve(self, baseline=Baseline(), foreign=Foreign())

    def _known(self, file: FileChange, finding: Finding) -> str | None:
        entry = self._entries.get(finding.fingerprint)
        if entry is None:
            return self.foreign.knows(file, finding)
        said = f"in the baseline{f' as {entry.status}' if entry.status else ''}"
        return f"{said}: {entry.reason[:_LONGEST]}" if entry.reason else said

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.fingerprint: entry for entry in self.baseline.entries}

    def _about(self, path: str, comments: Sequence[Directive], used: set[Directive] | None) -> tuple[Finding, ...]:
        """Findings about comments that do not hold, or that nothing needs; ``used`` is None where nobody can tell."""
        about = []
        for comment in comments:
            if isinstance(comment.said, Fault):
                about.append(Finding.of(comment.said.rule, path, comment.span, message=comment.said.message))
            elif used is not None and comment not in used and self._looked_for(comment.said):
                about.append(Finding.of(UNUSED, path, comment.span))
        return tuple(about)

    def _looked_for(self, said: Allow) -> bool:
        """Whether this run looks for everything that a comment names."""
        return self._names.issuperset(said.rules)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for rule in self.rules() for name in (rule.id, f"{rule.family}/*"))


def _why(content: Content, comment: Directive, secrets: Sequence[Span]) -> str:
    """Where a comment stands, and its reason, in which no secret may show."""
    assert isinstance(comment.said, Allow)  # noqa: S101 - only these cover a finding
    return f"line {content.line_at(comment.span.start) + 1}: {masked(content, comment.said.reason, secrets)[:_LONGEST].strip()}"


__all__ = ["Triage", "Triaged"]
