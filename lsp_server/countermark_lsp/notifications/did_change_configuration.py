"""workspace/didChangeConfiguration."""

from __future__ import annotations

from lsprotocol import types as lsp

from countermark_lsp.options import SECTION, parse
from countermark_lsp.server import Server


async def did_change_configuration(server: Server, params: lsp.DidChangeConfigurationParams) -> None:
    """Take the settings that come along, or ask for them; what is found does not depend on them."""
    given = params.settings
    if server.client.configures:
        item = lsp.ConfigurationItem(section=SECTION)
        given = next(iter(await server.workspace_configuration_async(lsp.ConfigurationParams([item]))), None)
    if given:
        before = server.options.workspace_diagnostics
        server.options, faults = parse(_plain(given))
        for fault in faults:
            server.tell(f"Countermark: {fault}")
        server.showing.refresh()
        if server.options.workspace_diagnostics != before:  # else one that somebody asked for goes on
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
