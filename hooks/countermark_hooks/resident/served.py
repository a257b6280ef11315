"""What a hook has to know of running in a child of the resident process: it has no terminal of its own there."""

from __future__ import annotations

_served = False


class Unserved(BaseException):
    """The hook has to be run by whoever asked. No fault, so no border may take it for one."""


def begin() -> None:
    """From now on a hook runs here for another process."""
    global _served  # noqa: PLW0603 - it is so for the rest of the process
    _served = True


def needs_terminal() -> None:
    """A person is to be asked. Raises Unserved where that cannot be done here."""
    if _served:
        raise Unserved
