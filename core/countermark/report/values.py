"""Words and names that several formats share."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from countermark.display import escape
from countermark.finding import Finding
from countermark.verdict import Level

_SURROGATE = re.compile("[\ud800-\udfff]+")
PART_FAILED = "engine/part-failed"
SKIPPED = "engine/skipped"
REMARK = "engine/remark"


def word(value: Enum) -> str:
    """The name of a severity, a confidence or a level, as settings and reports write it."""
    return value.name.lower()


def exact(text: str) -> str:
    """The text unchanged, save for what no encoding can hold: undecodable bytes become their escapes."""
    return _SURROGATE.sub(lambda match: escape(match.group()), text)


@lru_cache(1_024)  # most of what a report says is what its rules say
def sentence(text: str) -> str:
    """Text for one line: white space folded, and nothing that could move a cursor or hide."""
    return escape(" ".join(text.split()))


def grade(level: Level, fail_on: Level) -> str:
    """error, warning or note, for formats that know no more: an error is what makes the check fail."""
    if level >= fail_on:
        return "error"
    return "note" if level is Level.NOTE else "warning"


def placed(finding: Finding) -> bool:
    """Whether a finding has lines and columns; only one that no engine completed has none."""
    return finding.start.line > 0
