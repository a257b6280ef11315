"""What an editor holds, saved or not."""

from __future__ import annotations

from countermark.change import FileChange, Trait
from countermark.content import Content

from . import classify


def buffer(path: str, text: str, before: Content | None, traits: frozenset[Trait] | None = None) -> FileChange:
    """A document as a change of one file; ``before`` is what it is compared to. Without ``traits``, name and text tell them."""
    content = Content.of_text(text)
    return FileChange(path, content, before=before, traits=classify.traits(path, content) if traits is None else traits)
