"""A scan as the client's diagnostics: every finding, everything that was not looked at, and every part that failed."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from countermark.content import Position
from countermark.display import escape
from countermark.finding import Finding, Related
from countermark.verdict import Judged, Level

from .client import Client
from .scans import Scan
from .snapshot import Snapshot

SOURCE = "countermark"
FAILED = "engine/part-failed"
SKIPPED = "engine/not-looked-at"

_SEVERITIES = {
    Level.BLOCK: lsp.DiagnosticSeverity.Error,
    Level.REVIEW: lsp.DiagnosticSeverity.Warning,
    Level.WARN: lsp.DiagnosticSeverity.Warning,
    Level.NOTE: lsp.DiagnosticSeverity.Information,
}
_MOST = 500  # a thousand take 30 ms to write, and nobody reads them
_WIDEST = 80  # columns of the first line that something about the whole file underlines


def diagnostics(scan: Scan, client: Client) -> list[lsp.Diagnostic]:
    """What the client shows for a document."""
    found = [diagnostic(scan.snapshot, item, client) for item in scan.report.judged[:_MOST]]
    return [*found, *_remarks(scan)]


def diagnostic(snapshot: Snapshot, item: Judged, client: Client) -> lsp.Diagnostic:
    """One finding. ``data`` is its fingerprint; neither that nor the message can hold a secret (see Finding)."""
    finding = item.finding
    link = next((url for url in finding.rule.references if url.startswith("https://")), None)
    return lsp.Diagnostic(
        range=snapshot.range(finding.start, finding.end),
        message=message(finding),
        severity=_SEVERITIES[item.verdict.level],
        source=SOURCE,
        code=finding.rule.id,
        code_description=lsp.CodeDescription(link) if link and client.links else None,
        related_information=[_related(snapshot, finding, other) for other in finding.related if other.path == finding.path]
        if client.related and finding.related
        else None,
        data=finding.fingerprint,
    )


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
