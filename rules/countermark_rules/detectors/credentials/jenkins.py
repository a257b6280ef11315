"""Jenkinsfiles: keys of a cloud that are bound from Jenkins' store of credentials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countermark.content import Span

from .names import CLOUDS, kind_of
from .pipelines import commands
from .uses import Use

_MOST = 1_000_000  # characters; nobody writes a longer one
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/)){0,20000}\*/|(?m:^[ \t]*//[^\n]*)")
_BINDINGS = {
    "aws": re.compile(r"AmazonWebServicesCredentialsBinding|\bwithAWS\s*\([^)\n]{0,200}\bcredentials\s*:|\baws\s*\(\s*credentialsId\b"),
    "azure": re.compile(r"\bazureServicePrincipal\s*\("),
}  # fmt: skip
_NAMED = re.compile(
    r"\b\w{0,20}[vV]ariable\s*:\s*['\"]([A-Z][A-Z0-9_]{2,80})['\"]|\b([A-Z][A-Z0-9_]{2,80})\s*=\s*credentials\s*\("
)
_TOGETHER = 400  # characters; an id and its secret are bound side by side


def uses(text: str) -> Iterator[Use]:
    """What a Jenkinsfile asks for."""
    text = _COMMENT.sub(lambda match: " " * len(match.group()), text[:_MOST])
    found = [(span, cloud) for cloud, span in commands(text)]
    found += [(Span(*match.span()), cloud) for cloud, pattern in _BINDINGS.items() for match in pattern.finditer(text)]
    for match in _NAMED.finditer(text):
        if (kind := kind_of(match[1] or match[2])) in CLOUDS:
            found.append((Span(*match.span()), kind))
    last: dict[str, int] = {}
    for span, cloud in sorted(found):
        if span.start - last.get(cloud, -_TOGETHER) >= _TOGETHER:
            yield Use("static-key-in-ci", f"jenkins/{cloud}", span)
        last[cloud] = span.end
