"""One weakness at one place is told once, by the rule that knows most about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from countermark.content import Span
from countermark.finding import Finding

# What a rule names first that says no more than that a secret stands there.
_HARD_CODED = (("CWE-798",), ("CWE-259",), ("CWE-321",))
_SECRETS = frozenset({"secrets", "credentials"})


def told_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that say of another's place no more than it does.

    That is, of a secret which is among them, that it is hard-coded, or the weakness that a surer rule of the same pack tells.
    """
    if len(findings) < 2:  # noqa: PLR2004 - nothing is told twice
        return list(findings)
    repeated = {*map(id, _of_secrets(findings)), *map(id, _of_weaknesses(findings))}
    return [finding for finding in findings if id(finding) not in repeated]


def _of_secrets(findings: Sequence[Finding]) -> Iterator[Finding]:
    secrets = [finding.span for finding in findings if finding.rule.family == "secrets"]
    for finding in findings:
        hard_coded = finding.rule.cwe[:1] in _HARD_CODED and finding.rule.family not in _SECRETS
        if hard_coded and any(_within(span, finding.span) for span in secrets):
            yield finding


def _of_weaknesses(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Those that lie within, or around, one of another rule for the same weakness that is as sure or surer."""
    from .detectors.patterns.packs import PACKS

    outer: dict[tuple[str, str], Finding] = {}
    for finding in sorted(findings, key=lambda one: (one.span.start, -one.span.end)):
        if finding.rule.family not in PACKS or not finding.rule.cwe:
            continue
        key = finding.rule.family, finding.rule.cwe[0]
        around = outer.get(key)
        if around is None or around.rule.id == finding.rule.id or not _within(finding.span, around.span):
            outer[key] = finding
        elif _sureness(finding) > _sureness(around):
            outer[key] = finding
            yield around
        else:
            yield finding


def _sureness(finding: Finding) -> tuple[int, int]:
    return finding.confidence, finding.severity


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
