"""From a candidate to the finding that a person reads."""

from __future__ import annotations

from countermark.change import FileChange
from countermark.finding import Finding

from .confirming import Candidate
from .fixes import fixes
from .rules import rule_of, upstream_rules
from .search import bundle
from .structured import LIFETIMES


def finding(candidate: Candidate, file: FileChange) -> Finding:
    """The finding about a candidate. Nothing of the value goes into any text of it."""
    token = bundle().token(candidate.slug)
    rule = rule_of(token) if token else upstream_rules()[candidate.slug]
    message = f"{rule.why} Judged by the value: {candidate.reason}." if candidate.reason else rule.why
    return Finding.of(
        rule,
        file.path,
        candidate.span,
        message=message,
        confidence=candidate.confidence,
        secrets=(candidate.span,),
        lifetime=token.lifetime if token else LIFETIMES.get(candidate.slug),
        fixes=fixes(file, candidate.span),
    )
