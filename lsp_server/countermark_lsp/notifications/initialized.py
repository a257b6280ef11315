"""The client is ready: ask for its settings and to watch what decides over findings, and let the worker load meanwhile."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp import watching
from countermark_lsp.job import Part
from countermark_lsp.server import Server

from . import did_change_configuration as settings


async def initialized(server: Server, _params: lsp.InitializedParams) -> None:
    """Ask for what the client can tell, and start the worker."""
    wanted = [watching.registration()] if server.client.watches else []
    wanted += [settings.registration()] if server.client.told_when_asked else []
    if wanted:
        server.client_register_capability(lsp.RegistrationParams(wanted))
    for fault in server.faults:
        server.tell(f"Countermark: {fault}")
    if server.options.workspace_diagnostics != "off":
        server.survey.start(server.options.workspace_diagnostics)
    if server.client.configures:
        server.spawn(settings.ask(server))
    await server.workers[Part.FAST].start()
