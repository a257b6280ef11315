"""textDocument/codeAction: the fixes that findings carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from countermark.finding import Fix
from countermark.verdict import Judged
from countermark_lsp.client import Client
from countermark_lsp.diagnostics import diagnostic
from countermark_lsp.edits import whole_lines
from countermark_lsp.scans import Scan
from countermark_lsp.snapshot import Snapshot

KINDS = (lsp.CodeActionKind.QuickFix,)
_QUICKFIX = lsp.CodeActionKind.QuickFix.value
APPLY_FIX = "countermark.applyFix"


def code_action(scan: Scan, client: Client, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command] | None:
    """The fixes of what lies under the cursor or the selection; commands for a client that takes no edits here.

    Findings are looked up in the scan, and not in the diagnostics that the client sends: three of eight clients lose their data.
    """
    if not _asked(params.context.only):
        return None
    items = [item for item in scan.report.judged if _touches(scan.snapshot, item, params.range)]
    if client.literals:
        return [*_actions(scan, client, items)]
    return [*_commands(scan, items)]


def workspace_edit(snapshot: Snapshot, fix: Fix, client: Client) -> lsp.WorkspaceEdit | None:
    """What a fix does to the document, for the version that was looked at; None where it can do nothing."""
    edits = whole_lines(snapshot, fix.edits)
    if not edits:
        return None
    if not client.versioned_edits:
        return lsp.WorkspaceEdit(changes={snapshot.uri: edits})
    document = lsp.OptionalVersionedTextDocumentIdentifier(snapshot.uri, snapshot.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, edits)])


def _asked(only: Sequence[lsp.CodeActionKind | str] | None) -> bool:
    """Whether the client wants quick fixes; a kind stands for every kind below it, and the empty one for all."""
    return only is None or any(_text(kind) == "" or f"{_QUICKFIX}.".startswith(f"{_text(kind)}.") for kind in only)


def _text(kind: lsp.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else kind


def _touches(snapshot: Snapshot, item: Judged, where: lsp.Range) -> bool:
    start, end = snapshot.from_client(where.start), snapshot.from_client(where.end)
    return item.finding.start <= end and start <= item.finding.end


def _title(fix: Fix) -> str:
    return fix.title if fix.safe else f"{fix.title} (may change what the code does)"


def _actions(scan: Scan, client: Client, items: Sequence[Judged]) -> Iterator[lsp.CodeAction]:
    for item in items:
        for fix in item.finding.fixes:
            if (edit := workspace_edit(scan.snapshot, fix, client)) is not None:
                yield lsp.CodeAction(
                    title=_title(fix),
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic(scan.snapshot, item, client)],
                    is_preferred=fix.safe or None,
                    edit=edit,
                )


def _commands(scan: Scan, items: Sequence[Judged]) -> Iterator[lsp.Command]:
    for item in items:
        for number, fix in enumerate(item.finding.fixes):
            argument = {"uri": scan.snapshot.uri, "fingerprint": item.finding.fingerprint, "fix": number}
            yield lsp.Command(title=_title(fix), command=APPLY_FIX, arguments=[argument])
