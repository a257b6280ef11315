"""Exit with the editor, even where its death leaves our input open."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

_PERIOD = 1.0


def visible(process_id: int) -> bool:
    """Whether a process can be watched: not from a container, and not on Windows, where the end of our input has to do."""
    return os.name == "posix" and _lives(process_id)


async def watch(process_id: int, tidy: Callable[[], None]) -> None:
    """Exit once a process is gone."""
    while _lives(process_id):  # noqa: ASYNC110 - no event tells of a stranger's end
        await asyncio.sleep(_PERIOD)
    tidy()
    os._exit(1)  # the thread that reads our input cannot be stopped


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
