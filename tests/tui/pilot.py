"""Drive the application in tests."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from countermark_tui.app import Ended, ThreatModelApp
from countermark_tui.work import Work


@asynccontextmanager
async def running(load: Callable[[], Work], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[Ended]]:
    """The application with the change read and its first screen shown."""
    app = ThreatModelApp(load)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[Ended]) -> None:
    """Wait until nothing is under way."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[Ended], keys: str) -> None:
    """Press keys, separated by spaces."""
    await pilot.press(*keys.split())
    await settled(pilot)


async def write(pilot: Pilot[Ended], text: str) -> None:
    """Type a line."""
    await pilot.press(*("space" if char == " " else char for char in text), "enter")
    await settled(pilot)


def shown(app: App[Any]) -> str:
    """The text on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def words(app: App[Any]) -> str:
    """The words on the screen, however they are wrapped and framed."""
    return " ".join(re.sub(r"[\u2500-\u259f]", " ", shown(app)).split())
