"""What a client can do, read once from its `initialize`. Never from its name: eglot and ALE send none."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from lsprotocol import types as lsp
from pygls.capabilities import ServerCapabilitiesBuilder

from .encoding import Encoding


@frozen
class Client:
    """Capabilities, by what they decide here."""

    encoding: Encoding = Encoding.Utf16
    pulls: bool = False  # asks for diagnostics; then none are pushed, or each would show twice
    refreshes: bool = False  # can be told to ask again
    related: bool = False  # shows related places of a diagnostic
    links: bool = False  # shows a link with a diagnostic's code
    literals: bool = False  # takes code actions with an edit in them; otherwise commands
    versioned_edits: bool = False  # checks that an edit is for the version it has
    markdown: bool = False
    watches: bool = False  # watches files when asked to

    @classmethod
    def of(cls, capabilities: lsp.ClientCapabilities) -> Client:
        """The client that says so."""

        def get(path: str) -> Any:
            value: Any = capabilities
            for name in path.split("."):
                value = getattr(value, name, None)
            return value

        diagnostics = ("text_document.publish_diagnostics", "text_document.diagnostic")
        return cls(
            encoding=Encoding(ServerCapabilitiesBuilder.choose_position_encoding(capabilities)),
            pulls=get("text_document.diagnostic") is not None,
            refreshes=bool(get("workspace.diagnostics.refresh_support")),
            related=any(get(f"{kind}.related_information") for kind in diagnostics),
            links=any(get(f"{kind}.code_description_support") for kind in diagnostics),
            literals=get("text_document.code_action.code_action_literal_support") is not None,
            versioned_edits=bool(get("workspace.workspace_edit.document_changes")),
            markdown=lsp.MarkupKind.Markdown in (get("text_document.hover.content_format") or ()),
            watches=bool(get("workspace.did_change_watched_files.dynamic_registration")),
        )
