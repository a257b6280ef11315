"""Fixes that are applied together touch different lines, and a thousand of them are chosen at once."""

from __future__ import annotations

from attrs import evolve
from lsprotocol import types as lsp

from countermark.content import Position, Span
from countermark.finding import Confidence, Edit, Finding, Fix, Rule, Severity
from countermark.verdict import Judged, Level, Report, Verdict
from countermark_lsp.client import Client
from countermark_lsp.diagnostics import diagnostics
from countermark_lsp.documents import Document
from countermark_lsp.edits import whole_lines
from countermark_lsp.encoding import Encoding
from countermark_lsp.job import Answer
from countermark_lsp.offers import safe_fixes
from countermark_lsp.store import Scan

RULE = Rule("test/rule", "A title", "Why.", "Do this.", Severity.HIGH, Confidence.HIGH)


def edit(line: int, replacement: str, column: int = 1) -> Edit:
    return Edit(Span(line, line), replacement, Position(line, column), Position(line, column))


IMPORT = edit(1, "import os\n")


def judged(line: int, *edits: Edit, safe: bool = True) -> Judged:
    finding = Finding.of(RULE, "a.py", Span(0, 1), fixes=(Fix("Fix", safe=safe, edits=edits),))
    return Judged(evolve(finding, start=Position(line, 1), end=Position(line, 2)), Verdict(Level.BLOCK, "test"))


def scan(*items: Judged, lines: int = 10) -> Scan:
    item = lsp.TextDocumentItem("file:///a.py", "python", 1, "line\n" * lines)
    return Scan(Document.of(item, Encoding.Utf16).snapshot(), Answer(Report(root="/", files=1, judged=items)))


def test_what_is_applied_together() -> None:
    found = scan(
        judged(3, IMPORT, edit(3, "a")),
        judged(4, IMPORT, edit(4, "b")),  # the same import, once
        judged(3, edit(3, "c", 3)),  # the same line: the next time
        judged(5, edit(5, "d"), safe=False),
        judged(6, edit(1, "import sys\n"), edit(6, "e")),  # another text in the same place: the next time
    )

    edits = [one for fix in safe_fixes(found) for one in fix.edits]

    assert edits == [IMPORT, edit(3, "a"), edit(4, "b")]
    assert [one.new_text for one in whole_lines(found.snapshot, edits)] == ["import os\nline\n", "aline\n", "bline\n"]


def test_a_thousand_findings_are_shown_in_part_and_fixed_in_whole() -> None:
    found = scan(*(judged(line, edit(line, "x")) for line in range(1, 1001)), lines=1000)

    shown = diagnostics(found, Client())

    assert (len(shown), shown[-1].message) == (501, "500 more findings are not shown")
    assert len(safe_fixes(found)) == 1000
