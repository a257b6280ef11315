"""`countermark.scanWorkspace` {mode?}: look at files that are not open: those that differ from HEAD, or with `all` every one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from countermark_lsp.server import Server


async def scan_workspace(server: Server, argument: Mapping[str, Any]) -> None:
    """Begin, and answer at once; progress is shown where the client shows any."""
    server.survey.start("all" if argument.get("mode") == "all" else "changed")
