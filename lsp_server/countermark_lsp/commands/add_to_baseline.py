"""`countermark.addToBaseline` {uri, fingerprint}: record a finding as known, where the editor's settings and the policy allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from countermark.display import escape
from countermark_lsp.job import Knowing, Part
from countermark_lsp.server import Server
from countermark_lsp.worker import Lost

from .arguments import text


async def add_to_baseline(server: Server, argument: Mapping[str, Any]) -> None:
    """Record it, and say what was done."""
    uri, fingerprint = text(argument, "uri"), text(argument, "fingerprint")
    snapshot = server.documents.snapshot(uri)
    refused = server.editing.refusal() if server.options.baseline else "the editor's settings allow no baseline"
    if refused or snapshot is None:
        server.say(escape(refused or "the document is not open"))
        return
    try:
        said = await server.workers[Part.SLOW].ask(Knowing(server.job(snapshot), fingerprint))
    except Lost as lost:
        said = f"the process that looks at files {lost}"
    server.say(escape(str(said)))
    server.look_soon(uri, at_once=True)
