"""Run the secrets detector on a text, as tests want to say it."""

from __future__ import annotations

from collections.abc import Iterable

from countermark.change import FileChange, Trait
from countermark.content import Content
from countermark.finding import Finding
from countermark_rules.detectors.secrets.detector import SecretsDetector


def look(
    text: str | bytes, path: str = "app.py", traits: Iterable[Trait] = (), *, plain: bool = False
) -> list[Finding]:
    """The findings in a text."""
    content = Content(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
    file = FileChange(path, content, traits=frozenset(traits))
    return list(SecretsDetector(plain=plain).detect([file]))


def values(text: str | bytes, path: str = "app.py", traits: Iterable[Trait] = (), *, plain: bool = False) -> list[str]:
    """The secrets that were found, in the order of the text."""
    content = Content(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
    return [content.slice(finding.span) for finding in look(text, path, traits, plain=plain)]


def rules(text: str | bytes, path: str = "app.py") -> list[str]:
    """The rules that reported, in the order of the text."""
    return [finding.rule.id for finding in look(text, path)]
