"""Expressions that are compiled when they are first used: there are many, a change needs few, and a hook has no time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from attrs import define


@define(frozen=True, eq=False)
class Lazy:
    """An expression, as `re` has it."""

    pattern: str
    flags: int = 0

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """See re.Pattern."""
        return self._compiled.search(text, at)

    def match(self, text: str) -> re.Match[str] | None:
        """See re.Pattern."""
        return self._compiled.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """See re.Pattern."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[Any]:
        """See re.Pattern."""
        return self._compiled.findall(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """See re.Pattern."""
        return self._compiled.sub(replacement, text)
