"""The `countermark` command: start and dispatch."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from countermark.launch import land, launch


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["agent-event"]:  # an agent waits, and whatever happens it must not be stopped
        from countermark_hooks.agents.event import agent_event

        return agent_event(arguments[1:], sys.stdin.buffer, os.environ)
    launch()
    from .border import guarded

    try:
        return guarded(lambda: _dispatch(arguments))
    finally:
        land()


def _dispatch(arguments: list[str]) -> int:
    """Hooks skip click, whose import costs them a third of their time."""
    if arguments[:1] == ["hook"]:
        from countermark_hooks.border import main as hook

        return hook(arguments[1:])
    from .table import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
