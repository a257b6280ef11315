"""The vocabulary of authorship: who wrote a stretch of lines, and the hunks that somebody has to answer for.

Named tuples, where other rooms have attrs: an agent waits while its hook imports this, and attrs costs more than all else there.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class State(Enum):
    """What is known of who wrote a line. Evidence alone makes ``AI``; a guess is at most ``SUSPECTED``."""

    AI = "ai"
    HUMAN = "human"
    SUSPECTED = "suspected"
    UNTRACKED = "untracked"


class Author(NamedTuple):
    """Who wrote some lines, as far as it was reported; ``at`` is in seconds since 1970, 0 where nobody knows.

    ``agent``, ``model`` and ``session`` are shown to people, so whoever reads them from outside escapes and cuts them first.
    """

    state: State
    agent: str = ""
    model: str = ""
    session: str = ""
    at: int = 0


NOBODY = Author(State.UNTRACKED)


class Stretch(NamedTuple):
    """Lines of one version of a file that have one author: ``first`` to ``last``, both included, counted from 1."""

    first: int
    last: int
    author: Author


class MarkedHunk(NamedTuple):
    """Neighbouring lines that a change added and that have one author: what a person answers for.

    ``id`` is the hunk id (see hunks.py); it does not depend on the path, nor on where the lines stand. ``lines`` are without line ends.
    """

    id: str
    path: str
    first: int
    last: int
    author: Author
    lines: tuple[str, ...]
