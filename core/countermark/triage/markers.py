"""Markers of other tools in the source. They count only where the policy says so: they give no reason and never end."""

from __future__ import annotations

import re
from functools import lru_cache

from countermark.content import Content
from countermark.finding import Finding, Rule

from .inline import lines_of

_SECRET = re.compile(r"pragma: ?(?:allow|white)list[ -]secret|gitleaks:allow")
_SECRET_BELOW = re.compile(r"pragma: ?allowlist[ -]nextline[ -]secret")
_SEMGREP = re.compile(r"\bnosem(?:grep)?\b(?::[ \t]*([\w./-]{1,500}(?:[ \t]*,[ \t]*[\w./-]{1,500}){0,50}))?")


class Markers:
    """The markers of one file; each line is searched once, however many findings lie on it."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._found = lru_cache(maxsize=1_000)(self._search)

    def allows(self, finding: Finding) -> str | None:
        """The marker that allows a finding, with its line, or None."""
        first, last = lines_of(finding, self._content)
        for line in dict.fromkeys((first, last, first - 1)):
            marker = self._marker(line, finding.rule, above=line == first - 1) if line >= 0 else None
            if marker:
                return f"{marker} in line {line + 1}"
        return None

    def _marker(self, line: int, rule: Rule, *, above: bool) -> str | None:
        here, below, semgrep = self._found(line)
        if rule.family == "secrets":
            return below if above else here
        return next(("nosemgrep" for ids in semgrep if _speaks(ids, rule)), None)

    def _search(self, line: int) -> tuple[str | None, str | None, tuple[str | None, ...]]:
        span = self._content.line_span(line)
        here = _SECRET.search(self._content.text, span.start, span.end)
        below = _SECRET_BELOW.search(self._content.text, span.start, span.end)
        semgrep = tuple(found[1] for found in _SEMGREP.finditer(self._content.text, span.start, span.end))
        return here and here[0], below and below[0], semgrep


def _speaks(ids: str | None, rule: Rule) -> bool:
    """Whether `nosemgrep` names a rule: by no id at all, by ours, or by a longer one that ends in its name."""
    if ids is None:
        return True
    named = {one.strip() for one in ids.split(",")}
    return rule.id in named or rule.id.partition("/")[2] in {re.split(r"[./]", one)[-1] for one in named}
