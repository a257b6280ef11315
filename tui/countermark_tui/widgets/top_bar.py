"""The line above every screen: what this is, which change it is about, and how far the session is."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from countermark.display import escape

STEPS = ("Change", "Questions", "Review")


class TopBar(Static):
    """Shows the steps; the present one is in brackets as well as bold, for those who see no colour."""

    def __init__(self, step: int, scope: str) -> None:
        super().__init__(markup=False)
        self._step = step
        self._scope = escape(scope)
        self._progress = ""

    def progress(self, text: str) -> None:
        """Show how far the session is."""
        self._progress = text
        self.refresh()

    def render(self) -> Content:
        """One line that fits: the steps, then the progress, and the scope where there is room."""
        room = self.size.width - len(self._progress) - 1
        steps = Content("  ").join(
            Content.styled(f"[{number} {name}]", "bold $text-primary")
            if number == self._step
            else Content(f"{number} {name}")
            for number, name in enumerate(STEPS, 1)
        )
        title = Content.styled("Threat model   ", "bold")
        scope = Content(f"   {self._scope}")
        for line in (title + steps + scope, title + steps, steps):
            if line.cell_length <= room:
                break
        return Content.assemble(line, " " * max(1, room - line.cell_length + 1), self._progress)
