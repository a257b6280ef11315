from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from lsprotocol import types as lsp

from countermark.verdict import Report
from countermark_lsp.documents import Documents
from countermark_lsp.encoding import Encoding
from countermark_lsp.job import Answer
from countermark_lsp.scans import Looked, Scans
from countermark_lsp.snapshot import Snapshot

A, B = "untitled:a", "untitled:b"


class Desk:
    """Documents, and an inspector that takes its time and remembers what it saw."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.documents = Documents()
        self.seen: list[str] = []
        self.at_once = self.most_at_once = 0
        self.seconds = seconds
        self.meanwhile: Callable[[], None] = lambda: None
        self.finally_: Callable[[], None] = lambda: None
        self.scans = Scans(self.documents.snapshot, self.look, lambda _lines: 0.08)

    async def look(self, snapshot: Snapshot) -> Answer:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.seen.append(snapshot.text())
        self.meanwhile()
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        self.finally_()
        return Answer(Report(root=snapshot.text(), files=1))

    def write(self, uri: str, text: str) -> None:
        document = self.documents.get(uri)
        if document is None:
            self.documents.open(lsp.TextDocumentItem(uri, "text", 1, text), Encoding.Utf16)
        else:
            document.apply(document.version + 1, [lsp.TextDocumentContentChangeWholeDocument(text)])


@pytest.mark.asyncio
async def test_all_who_wait_for_a_text_share_one_scan() -> None:
    desk = Desk(0.01)
    desk.write(A, "one")

    scans = await asyncio.gather(*(desk.scans.current(A) for _ in range(5)))

    assert desk.seen == ["one"]
    assert {scan.answer.report.root for scan in scans if scan} == {"one"}
    assert (await desk.scans.current(A)) is scans[0]


@pytest.mark.asyncio
async def test_a_text_that_changes_meanwhile_is_looked_at_again() -> None:
    desk = Desk(0.01)
    desk.write(A, "one")

    def type_on() -> None:
        desk.meanwhile = lambda: None
        desk.write(A, "two")
        desk.write(A, "three")

    desk.meanwhile = type_on
    scan = await desk.scans.current(A)

    assert scan is not None
    assert scan.answer.report.root == "three"
    assert desk.seen == ["one", "three"]


@pytest.mark.asyncio
async def test_who_comes_just_as_a_look_ends_waits_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.write(A, "one")
    asked: list[str] = []
    snapshot = desk.documents.snapshot

    def counted(uri: str) -> Snapshot | None:
        asked.append(uri)
        assert len(asked) < 100, "it asks again and again, and lets nobody else work"
        return snapshot(uri)

    monkeypatch.setattr(desk.scans, "_snapshot", counted)
    others: list[asyncio.Task[Looked | None]] = []

    async def comes() -> Looked | None:
        desk.write(A, "two")
        return await desk.scans.current(A)

    def end() -> None:  # what is begun here has its turn after the look, and before anybody hears that it is over
        desk.finally_ = lambda: None
        others.append(asyncio.create_task(comes()))

    desk.finally_ = end
    await desk.scans.current(A)
    scan = await others[0]

    assert scan is not None
    assert scan.answer.report.root == "two"


@pytest.mark.asyncio
async def test_one_text_at_a_time_is_looked_at() -> None:
    desk = Desk(0.01)
    desk.write(A, "a")
    desk.write(B, "b")

    await asyncio.gather(desk.scans.current(A), desk.scans.current(B))

    assert desk.most_at_once == 1


@pytest.mark.asyncio
async def test_a_document_closed_meanwhile_has_no_scan() -> None:
    desk = Desk(0.01)
    desk.write(A, "one")

    def close() -> None:
        desk.documents.close(A)
        desk.scans.forget(A)

    desk.meanwhile = close

    assert await desk.scans.current(A) is None


@pytest.mark.asyncio
async def test_a_document_that_is_opened_anew_is_another_one_even_if_its_version_is_not() -> None:
    desk = Desk(0.01)
    desk.write(A, "old")

    def reopen() -> None:
        desk.meanwhile = lambda: None
        desk.documents.close(A)
        desk.scans.forget(A)
        desk.write(A, "new")

    desk.meanwhile = reopen
    scan = await desk.scans.current(A)

    assert scan is not None
    assert scan.answer.report.root == "new"


@pytest.mark.asyncio
async def test_settings_that_change_meanwhile_count() -> None:
    desk = Desk(0.01)
    desk.write(A, "one")

    def outdate() -> None:
        desk.meanwhile = lambda: None
        desk.scans.outdate()

    desk.meanwhile = outdate
    await desk.scans.current(A)

    assert desk.seen == ["one", "one"]


@pytest.mark.asyncio
async def test_who_gives_up_waiting_stops_nobody_else() -> None:
    desk = Desk(0.05)
    desk.write(A, "one")
    patient = asyncio.create_task(desk.scans.current(A))

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await desk.scans.current(A)

    assert (await patient) is not None
    assert desk.seen == ["one"]


@pytest.mark.asyncio
async def test_an_old_scan_is_made_anew_only_for_those_who_mind() -> None:
    desk = Desk()
    desk.write(A, "one")
    await desk.scans.current(A)

    await desk.scans.current(A, oldest=60)
    assert len(desk.seen) == 1
    await asyncio.sleep(0.01)
    await desk.scans.current(A, oldest=0)
    assert len(desk.seen) == 2


def waits(scans: Scans, uri: str) -> float:
    """How long it will be until a document is looked at."""
    return scans._timers[uri].handle.when() - asyncio.get_running_loop().time()


@pytest.mark.asyncio
async def test_every_key_puts_the_look_off() -> None:
    desk = Desk()
    rung: list[str] = []
    for _ in range(3):
        desk.scans.soon(A, rung.append)
        assert 0.05 < waits(desk.scans, A) < 0.1
        await asyncio.sleep(0.01)

    await until(lambda: bool(rung))
    await asyncio.sleep(0.1)

    assert rung == [A]


@pytest.mark.asyncio
async def test_steady_typing_is_looked_at_nevertheless() -> None:
    desk = Desk()
    rung: list[str] = []

    def type_on() -> bool:
        desk.scans.soon(A, rung.append)
        return bool(rung)

    await until(type_on)


@pytest.mark.asyncio
async def test_a_closed_document_is_not_looked_at_later() -> None:
    desk = Desk()
    rung: list[str] = []
    desk.scans.soon(A, rung.append)
    desk.scans.forget(A)

    await asyncio.sleep(0.15)

    assert rung == []


@pytest.mark.asyncio
async def test_a_text_that_takes_long_is_let_be_for_as_long_while_others_have_their_turn() -> None:
    desk = Desk(0.2)
    desk.write(A, "slow")
    await desk.scans.current(A)
    desk.write(A, "slower")
    desk.write(B, "other")
    begun = asyncio.get_running_loop().time()

    await asyncio.gather(desk.scans.current(A), desk.scans.current(B))

    assert desk.seen == ["slow", "other", "slower"]
    assert asyncio.get_running_loop().time() - begun > 0.39


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)
