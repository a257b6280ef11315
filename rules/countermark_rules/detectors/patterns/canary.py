"""A rule and a text that rides along with every call: where it is not found, nothing that the engine says can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from countermark.errors import PartFailed

from .scanning import Output, Source

RULE: dict[str, Any] = {
    "id": "countermark.canary",
    "languages": ["python"],
    "severity": "INFO",
    "message": "the engine answers",
    "patterns": [{"pattern": "countermark_canary($X)"}, {"metavariable-regex": {"metavariable": "$X", "regex": "1"}}],
}
# No path of a repository holds a NUL, so this one is nobody's.
SOURCE = Source("\0canary", b"countermark_canary(0)\ncountermark_canary(1)\n", ("python",), ".py")
_START, _END = 22, 43


def removed(output: Output, missing: Sequence[str] = ()) -> Output:
    """The output without the canary. Raises PartFailed where it was not found just where it is, or texts were left out."""
    found = [(match.start, match.end) for match in output.matches if match.path == SOURCE.path]
    if found != [(_START, _END)]:
        raise PartFailed("did not find what it is tested with")
    if missing:
        raise PartFailed(f"left out {len(missing)} files")
    return Output(
        tuple(match for match in output.matches if match.path != SOURCE.path),
        tuple(trouble for trouble in output.troubles if trouble.path != SOURCE.path),
        output.remarks,
    )
