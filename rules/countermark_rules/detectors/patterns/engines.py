"""The engine in use: the ladder, unless the process has a warm one to put before it."""

from __future__ import annotations

from .ladder import Ladder
from .scanning import Engine

_in_use: list[Engine] = [Ladder()]


def current() -> Engine:
    """The engine of this process."""
    return _in_use[0]


def use(engine: Engine) -> None:
    """Put another engine in its place, for as long as the process lives."""
    _in_use[0] = engine
