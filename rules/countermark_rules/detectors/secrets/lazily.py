"""Regular expressions that are compiled when they are first used: most runs need a few of a hundred."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """A compiled expression that is not compiled yet; a method that was asked for once costs nothing more."""

    def __init__(self, expression: str, flags: int) -> None:
        self._given = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)  # which keeps what it has compiled
        setattr(self, name, found)
        return found


def lazy(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As re.compile, but later."""
    return cast("re.Pattern[str]", _Lazy(expression, flags))
