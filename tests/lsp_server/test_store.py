"""What is known of a text moves with every edit elsewhere, ends with an edit of its own lines, and never points at another text."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from countermark.content import Position, Span
from countermark.finding import Confidence, Edit, Finding, Fix, Rule, Severity
from countermark.provenance.model import State
from countermark.verdict import Failure, Judged, Level, Report, Verdict
from countermark_lsp.documents import Document, split
from countermark_lsp.encoding import Encoding
from countermark_lsp.job import MISSING, Answer, Mark, Part
from countermark_lsp.server import Server
from countermark_lsp.shifting import LineEdit
from countermark_lsp.store import Store

URI = "file:///a.py"
RULE = Rule("test/rule", "A title", "Why.", "Do this.", Severity.HIGH, Confidence.HIGH)
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d\r\n"]), max_size=8)


def judged(first: int, last: int | None = None, fix: int | None = None) -> Judged:
    """A finding on lines counted from 1, with a fix on another line."""
    edit = Edit(Span(0, 0), "x", Position(fix or 1, 1), Position(fix or 1, 1))
    finding = evolve(
        Finding.of(RULE, "a.py", Span(0, 1), fixes=(Fix("Fix", safe=True, edits=(edit,)),) if fix else ()),
        start=Position(first, 1),
        end=Position(last or first, 2),
    )
    return Judged(finding, Verdict(Level.BLOCK, "test"))


def answer(*items: Judged, marks: tuple[Mark, ...] = (), failures: tuple[Failure, ...] = (), files: int = 1) -> Answer:
    return Answer(Report(root="/", files=files, judged=items, failures=failures), marks)


def document(text: str) -> Document:
    return Document.of(lsp.TextDocumentItem(URI, "python", 1, text), Encoding.Utf16)


def typed(document: Document, store: Store, where: tuple[int, int, int, int], text: str) -> None:
    start, end = lsp.Position(*where[:2]), lsp.Position(*where[2:])
    change = lsp.TextDocumentContentChangePartial(lsp.Range(start, end), text)
    store.edited(URI, document.apply(document.version + 1, [change]))


def lines_of(store: Store, document: Document) -> list[int]:
    scan = store.scan(document.snapshot())
    return [] if scan is None else sorted(item.finding.start.line for item in scan.report.judged)


@given(LINES, LINES, st.integers(0, 8), st.integers(0, 8))
def test_a_finding_stays_on_its_line_or_goes(before: list[str], new: list[str], first: int, last: int) -> None:
    """Every line has a finding; after an edit each that is left stands on a line with the same text, and none is lost needlessly."""
    first, last = sorted((min(first, len(before)), min(last, len(before))))
    after = before[:first] + new + before[last:]
    edit = LineEdit.of(first, before[first:last], new)

    moved = {number: edit.moved(number, number) for number in range(1, len(before) + 1)}

    for number, by in moved.items():
        assert by is None or before[number - 1] == after[number + by - 1]
        assert by is not None or first < number <= last
    kept = [number + by for number, by in moved.items() if by is not None]
    assert kept == sorted(set(kept))


@pytest.mark.parametrize(
    ("where", "text", "left"),
    [
        ((0, 0, 0, 0), "new\n", [2, 3, 5]),  # a line above all
        ((0, 1, 0, 1), "\n", [3, 5]),  # a line cut in two
        ((0, 3, 0, 3), "\n", [1, 3, 5]),  # Enter at the end of a line leaves the line as it is
        ((2, 0, 3, 0), "", [1, 2, 3]),  # a line taken away
        ((1, 1, 1, 1), "x", [1, 4]),  # a key on a finding's line
        ((3, 0, 3, 3), "x", [1, 2]),  # a key on the last line
        ((0, 0, 3, 3), "", []),
    ],
)
def test_what_edits_do(where: tuple[int, int, int, int], text: str, left: list[int]) -> None:
    store, typing = Store(), document("one\ntwo\ntri\nfor")
    store.put(URI, Part.FAST, store.now(URI), answer(judged(1), judged(2)))
    store.put(URI, Part.SLOW, store.now(URI), answer(judged(4)))

    typed(typing, store, where, text)

    assert lines_of(store, typing) == left


def test_a_look_that_took_a_while_is_moved_by_the_edits_meanwhile() -> None:
    store, typing = Store(), document("one\ntwo\n")
    at = store.now(URI)
    typed(typing, store, (0, 0, 0, 0), "zero\n")
    typed(typing, store, (0, 0, 0, 0), "minus one\n")

    store.put(URI, Part.FAST, at, answer(judged(2)))

    assert lines_of(store, typing) == [4]


def test_a_long_session_forgets_old_edits_and_no_findings() -> None:
    store, typing = Store(), document("one\ntwo\n")
    late = store.now(URI)
    store.put(URI, Part.FAST, store.now(URI), answer(judged(2)))
    for _ in range(5000):
        typed(typing, store, (0, 0, 0, 0), "x\n")

    assert lines_of(store, typing) == [5002]
    store.put(URI, Part.FAST, late, answer(judged(1)))  # of a text that nobody remembers
    assert lines_of(store, typing) == [5002]
    assert len(store._documents[URI].edits) <= 2000


def test_a_fix_is_whole_or_gone_and_marks_move_too() -> None:
    store, typing = Store(), document("one\ntwo\ntri\nfor\n")
    mark = Mark("m", 3, 4, State.AI, "claude", MISSING)
    store.put(URI, Part.FAST, store.now(URI), answer(judged(3, fix=1), judged(4, fix=3), marks=(mark,)))

    typed(typing, store, (0, 0, 0, 1), "O")
    typed(typing, store, (1, 0, 1, 0), "new\n")

    scan = store.scan(typing.snapshot())
    assert scan is not None
    assert {item.finding.start.line: len(item.finding.fixes) for item in scan.report.judged} == {4: 0, 5: 1}
    (moved,) = (fix for item in scan.report.judged for fix in item.finding.fixes)
    assert moved.edits[0].start == Position(4, 1)
    assert [(one.first, one.last) for one in scan.answer.marks] == [(4, 5)]


def test_findings_stay_where_the_process_is_lost() -> None:
    store, typing = Store(), document("one\ntwo\n")
    store.put(URI, Part.FAST, store.now(URI), answer())
    store.put(URI, Part.SLOW, store.now(URI), answer(judged(2)))
    lost = Failure("engine", "a.py", "gone")

    store.put(URI, Part.SLOW, store.now(URI), answer(failures=(lost,), files=0))
    scan = store.scan(typing.snapshot())

    assert scan is not None
    assert (lines_of(store, typing), scan.report.failures) == ([2], (lost,))


def test_both_tiers_say_a_thing_once() -> None:
    store, typing = Store(), document("one\n")
    skipped = Failure("settings", None, "broken")
    for part in Part:
        store.put(URI, part, store.now(URI), answer(judged(1), failures=(skipped,)))

    scan = store.scan(typing.snapshot())

    assert scan is not None
    assert (len(scan.report.judged), scan.report.failures) == (1, (skipped,))

    store.put(URI, Part.FAST, store.now(URI), answer(judged(1)))  # the settings were mended
    mended = store.scan(typing.snapshot())
    assert mended is not None
    assert mended.report.failures == ()


def test_a_text_that_comes_whole_counts_as_what_changed_in_it() -> None:
    store, typing = Store(), document("one\ntwo\ntri\n")
    store.put(URI, Part.FAST, store.now(URI), answer(judged(1), judged(2), judged(3)))
    whole = lsp.TextDocumentContentChangeWholeDocument("one\n2\n2b\ntri\n")

    store.edited(URI, typing.apply(2, [whole]))

    assert lines_of(store, typing) == [1, 4]
    assert split("one\n") == ["one\n", ""]


@pytest.mark.asyncio
async def test_what_is_typed_while_a_look_waits_for_its_turn_moves_what_it_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    server.documents.open(lsp.TextDocumentItem(URI, "python", 1, "a\nb\n"), Encoding.Utf16)
    snapshot, text = server.documents.snapshot(URI), server.documents.get(URI)
    assert snapshot is not None
    assert text is not None

    async def waits(_uri: str) -> None:
        server.store.put(URI, Part.FAST, server.store.now(URI), answer())
        typed(text, server.store, (0, 0, 0, 0), "new\n")

    async def finds(_job: object) -> Answer:
        return answer(judged(2))

    monkeypatch.setattr(server.looks[Part.FAST], "current", waits)
    monkeypatch.setattr(server.workers[Part.SLOW], "inspect", finds)
    monkeypatch.setattr(server, "job", lambda *_: None)
    await server._look(Part.SLOW, snapshot)

    assert lines_of(server.store, text) == [3]
