"""Pictures of the screens for the documentation, as SVG, of made-up code: ``docs_shot`` of a question, ``review_shot`` of a review."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from countermark.review.session import Session
from countermark_tui.app import ThreatModelApp
from countermark_tui.review_app import ReviewApp
from tests.tui.reviewed import repository_in, session
from tests.tui.sample import work


def docs_shot(path: Path, *, keys: str = "c", size: tuple[int, int] = (132, 34)) -> None:
    """Write what is on the screen after these keys (separated by spaces) as an SVG picture."""
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(_picture(Path(folder), keys.split(), size))
    path.write_text(picture, encoding="utf-8")


async def _picture(root: Path, keys: list[str], size: tuple[int, int]) -> str:
    app = ThreatModelApp(lambda: work(root))
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return _without_fonts(app.export_screenshot(title="countermark threat-model"))


def review_shot(path: Path, *, size: tuple[int, int] = (118, 26)) -> None:
    """Write the screen of a review, its first hunk approved, as an SVG picture."""
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(_review(session(repository_in(Path(folder)), hostile=False), size))
    path.write_text(picture, encoding="utf-8")


async def _review(held: Session, size: tuple[int, int]) -> str:
    app = ReviewApp(held)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        return _without_fonts(app.export_screenshot(title="countermark review"))


def _without_fonts(picture: str) -> str:
    """The picture with the reader's own font: the exported one would be fetched from a server."""
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
