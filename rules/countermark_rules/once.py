"""A weakness at one place is told once, by the rule that knows most; what stops a commit is never left out for what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from countermark.content import Span
from countermark.finding import Finding
from countermark.verdict import Level

# What a rule names first that says no more than that a secret stands there.
_HARD_CODED = frozenset({"CWE-798", "CWE-259", "CWE-321"})
_SECRETS = frozenset({"secrets", "credentials"})

_Heard = tuple[Finding, Level]


def told_once(heard: Sequence[_Heard]) -> list[Finding]:
    """The findings without those that say of another's place no more than it does; each comes with what it does to a commit.

    That is, of a secret which is among them, that it is hard-coded, or the weakness that a stricter or surer rule of its pack tells.
    """
    repeated = {*map(id, _of_secrets(heard)), *map(id, _of_weaknesses(heard))} if len(heard) > 1 else set[int]()
    return [finding for finding, _ in heard if id(finding) not in repeated]


def _of_secrets(heard: Sequence[_Heard]) -> Iterator[Finding]:
    secrets = [(finding.span, level) for finding, level in heard if finding.rule.family == "secrets"]
    for finding, level in heard:
        hard_coded = _weakness(finding) in _HARD_CODED and finding.rule.family not in _SECRETS
        if hard_coded and any(told >= level and _within(span, finding.span) for span, told in secrets):
            yield finding


def _of_weaknesses(heard: Sequence[_Heard]) -> Iterator[Finding]:
    """Those that lie within, or around, one of another rule for the same weakness that is as strict, and as sure or surer."""
    from .detectors.patterns.packs import PACKS

    outer: dict[tuple[str, str], _Heard] = {}
    for one in sorted(heard, key=lambda each: (each[0].span.start, -each[0].span.end)):
        finding = one[0]
        if finding.rule.family not in PACKS or not finding.rule.cwe:
            continue
        key = finding.rule.family, _weakness(finding)
        around = outer.get(key)
        if around is None or around[0].rule.id == finding.rule.id or not _within(finding.span, around[0].span):
            outer[key] = one
        elif _weight(one) > _weight(around):
            outer[key] = one
            yield around[0]
        else:
            yield finding


def _weakness(finding: Finding) -> str:
    return finding.rule.cwe[0] if finding.rule.cwe else ""


def _weight(one: _Heard) -> tuple[int, int, int]:
    finding, level = one
    return level, finding.confidence, finding.severity


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
