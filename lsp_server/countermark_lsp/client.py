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
    pulls: bool = False  # asks for diagnostics, also when told to; then none are pushed, or each would show twice
    lens_refreshes: bool = False  # can be told to ask for code lenses again
    hint_refreshes: bool = False  # and for inlay hints
    related: bool = False  # shows related places of a diagnostic
    links: bool = False  # shows a link with a diagnostic's code
    literals: bool = False  # takes code actions with an edit in them; otherwise commands
    resolves: bool = False  # asks for the edit of a code action once it is chosen
    disabled: bool = False  # shows actions that cannot be taken, with the reason
    documents: bool = False  # opens pages
    progress: bool = False  # shows how far long work is
    configures: bool = False  # has settings that can be asked for
    told_when_asked: bool = False  # tells that they changed when asked to
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
            pulls=get("text_document.diagnostic") is not None and bool(get("workspace.diagnostics.refresh_support")),
            lens_refreshes=bool(get("workspace.code_lens.refresh_support")),
            hint_refreshes=bool(get("workspace.inlay_hint.refresh_support")),
            related=any(get(f"{kind}.related_information") for kind in diagnostics),
            links=any(get(f"{kind}.code_description_support") for kind in diagnostics),
            literals=get("text_document.code_action.code_action_literal_support") is not None,
            resolves="edit" in (get("text_document.code_action.resolve_support.properties") or ()),
            disabled=bool(get("text_document.code_action.disabled_support")),
            documents=bool(get("window.show_document.support")),
            progress=bool(get("window.work_done_progress")),
            configures=bool(get("workspace.configuration")),
            told_when_asked=bool(get("workspace.did_change_configuration.dynamic_registration")),
            versioned_edits=bool(get("workspace.workspace_edit.document_changes")),
            markdown=lsp.MarkupKind.Markdown in (get("text_document.hover.content_format") or ()),
            watches=bool(get("workspace.did_change_watched_files.dynamic_registration")),
        )
