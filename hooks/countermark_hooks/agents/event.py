"""`countermark agent-event [AGENT]`: what an agent's hook runs. It keeps the report, says nothing that an agent could misread, exits 0.

An agent must never be held up or stopped by us: the message may be anything, the repository broken, another process may hold the
journal. Files that a message names are read at once, for they are about to change or may change again. All else is done by a child of
this process, which is waited for briefly and goes on alone where it takes longer.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from .report import Report

if TYPE_CHECKING:
    from .record import Seen

_MOST_INPUT = 16_000_000  # bytes of a message; an agent that sends more sends no report that we know
_MOST_SKIPPED, _CHUNK = 1_000_000_000, 1_000_000
_PATIENCE = 0.05  # seconds that the agent waits for the journal at most
# A shell that starts before git has said what is there would be taken for no author of what it writes. In most repositories that is
# a matter of milliseconds; in the largest an agent waits no longer than this.
_PATIENCE_WITH_SHELLS = 1.0
# Cline takes silence for a broken hook.
_ANSWERS = {"cline": '{"cancel": false}\n'}


def agent_event(arguments: list[str], stream: IO[bytes], environ: Mapping[str, str]) -> int:
    """Keep the report in ``stream``; the exit code is 0 whatever happens."""
    hint = arguments[0] if arguments else ""
    with suppress(Exception):  # the border: nothing of ours may reach the agent
        report = _received(stream, hint)
        if report is not None:
            _beside(report, environ)
    sys.stdout.write(_ANSWERS.get(hint, ""))
    sys.stdout.flush()
    return 0


def _received(stream: IO[bytes], hint: str) -> Report | None:
    """The report that arrives. One that is too long is read to its end: who writes to a closed pipe is killed by it."""
    data = stream.read(_MOST_INPUT + 1)
    if len(data) <= _MOST_INPUT:
        return understood(data, hint)
    for _ in range(_MOST_SKIPPED // _CHUNK):
        if not stream.read(_CHUNK):
            break
    return None


def understood(data: bytes, hint: str) -> Report | None:
    """The report in a message; None where there is none. Agents write raw control characters into JSON, and cut it off."""
    from .dialects import read

    try:
        said: Any = json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return read(said, hint) if isinstance(said, dict) else None


def _beside(report: Report, environ: Mapping[str, str]) -> None:
    """Keep the report in a child that nobody has to wait for, where there can be one."""
    from .record import keep, seen

    found: Iterable[Seen] = seen(report, environ)
    if not report.anywhere:
        found = list(found)
    if not hasattr(os, "fork"):
        keep(found, environ)
        return
    ready, done = os.pipe()
    if os.fork() == 0:
        try:
            os.setsid()  # what ends the agent's hook must not end this
            with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - the agent waits until nobody holds its pipes
                for stream in (0, 1, 2):
                    os.dup2(nowhere.fileno(), stream)
            keep(found, environ)
        finally:
            os._exit(0)
    os.close(done)
    before = report.anywhere and report.kind == "before"
    select.select([ready], [], [], _PATIENCE_WITH_SHELLS if before else _PATIENCE)  # readable once the child is gone
    os.close(ready)
