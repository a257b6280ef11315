"""A scan as the client's diagnostics: every finding, everything that was not looked at, and every part that failed."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from countermark.content import Position
from countermark.display import escape
from countermark.finding import Finding, Related
from countermark.verdict import Judged, Level

from .client import Client
from .snapshot import Snapshot
from .store import Scan

SOURCE = "countermark"
FAILED = "engine/part-failed"
SKIPPED = "engine/not-looked-at"
REVIEW = "review"  # the family of rules about hunks

_SEVERITIES = {
    Level.BLOCK: lsp.DiagnosticSeverity.Error,
    Level.REVIEW: lsp.DiagnosticSeverity.Warning,
    Level.WARN: lsp.DiagnosticSeverity.Warning,
    Level.NOTE: lsp.DiagnosticSeverity.Information,
}
_MOST = 500  # a thousand take 30 ms to write, and nobody reads them
_WIDEST = 80  # columns of the first line that something about the whole file underlines


def diagnostics(scan: Scan, client: Client, *, hints: bool = False) -> list[lsp.Diagnostic]:
    """What the client shows for a document; with ``hints``, hunks that block nothing are hints."""
    found = [diagnostic(scan.snapshot, item, client, hints=hints) for item in scan.report.judged[:_MOST]]
    return [*found, *_remarks(scan)]


def diagnostic(snapshot: Snapshot, item: Judged, client: Client, *, hints: bool = False) -> lsp.Diagnostic:
    """One finding. ``data`` is its fingerprint; neither that nor the message can hold a secret (see Finding)."""
    finding = item.finding
    related = [other for other in finding.related if other.path == finding.path]
    review = (
        finding.rule.family == REVIEW
    )  # these are placed on the first line of a hunk: sixty underlined are read by nobody
    link = next((url for url in finding.rule.references if url.startswith("https://")), None)
    return lsp.Diagnostic(
        range=snapshot.range(finding.start, finding.end),
        message=message(finding),
        severity=_review_severity(item.verdict.level, hints=hints) if review else _SEVERITIES[item.verdict.level],
        source=SOURCE,
        code=finding.rule.id,
        code_description=lsp.CodeDescription(link) if link and client.links else None,
        related_information=[_related(snapshot, finding, other) for other in related]
        if client.related and related
        else None,
        data=finding.fingerprint,
    )


def _review_severity(level: Level, *, hints: bool) -> lsp.DiagnosticSeverity:
    if level is Level.BLOCK:
        return lsp.DiagnosticSeverity.Error
    return lsp.DiagnosticSeverity.Hint if hints else lsp.DiagnosticSeverity.Information


def message(finding: Finding) -> str:
    """What can happen, and the first thing to do about it; the hover tells the rest."""
    return escape(f"{finding.message} {finding.rule.remedy.partition('. ')[0].rstrip('.')}.")


def _related(snapshot: Snapshot, finding: Finding, other: Related) -> lsp.DiagnosticRelatedInformation:
    """What the editor shows has no place for the version before, so that is told where the finding is."""
    start, end = (finding.start, finding.end) if other.before else (other.start, other.end)
    where = snapshot.range(start or Position(1, 1), end or Position(1, 1))
    return lsp.DiagnosticRelatedInformation(lsp.Location(snapshot.uri, where), escape(other.message))


def _remarks(scan: Scan) -> Iterator[lsp.Diagnostic]:
    """What no reader may take for "clean"."""
    report = scan.report
    for failure in report.failures:
        said = f"Countermark could not look at this file: {failure.part}: {failure.message}"
        yield _remark(scan.snapshot, FAILED, said, lsp.DiagnosticSeverity.Error)
    for skipped in report.skipped:
        yield _remark(scan.snapshot, SKIPPED, f"Not looked at by Countermark: {skipped.why}")
    if len(report.judged) > _MOST:
        yield _remark(scan.snapshot, SKIPPED, f"{len(report.judged) - _MOST} more findings are not shown")


def _remark(
    snapshot: Snapshot, code: str, said: str, severity: lsp.DiagnosticSeverity = lsp.DiagnosticSeverity.Information
) -> lsp.Diagnostic:
    end = len(snapshot.lines[0].rstrip("\r\n")[:_WIDEST]) + 1
    return lsp.Diagnostic(
        range=snapshot.range(Position(1, 1), Position(1, end)),
        message="\n".join(map(escape, said.split("\n"))),
        severity=severity,
        source=SOURCE,
        code=code,
    )
