"""The `countermark` command: start, dispatch, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command. Hooks skip click, whose import costs them a third of their time."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["hook"]:
        from countermark_hooks.__main__ import main as hook

        return hook(arguments[1:])
    from .table import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
