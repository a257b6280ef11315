"""`countermark lsp --check-health`: which versions there are, and whether the engine answers."""

from __future__ import annotations

import asyncio
import platform
import sys
import time
from importlib.metadata import version

from countermark import __version__
from countermark.errors import ExitCode
from countermark.verdict import Report

from .job import Job
from .worker import Worker

_PARTS = ("pygls", "lsprotocol", "detect-secrets", "semgrep")


def check() -> int:
    """Print what a bug report needs, look at a text once as the server would, and give the exit code."""
    lines = [f"countermark {__version__}", f"Python {platform.python_version()} at {sys.executable}"]
    lines += [f"{part} {version(part)}" for part in _PARTS]
    report, first, second = asyncio.run(_measured())
    lines += [f"engine: {failure.part}: {failure.message}" for failure in report.failures]
    if not report.failures:
        lines.append(f"engine: ready after {first * 1000:.0f} ms, then {second * 1000:.1f} ms for a small text")
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.BROKEN if report.failures else ExitCode.CLEAN


async def _measured() -> tuple[Report, float, float]:
    worker = Worker()
    try:
        times, report = [], Report(root="", files=0)
        for _ in range(2):
            begun = time.perf_counter()
            report = (await worker.inspect(Job(None, "health.py", "value = 1\n"))).report
            times.append(time.perf_counter() - begun)
    finally:
        await worker.close()
    return report, times[0], times[1]
