"""Exit with the editor, even where its death leaves our input open."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

_PERIOD = 2.0


async def watch(process_id: int, tidy: Callable[[], None]) -> None:
    """Exit once a process is gone. One that cannot be seen from here, as from a container, is not watched."""
    if os.name != "posix" or not _lives(process_id):  # on Windows os.kill would end it; the end of our input has to do
        return
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
