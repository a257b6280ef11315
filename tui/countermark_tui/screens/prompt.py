"""Small dialogues over a screen: a line of text, a choice of two, something to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, Static

_LONGEST = 2000


class Prompt(ModalScreen[str | None]):
    """Ask for a line of text; None when the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Leave", tooltip="Leave it as it was", id="prompt.cancel"),
    ]

    def __init__(self, question: str, text: str = "", *, required: bool = False) -> None:
        super().__init__()
        self._question = question
        self._text = text
        self._required = required

    def compose(self) -> ComposeResult:
        """The question, the line, and buttons for the mouse."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title", markup=False)
            yield Input(self._text, max_length=_LONGEST, id="line")
            yield Static(Content(_REQUIRED if self._required else _OPTIONAL), classes="dialog-help", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep", variant="primary", id="keep", compact=True)
                yield Button("Leave", id="leave", compact=True)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        text = self.query_one(Input).value.strip()
        if text or not self._required:
            self.dismiss(text)
        else:
            self.app.bell()

    @on(Button.Pressed, "#leave")
    def action_cancel(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


_OPTIONAL = "enter keeps it, escape leaves it as it was"
_REQUIRED = "A few words; enter keeps them, escape does not skip"


class Choice(ModalScreen[bool]):
    """Ask which of two; the first is the one that loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "choose(True)", "Resume", id="choice.first", show=False),
        Binding("f", "choose(False)", "Start afresh", id="choice.second", show=False),
        Binding("escape", "choose(True)", "Resume", id="choice.escape", show=False),
    ]

    def __init__(self, title: str, text: str, first: str, second: str) -> None:
        super().__init__()
        self._words = (title, text, first, second)

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        title, text, first, second = self._words
        with Vertical(classes="dialog"):
            yield Static(Content(title), classes="dialog-title", markup=False)
            yield Static(Content(text), markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(first, variant="primary", id="first", compact=True)
                yield Button(second, id="second", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "first")

    def action_choose(self, first: bool) -> None:  # noqa: FBT001 - textual calls it with what the key says
        """Take one of the two."""
        self.dismiss(first)


class Page(ModalScreen[None]):
    """Something to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,f1", "close", "Close", id="page.close"),
    ]

    def __init__(self, title: str, lines: Sequence[Content]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The text, scrolling where it is long."""
        with Vertical(classes="dialog -page"):
            yield Static(Content(self._title), classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines), markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Back to where we were."""
        self.dismiss()
