"""What the three screens of a session have in common."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from countermark_tui.widgets.top_bar import TopBar
from countermark_tui.work import Work


class StepScreen(Screen[None]):
    """A screen with the steps above and the keys below. Subclasses yield what is between in ``compose_body``."""

    STEP = 0
    WHAT = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (116, "-wide")]  # noqa: RUF012 - textual's way
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "back", "Back", tooltip="One step back", id="step.back"),
    ]

    class Said(Message):
        """Something was answered; the draft is behind."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work

    def compose(self) -> ComposeResult:
        """The frame; textual calls it."""
        yield TopBar(self.STEP, self.work.session.scope.title)
        yield from self.compose_body()
        yield Footer(show_command_palette=False)

    def compose_body(self) -> ComposeResult:
        """What the screen is about."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Show the present state whenever the screen comes to the front."""
        session = self.work.session
        self.query_one(TopBar).progress(f"{session.settled} of {len(session.queue)}" if session.queue else "")
        self.show()

    def show(self) -> None:
        """Bring the screen up to date with the session."""
        raise NotImplementedError

    def action_back(self) -> None:
        """One step back."""
        self.app.pop_screen()
