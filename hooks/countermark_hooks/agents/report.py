"""What an agent's hook says, whatever its dialect. Light: an agent waits while this is imported."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Report(NamedTuple):
    """One call of a hook, in one form.

    ``kind``: the agent is about to use a tool, has used it, or was asked something. ``call`` is the tool call's id, "" where the agent
    gives none. ``paths`` are as the agent wrote them, absolute or relative to ``cwd``; ``anywhere`` says that the tool may touch any
    file, as a shell can. Nothing here is checked yet.
    """

    agent: str
    kind: Literal["before", "after", "asked"]
    session: str
    call: str
    cwd: str
    paths: tuple[str, ...] = ()
    anywhere: bool = False
    model: str = ""
    prompt: str = ""
