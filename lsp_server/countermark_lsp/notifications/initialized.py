"""The client is ready: ask it to watch what decides over findings, and let the worker load while the person looks for a file."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.job import Part
from countermark_lsp.server import Server
from countermark_lsp.watching import registration


async def initialized(server: Server, _params: lsp.InitializedParams) -> None:
    """Ask for watched files where the client watches any, and start the worker."""
    if server.client.watches:
        server.client_register_capability(lsp.RegistrationParams([registration()]))
    for fault in server.faults:
        server.tell(f"Countermark: {fault}")
    if server.options.workspace_diagnostics != "off":
        server.survey.start(server.options.workspace_diagnostics)
    await server.workers[Part.FAST].start()
