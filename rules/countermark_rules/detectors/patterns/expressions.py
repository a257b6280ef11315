"""The expressions of rules, each compiled when it is needed first."""

from __future__ import annotations

import re
from functools import cache


@cache
def expression(text: str) -> re.Pattern[bytes]:
    """An expression that a rule has, for the bytes of a file."""
    return re.compile(text.encode())
