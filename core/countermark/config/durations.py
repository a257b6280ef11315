"""Times in settings: `30m`, `1h`, `30d`, or `0`."""

from __future__ import annotations

import re
from datetime import timedelta

PATTERN = r"0|[1-9][0-9]{0,5}[mhd]"
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


def parse(text: str) -> timedelta | None:
    """The time that a text says, or None where it says none."""
    if re.fullmatch(PATTERN, text) is None:
        return None
    return timedelta() if text == "0" else timedelta(seconds=int(text[:-1]) * _SECONDS[text[-1]])


def written(time: timedelta) -> str:
    """The text for a time of whole minutes, in the largest unit that leaves no rest."""
    seconds = int(time.total_seconds())
    unit, size = next((item for item in reversed(_SECONDS.items()) if seconds % item[1] == 0), ("m", 60))
    return f"{seconds // size}{unit}" if seconds else "0"
