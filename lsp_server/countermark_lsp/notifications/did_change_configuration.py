"""workspace/didChangeConfiguration, and the settings that an editor has from the start."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from countermark_lsp.options import SECTION, parse
from countermark_lsp.server import Server


async def did_change_configuration(server: Server, params: lsp.DidChangeConfigurationParams) -> None:
    """Take the settings that come along, or ask for them."""
    if server.client.configures:
        await ask(server)
    else:
        _take(server, params.settings)


async def ask(server: Server) -> None:
    """Ask the client for its settings, and take them."""
    item = lsp.ConfigurationItem(section=SECTION)
    _take(server, next(iter(await server.workspace_configuration_async(lsp.ConfigurationParams([item]))), None))


def registration() -> lsp.Registration:
    """What a client is asked to tell, that tells only who asks."""
    options = lsp.DidChangeConfigurationRegistrationOptions(section=SECTION)
    return lsp.Registration("countermark-settings", lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, options)


def _take(server: Server, given: Any) -> None:
    """Show things so from now on; what is found does not depend on it."""
    before = server.options
    server.options, faults = parse(_plain(given), server.given)
    for fault in faults:
        server.tell(f"Countermark: {fault}")
    if server.options == before:
        return
    server.showing.refresh()
    if server.options.workspace_diagnostics != before.workspace_diagnostics:  # else one that somebody asked for goes on
        server.survey.start(server.options.workspace_diagnostics)
    for uri in server.documents:
        server.look_soon(uri)


def _plain(value: object) -> object:
    """Settings as mappings; pygls makes objects with attributes of JSON that has no type of its own."""
    return {name: _plain(one) for name, one in vars(value).items()} if hasattr(value, "__dict__") else _unnamed(value)


def _unnamed(value: object) -> object:
    if hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    return value
