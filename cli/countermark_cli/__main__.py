"""The `countermark` command: start and dispatch."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .border import guarded


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    return guarded(lambda: _dispatch(arguments))


def _dispatch(arguments: list[str]) -> int:
    """Hooks skip click, whose import costs them a third of their time."""
    if arguments[:1] == ["hook"]:
        from countermark_hooks.__main__ import main as hook

        return hook(arguments[1:])
    from .table import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
