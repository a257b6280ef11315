"""What to do about a finding beyond its file, step by step; a rule's page shows it."""

from __future__ import annotations

from attrs import frozen


@frozen
class Guide:
    """``facts``: what there is to know, each with a label. ``steps``: what to do, in order, without full stops."""

    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
