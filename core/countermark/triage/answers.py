"""What the comments of one file answer for, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from countermark.change import FileChange
from countermark.finding import Finding
from countermark.placing import masked

from .directive import Allow, Fault
from .inline import Directive, directives
from .markers import Markers
from .rules import UNUSED

_LONGEST = 200  # characters of a reason that are shown


class Answers:
    """The comments of one file; it remembers which of them were needed.

    ``findings`` are all of that file, for their secrets to be masked in what is shown of a comment.
    """

    def __init__(
        self, file: FileChange, findings: Sequence[Finding], *, today: date, longest: int | None, foreign_markers: bool
    ) -> None:
        self._file = file
        self._secrets = sorted(span for finding in findings for span in finding.secrets)
        self._directives = directives(file, today=today, longest=longest)
        self._markers = Markers(file.after) if foreign_markers else None
        self._used: set[Directive] = set()

    def why(self, finding: Finding) -> str | None:
        """Which comment answers for a finding, with its reason."""
        covering = [directive for directive in self._directives if directive.covers(finding, self._file.after)]
        self._used.update(covering)
        if covering:
            return self._reason(covering[0])
        return self._markers.allows(finding) if self._markers else None

    def about(self, looks_for: Callable[[Iterable[str]], bool] | None) -> tuple[Finding, ...]:
        """Findings about comments that do not hold, or that nothing needed.

        ``looks_for`` says whether the run looked for all of some rules; None where it did not get to the end of the file, so that
        nobody can tell what is needed.
        """
        about = []
        for directive in self._directives:
            said = directive.said
            if isinstance(said, Fault):
                about.append(Finding.of(said.rule, self._file.path, directive.span, message=said.message))
            elif looks_for and directive not in self._used and looks_for(said.rules):
                about.append(Finding.of(UNUSED, self._file.path, directive.span))
        return tuple(about)

    def _reason(self, directive: Directive) -> str:
        assert isinstance(directive.said, Allow)  # noqa: S101 - only these cover a finding
        reason = masked(self._file.after, directive.said.reason, self._secrets)
        return f"line {self._file.after.line_at(directive.span.start) + 1}: {reason[:_LONGEST].strip()}"
