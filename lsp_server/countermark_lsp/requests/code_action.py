"""textDocument/codeAction: what can be done about what lies under the cursor or the selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from countermark_lsp.client import Client
from countermark_lsp.diagnostics import diagnostic
from countermark_lsp.offers import QUICKFIX, SOURCE_FIX_ALL, Offer, offers, workspace_edit
from countermark_lsp.server import Server
from countermark_lsp.store import Scan

KINDS = (QUICKFIX, SOURCE_FIX_ALL)


def code_action(server: Server, scan: Scan, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command] | None:
    """The offers of the kinds that are asked for; commands for a client that takes no edits here.

    Findings are looked up in the scan, and not in the diagnostics that the client sends: three of eight clients lose their data.
    """
    kinds = [kind for kind in KINDS if _asked(kind, params.context.only)]
    if not kinds:
        return None
    made = [offer for offer in offers(scan, params.range, server.options) if offer.kind in kinds]
    if not server.client.literals:
        return [_command(offer) for offer in made if not offer.disabled]
    return [*_actions(scan, server.client, made)]


def _asked(kind: str, only: Sequence[lsp.CodeActionKind | str] | None) -> bool:
    """Whether the client wants a kind; a kind stands for every kind below it, and the empty one for all."""
    return only is None or any(_text(one) == "" or f"{kind}.".startswith(f"{_text(one)}.") for one in only)


def _text(kind: lsp.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else kind


def _actions(scan: Scan, client: Client, made: Sequence[Offer]) -> Iterator[lsp.CodeAction]:
    for offer in made:
        if offer.disabled and not client.disabled:
            continue
        action = lsp.CodeAction(title=offer.title, kind=offer.kind, is_preferred=offer.preferred or None)
        if offer.item is not None:
            action.diagnostics = [diagnostic(scan.snapshot, offer.item, client)]
        if offer.disabled:
            action.disabled = lsp.CodeActionDisabled(offer.disabled)
        elif not offer.edits:
            action.command = _command(offer)
        elif client.resolves:
            action.data = offer.argument
        elif (edit := workspace_edit(scan.snapshot, offer.edits, versioned=client.versioned_edits)) is not None:
            action.edit = edit
        else:
            continue
        yield action


def _command(offer: Offer) -> lsp.Command:
    return lsp.Command(title=offer.title, command=offer.command, arguments=[offer.argument])
