"""What the command palette offers besides textual's own commands: every key of the screen, and each question by its words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from .screens.question import QuestionScreen


class Questions(Provider):
    """Jump to a question."""

    async def search(self, query: str) -> Hits:
        """The questions that match; textual calls it."""
        matcher = self.matcher(query)
        for title, key in self._titles():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._go, key), text=title)

    async def discover(self) -> Hits:
        """The questions in their order; textual calls it."""
        for title, key in self._titles():
            yield DiscoveryHit(Content(title), partial(self._go, key), text=title)

    def _titles(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.screen, QuestionScreen):
            for asked in self.screen.work.session.queue:
                yield f"Question: {asked.text}", asked.key

    def _go(self, key: str) -> None:
        if isinstance(self.screen, QuestionScreen):
            self.screen.go_to(key)
