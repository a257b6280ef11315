"""From candidates to the findings that a person reads. Nothing of a value goes into any text of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache as once

from attrs import evolve

from countermark.change import FileChange
from countermark.content import Span
from countermark.finding import Finding, Lifetime, Rule, Severity

from .confirming import Candidate
from .fixes import Fixer
from .lifetimes import Life, lifetime
from .own import OwnTokens
from .rules import rule_of, upstream_rules
from .search import bundle

_MOST = 1_000  # values of a file that are looked for elsewhere in it, and places of each


def findings(
    candidates: Iterable[Candidate], file: FileChange, today: date, own: OwnTokens | None = None
) -> Iterator[Finding]:
    """The findings about a file's candidates; ``today`` decides what has expired, ``own`` knows what the settings describe."""
    found = list(candidates)
    known: set[str] = set()
    fixer = Fixer(file, [candidate.span for candidate in found])
    for candidate in found:
        value = file.after.slice(candidate.span)
        elsewhere = tuple(_places(value, file.after.text)) if value not in known and len(known) < _MOST else ()
        known.add(value)
        yield _finding(candidate, fixer, tuple(span for span in elsewhere if span != candidate.span), today, own)


def _finding(
    candidate: Candidate, fixer: Fixer, elsewhere: tuple[Span, ...], today: date, own: OwnTokens | None
) -> Finding:
    rule = _rule(candidate.slug, own)
    text = fixer.file.after.text
    value = text[candidate.span.start : candidate.span.end]
    life = lifetime(candidate.slug, value, now=today, text=text, at=candidate.span.start)
    if life.kind is Lifetime.UNKNOWN and own and candidate.slug in own.lifetimes:
        life = Life(own.lifetimes[candidate.slug])
    reason = f"Judged by the value: {candidate.reason}." if candidate.reason else ""
    finding = Finding.of(
        rule,
        fixer.file.path,
        candidate.span,
        message=" ".join(filter(None, (rule.why, life.why, reason))),
        confidence=candidate.confidence,
        secrets=(candidate.span, *elsewhere),
        lifetime=life.kind,
        lasts=life.lasts,
        fixes=fixer.fixes(candidate.span, candidate.slug),
    )
    # It opens nothing any more, but may still tell who had it, and for what.
    expired = life.kind is Lifetime.EXPIRED
    return evolve(finding, severity=min(finding.severity, Severity.LOW)) if expired else finding


def _rule(slug: str, own: OwnTokens | None) -> Rule:
    if own and slug in own.rules:
        return own.rules[slug]
    return _shipped(slug)


@once
def _shipped(slug: str) -> Rule:
    token = bundle().token(slug)
    return rule_of(token) if token else upstream_rules()[slug]


def _places(value: str, text: str) -> Iterator[Span]:
    """Where a value stands, found by a rule there or not: nobody may see it in the line of another finding either."""
    at = text.find(value)
    for _ in range(_MOST):
        if at < 0:
            return
        yield Span(at, at + len(value))
        at = text.find(value, at + len(value))
