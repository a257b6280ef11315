"""`python -I -m countermark_hooks HOOK …`, which git, pre-commit, prek and agents start.

It asks the resident process first, and imports nothing before that answers: to import what a hook needs takes longer than the hook.
"""

from __future__ import annotations

import os
import sys

from .resident.client import ask


def run() -> None:
    """Run one hook as a process of its own. It ends at once: tearing the interpreter down takes a tenth of a hook's time."""
    arguments = sys.argv[1:]
    try:
        code = ask(arguments)
    except KeyboardInterrupt:
        from .border import interrupted

        code = interrupted(arguments[0])
    os._exit(_alone(arguments) if code is None else code)


def _alone(arguments: list[str]) -> int:
    """What nobody else did for us."""
    from countermark.launch import launch

    launch()
    if arguments[:1] == ["agent-event"]:
        from .agents.event import agent_event

        return agent_event(arguments[1:], sys.stdin.buffer, os.environ)
    from .border import main

    code = main(arguments)
    sys.stderr.flush()
    if arguments[:1] == ["pre-commit"]:
        from .resident.keeping import keep

        keep(os.environ)
    return code


if __name__ == "__main__":
    run()
