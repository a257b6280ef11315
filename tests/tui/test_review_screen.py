"""The review on the screen, driven by keys; every decision is a real entry in a real ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from attrs import evolve
from textual import events
from textual.pilot import Pilot

from countermark.config.schema import Reviewing
from countermark.review.entry import Decision, Entry, Face
from countermark.review.session import Session, Stopwatch
from countermark.review.standing import Answer
from countermark_tui.review_app import ReviewApp
from tests.support import Repository

from .pilot import shown, words
from .reviewed import session

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def running(held: Session, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    app = ReviewApp(held)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def write(pilot: Pilot[None], text: str) -> None:
    await press(pilot, *("space" if char == " " else char for char in text), "enter")


def entries(held: Session) -> list[Entry]:
    return list(held.pen.ledger.examine()[0])


async def test_a_hunk_is_shown_with_all_that_is_known_of_it(repository: Repository) -> None:
    async with running(session(repository)) as pilot:
        said = words(pilot.app)

    for part in (
        "Review of the staged change hunk 1 of 3 0 answered",
        "app/ledger.py:5-6",
        "- return sum(rows)",
        "+ rows = [row for row in rows if row.valid]",
        "Written by claude (opus); 2 lines.",
        "It was asked: Sum up valid rows \\x1b[2J and export them",
        "Found in line 5: Lines that somebody rejected",
        "Open: nobody has answered for this hunk yet.",
    ):
        assert part in said, said


async def test_approve_reject_and_waive_are_written(repository: Repository) -> None:
    held = session(repository)
    async with running(held) as pilot:
        await press(pilot, "c")
        await write(pilot, "fine")
        await press(pilot, "a")
        await press(pilot, "r")
        await write(pilot, "no encoding")
        await press(pilot, "w")
        await write(pilot, "a toy")
        await press(pilot, "enter")  # the longest time that the settings allow

    first, second, third = entries(held)
    assert (first.decision, first.comment, first.face, first.agent, first.model) == (
        Decision.APPROVE,
        "fine",
        Face.TUI,
        "claude",
        "opus",
    )
    assert (second.decision, second.comment) == (Decision.REJECT, "no encoding")
    assert (third.decision, third.reason, third.expires) == (Decision.WAIVE, "a toy", date(2026, 12, 25))
    assert [one.name for one in (first, second, third)] == ["Ada"] * 3
    assert [held.standing(item).answer for item in held.items] == [Answer.APPROVED, Answer.REJECTED, Answer.WAIVED]


async def test_leaving_and_escape_write_nothing(repository: Repository) -> None:
    held = session(repository)
    async with running(held) as pilot:
        await press(pilot, "r", "escape")
        await press(pilot, "w", "escape")
        await press(pilot, "n", "p", "q")

    assert entries(held) == []


async def test_a_waiver_that_is_too_long_is_refused(repository: Repository) -> None:
    held = session(repository)
    async with running(held) as pilot:
        await press(pilot, "w")
        await write(pilot, "a toy")
        await press(pilot, "ctrl+u")
        await write(pilot, "31d")
        assert "may last 30 days at most" in words(pilot.app)

    assert entries(held) == []


async def test_keys_move_and_search_finds(repository: Repository) -> None:
    async with running(session(repository)) as pilot:
        await press(pilot, "n")
        assert "app/ledger.py:9-11" in shown(pilot.app)
        await press(pilot, "p", "p")
        assert "app/ledger.py:17-18" in shown(pilot.app)
        await press(pilot, "slash")
        await write(pilot, "FILE.WRITE")
        assert "app/ledger.py:9-11" in shown(pilot.app)
        await press(pilot, "slash")
        await write(pilot, "nowhere")
        assert "Nothing like that" in words(pilot.app)
        await press(pilot, "question_mark")
        assert "You answer for these lines from now on" in words(pilot.app)


async def test_hostile_text_is_shown_escaped(repository: Repository) -> None:
    async with running(session(repository)) as pilot:
        await press(pilot, "n", "n")
        said = shown(pilot.app)

    assert "def ev\\x1b[31mil():" in said
    assert "\\u202e gnp" in said
    assert not {"\x1b", "\u202e"} & set(said)


async def test_only_time_on_screen_counts(repository: Repository) -> None:
    held = session(repository)
    now = [0.0]
    for item in held.items:
        held._watches[item.hunk.id] = Stopwatch(lambda: now[0])

    async with running(held) as pilot:
        now[0] += 5
        await press(pilot, "question_mark")
        now[0] += 100  # reading the help
        await press(pilot, "escape")
        now[0] += 2
        pilot.app.post_message(events.AppBlur())
        await pilot.pause()
        now[0] += 1000  # in another window
        pilot.app.post_message(events.AppFocus())
        await pilot.pause()
        await press(pilot, "n")
        now[0] += 50  # on the next hunk
        await press(pilot, "p")
        now[0] += 1
        await press(pilot, "a")

    assert [one.seconds for one in entries(held)] == [8.0]


async def test_text_that_changed_after_it_was_shown_is_refused(repository: Repository) -> None:
    held = session(repository)
    held.pen = evolve(held.pen, present=lambda: frozenset({held.items[1].hunk.id}))
    async with running(held) as pilot:
        await press(pilot, "a")
        assert "these lines changed after they were shown" in words(pilot.app)
        await press(pilot, "n", "a")

    assert [one.hunk for one in entries(held)] == [held.items[1].hunk.id]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 40)])
async def test_every_size_shows_the_hunk_and_its_keys(repository: Repository, size: tuple[int, int]) -> None:
    async with running(session(repository), size) as pilot:
        said = ""
        for _ in range(100):  # a busy machine draws the keys later than the rest
            said = words(pilot.app)
            if "Approve" in said:
                break
            await pilot.pause(0.05)

    assert "row.valid" in said
    assert "Approve" in said
    assert ("[ ] app/ledger.py:17-18" in said) is (size[0] > 115)


async def test_the_last_answer_ends_it(repository: Repository) -> None:
    held = session(repository, Reviewing(by=("two-people",)))
    async with running(held) as pilot:
        for _ in range(3):
            await press(pilot, "a")
        await asyncio.sleep(0)
        assert not pilot.app.is_running or pilot.app._exit

    assert {held.standing(item).answer for item in held.items} == {Answer.MISSING}
    assert {held.standing(item).why for item in held.items} == {"it needs a review by two people and has one"}
