"""Regular expressions that are compiled when they are first used: most runs need a few of some hundred, and a hook has no time."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Lazy:
    """A compiled expression that is not compiled yet; a method that was asked for once costs nothing more."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self.pattern, self._flags = expression, flags
        _made.append(self)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)  # which keeps what it has compiled
        setattr(self, name, found)
        return found


_made: list[_Lazy] = []


def lazy(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As re.compile, but later."""
    return cast("re.Pattern[AnyStr]", _Lazy(expression, flags))


def ready() -> None:
    """Compile all that there are, for a process that has the time now and not later."""
    for one in _made:
        for method in _METHODS:
            getattr(one, method)
