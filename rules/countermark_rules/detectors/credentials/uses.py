"""A place where configuration asks for a credential, as the readers of each kind of file report it."""

from __future__ import annotations

from datetime import timedelta

from attrs import frozen

from countermark.content import Span


@frozen
class Use:
    """One such place.

    ``rule``: the rule's id without its family. ``way``: what names the ephemeral way in ways.py. ``literals``: values that stand there
    themselves, which nobody may see. ``lasts``: how long the credential will work, where that is written there.
    """

    rule: str
    way: str
    span: Span
    literals: tuple[Span, ...] = ()
    lasts: timedelta | None = None
