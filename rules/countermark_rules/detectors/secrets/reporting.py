"""From candidates to the findings that a person reads. Nothing of a value goes into any text of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from countermark.change import FileChange
from countermark.content import Span
from countermark.finding import Finding

from .confirming import Candidate
from .fixes import Fixer
from .rules import rule_of, upstream_rules
from .search import bundle
from .structured import LIFETIMES

_MOST = 1_000  # values of a file that are looked for elsewhere in it, and places of each


def findings(candidates: Iterable[Candidate], file: FileChange) -> Iterator[Finding]:
    """The findings about a file's candidates."""
    found = list(candidates)
    known: set[str] = set()
    fixer = Fixer(file, [candidate.span for candidate in found])
    for candidate in found:
        value = file.after.slice(candidate.span)
        elsewhere = tuple(_places(value, file.after.text)) if value not in known and len(known) < _MOST else ()
        known.add(value)
        yield _finding(candidate, fixer, tuple(span for span in elsewhere if span != candidate.span))


def _finding(candidate: Candidate, fixer: Fixer, elsewhere: tuple[Span, ...]) -> Finding:
    token = bundle().token(candidate.slug)
    rule = rule_of(token) if token else upstream_rules()[candidate.slug]
    return Finding.of(
        rule,
        fixer.file.path,
        candidate.span,
        message=f"{rule.why} Judged by the value: {candidate.reason}." if candidate.reason else rule.why,
        confidence=candidate.confidence,
        secrets=(candidate.span, *elsewhere),
        lifetime=token.lifetime if token else LIFETIMES.get(candidate.slug),
        fixes=fixer.fixes(candidate.span, candidate.slug),
    )


def _places(value: str, text: str) -> Iterator[Span]:
    """Where a value stands, found by a rule there or not: nobody may see it in the line of another finding either."""
    at = text.find(value)
    for _ in range(_MOST):
        if at < 0:
            return
        yield Span(at, at + len(value))
        at = text.find(value, at + len(value))
