"""What a person can do about what lies under the cursor: fixes, suppressions, reviews. Pure: a scan in, offers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen
from lsprotocol import types as lsp

from countermark.display import escape
from countermark.finding import UNPLACED, Edit, Fix
from countermark.triage.comments import styles
from countermark.verdict import Judged

from .edits import whole_lines
from .job import Mark
from .options import Options
from .snapshot import Snapshot
from .store import Scan

APPLY_FIX = "countermark.applyFix"
FIX_ALL = "countermark.fixAll"
SUPPRESS = "countermark.suppress"
REVIEW = "countermark.review"
OPEN_REVIEW = "countermark.openReview"
EXPLAIN = "countermark.explain"
ROTATE = "countermark.rotate"
ADD_TO_BASELINE = "countermark.addToBaseline"

QUICKFIX = lsp.CodeActionKind.QuickFix.value
SOURCE_FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.countermark"
_ANSWERED_BY_NOBODY = frozenset(
    {"review", "suppressions", "engine"}
)  # families that no comment and no baseline can silence
_NO_COMMENTS = (".json", ".ipynb", ".avsc", ".lock", ".csv", ".txt")


@frozen
class Offer:
    """Something to choose: a command with its one argument. ``edits`` is what it does to the text, where that is all it does.

    ``disabled`` says why it cannot be chosen, for clients that show such.
    """

    title: str
    command: str
    argument: Mapping[str, Any]
    kind: str = QUICKFIX
    item: Judged | None = None
    edits: tuple[Edit, ...] = ()
    preferred: bool = False
    disabled: str = ""


def offers(scan: Scan, where: lsp.Range, options: Options) -> Iterator[Offer]:
    """Everything on offer for a place or a selection, what solves a problem first."""
    snapshot, uri = scan.snapshot, scan.snapshot.uri
    start, end = snapshot.from_client(where.start), snapshot.from_client(where.end)
    items = [item for item in scan.report.judged if item.finding.start <= end and start <= item.finding.end]
    for item in items:
        yield from _fixes(uri, item)
    for mark in scan.answer.marks:
        if mark.first <= end.line and start.line <= mark.last:
            yield from _reviews(uri, mark, scan.answer.closed)
    yield from _file(scan, start.line, end.line)
    for item in items:
        yield from _others(scan, item, options)
    if fixes := safe_fixes(scan):
        edits = tuple(edit for fix in fixes for edit in fix.edits)
        yield Offer("Apply all safe fixes of Countermark", FIX_ALL, {"uri": uri}, SOURCE_FIX_ALL, edits=edits)


def safe_fixes(scan: Scan) -> list[Fix]:
    """The first safe fix of every finding, as many as touch different lines; what one leaves is there to be fixed the next time."""
    chosen: list[Fix] = []
    taken: dict[int, Edit] = {}
    for item in scan.report.judged:
        fix = next((fix for fix in item.finding.fixes if fix.safe), None)
        lines = {line: edit for edit in fix.edits for line in _lines(edit)} if fix is not None else {}
        if fix is None or any(taken.get(line, edit) != edit for line, edit in lines.items()):
            continue
        known = {taken[line] for line in lines if line in taken}  # two may need the same import
        chosen.append(Fix(fix.title, safe=True, edits=tuple(edit for edit in fix.edits if edit not in known)))
        taken |= lines
    return chosen


def _lines(edit: Edit) -> range:
    start, end = edit.start or UNPLACED, edit.end or UNPLACED
    return range(start.line, end.line + 1)


def _fixes(uri: str, item: Judged) -> Iterator[Offer]:
    for number, fix in enumerate(item.finding.fixes):
        title = fix.title if fix.safe else f"{fix.title} (may change what the code does)"
        argument = {"uri": uri, "fingerprint": item.finding.fingerprint, "fix": number}
        yield Offer(title, APPLY_FIX, argument, item=item, edits=fix.edits, preferred=fix.safe)


def _reviews(uri: str, mark: Mark, closed: str) -> Iterator[Offer]:
    lines = f"line {mark.first}" if mark.first == mark.last else f"lines {mark.first} to {mark.last}"
    argument = {"uri": uri, "hunks": [mark.id]}
    if not mark.passes:
        yield Offer(f"Mark {lines} reviewed", REVIEW, {**argument, "decision": "approve"}, disabled=closed)
    yield Offer(f"Reject {lines}", REVIEW, {**argument, "decision": "reject"}, disabled=closed)
    if not mark.passes:
        yield Offer(f"Waive the review of {lines}…", REVIEW, {**argument, "decision": "waive"}, disabled=closed)
        yield Offer("Review in a terminal", OPEN_REVIEW, {"uri": uri})


def _file(scan: Scan, first: int, last: int) -> Iterator[Offer]:
    waiting = [mark for mark in scan.answer.marks if not mark.passes]
    near = first == 1 or any(mark.first <= last and first <= mark.last for mark in waiting)
    if near and len(waiting) > 1:
        argument = {"uri": scan.snapshot.uri, "hunks": [mark.id for mark in waiting], "decision": "approve"}
        yield Offer(
            f"Mark all {len(waiting)} hunks of this file reviewed", REVIEW, argument, disabled=scan.answer.closed
        )


def _others(scan: Scan, item: Judged, options: Options) -> Iterator[Offer]:
    finding, answer = item.finding, scan.answer
    argument = {"uri": scan.snapshot.uri, "fingerprint": finding.fingerprint}
    silenced = finding.rule.family not in _ANSWERED_BY_NOBODY
    if silenced and can_comment(finding.path):
        why = "" if answer.comments else "the organisation's policy allows no such comments"
        yield Offer(f"Suppress {finding.rule.id} here, with a reason…", SUPPRESS, argument, item=item, disabled=why)
    if silenced and options.baseline:
        why = "" if answer.known else "the policy lets this repository keep no baseline"
        yield Offer(f"Record {finding.rule.id} as known", ADD_TO_BASELINE, argument, item=item, disabled=why)
    if finding.rule.family == "secrets":
        yield Offer("How to revoke and replace this credential", ROTATE, {"rule": finding.rule.id}, item=item)
    yield Offer(f"Explain {finding.rule.id}", EXPLAIN, argument, item=item)


def can_comment(path: str) -> bool:
    """Whether a comment can be put into a file without breaking it."""
    return not path.lower().endswith(_NO_COMMENTS) and bool(styles(path))


def found(scan: Scan, fingerprint: Any) -> Judged | None:
    """The finding with a fingerprint, if it is still there."""
    return next((item for item in scan.report.judged if item.finding.fingerprint == fingerprint), None)


def comment(scan: Scan, item: Judged, until: str, reason: str) -> str:
    """The line that suppresses a finding, to be put before it."""
    line = scan.snapshot.lines[scan.snapshot.place(item.finding.start)[0]]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    style = styles(item.finding.path)[0]
    words = f"countermark: allow {item.finding.rule.id} until {until} because {escape(' '.join(reason.split()))}"
    ending = "\r\n" if line.endswith("\r\n") else "\n"
    return f"{indent}{style.opens.rstrip()} {words}{f' {style.closes}' if style.closes else ''}{ending}"


def workspace_edit(snapshot: Snapshot, edits: tuple[Edit, ...], *, versioned: bool) -> lsp.WorkspaceEdit | None:
    """What some edits do to the document, for the version that was looked at; None where they can do nothing."""
    lines = whole_lines(snapshot, edits)
    return whole_edit(snapshot, lines, versioned=versioned) if lines else None


def whole_edit(snapshot: Snapshot, lines: list[lsp.TextEdit], *, versioned: bool) -> lsp.WorkspaceEdit:
    """Edits of whole lines in the form that the client takes."""
    if not versioned:
        return lsp.WorkspaceEdit(changes={snapshot.uri: lines})
    document = lsp.OptionalVersionedTextDocumentIdentifier(snapshot.uri, snapshot.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, lines)])
