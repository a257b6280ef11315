"""Credentials that a team issues itself, as its settings describe them; RE2 finds them in linear time, whatever they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from attrs import define

from countermark.config.schema import OwnToken
from countermark.content import Span
from countermark.finding import Lifetime, Rule

from .confirming import Candidate

_MOST = 1_000  # matches of one kind in a file
_STANDING = 5  # who described it knows better than any rule of ours what it is


@define(eq=False, slots=False)
class OwnTokens:
    """The kinds of credentials that the settings describe."""

    declared: Sequence[OwnToken]

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rule of each kind, by its id without the family."""
        return {token.id: _rule(token) for token in self.declared}

    @cached_property
    def lifetimes(self) -> dict[str, Lifetime]:
        """How long each kind works."""
        return {token.id: Lifetime(token.lifetime) for token in self.declared}

    def candidates(self, data: bytes) -> Iterator[Candidate]:
        """Every one in what is searched of a file (see prefilter.scannable)."""
        for token, expression in zip(self.declared, self._expressions, strict=True):
            for span in islice(_spans(expression, data), _MOST):
                if span.start < span.end:
                    yield Candidate(token.id, span, token.confidence, "", _STANDING, "own")

    @cached_property
    def _expressions(self) -> list[Any]:
        """One by one: of all of them as one set RE2 says no more than nothing where it runs out of memory."""
        import re2

        return [re2.compile(token.regex.encode()) for token in self.declared]


def _spans(expression: Any, data: bytes) -> Iterator[Span]:
    """Where one kind is, in code points; only what lies between two matches is decoded, so that many stay cheap."""
    seen = characters = 0
    for match in expression.finditer(data):
        start, end = match.span(1 if expression.groups and match.group(1) is not None else 0)
        first = characters + _length(data[seen:start])
        seen, characters = end, first + _length(data[start:end])
        yield Span(first, characters)


def _length(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogateescape"))


def _rule(token: OwnToken) -> Rule:
    title = token.title or token.id.replace("-", " ").capitalize()
    return Rule(
        id=f"secrets/{token.id}",
        title=title,
        why=f"Whoever reads this credential can use it: it opens {token.opens}.",
        remedy="Revoke it first, where your team issues it; then remove it from the file and from the history. "
        "Read its successor from the environment or a secret store.",
        severity=token.severity,
        confidence=token.confidence,
        cwe=("CWE-798",),
    )
