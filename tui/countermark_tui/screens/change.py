"""The first step: the change itself. Files with what was found in them, the difference, and what nobody looked at."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from countermark.change import FileChange
from countermark.display import escape
from countermark_tui import rows, wording
from countermark_tui.widgets.code_view import CodeView

from .question import QuestionScreen
from .step import StepScreen


class ChangeScreen(StepScreen):
    """Browse the change, then go on to the questions."""

    STEP = 1
    WHAT = "This is the change that the session is about. Look through it, then continue to the questions."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "questions", "Continue", tooltip="Go on to the questions", id="change.continue"),
        Binding("d", "diff", "Difference", tooltip="Move into the difference, to scroll it", id="change.difference"),
        Binding("b", "back", "Back", show=False, id="change.back"),
    ]

    def compose_body(self) -> ComposeResult:
        """Files on the left, the difference on the right, what was found below."""
        with Horizontal(id="change"):
            files = OptionList(id="files", markup=False)
            files.border_title = "Files"
            yield files
            diff = CodeView(id="difference")
            diff.border_title = "Difference"
            yield diff
        with Vertical(id="below"):
            with VerticalScroll(id="findings"):
                yield Static(id="found", markup=False)
            yield Button(id="start", variant="primary", action="screen.questions", compact=True)

    def on_mount(self) -> None:
        """List the files, those that something was found in first."""
        files = self.query_one("#files", OptionList)
        found = Counter(element.path for element in self.work.session.elements)
        self._files = sorted(self.work.session.found.files, key=lambda file: (not found[file.path], file.path))
        files.add_options(Option(self._label(file, found[file.path])) for file in self._files)
        files.highlighted = 0 if self._files else None
        files.focus()

    def show(self) -> None:
        """Say what was found, and offer what can be done."""
        session = self.work.session
        self.query_one("#found", Static).update(self._findings())
        self.set_class(not session.queue, "-nothing")  # then what ran is what there is to read
        button = self.query_one("#start", Button)
        button.disabled = not session.queue
        button.label = Content(
            f" Answer {wording.count(len(session.queue), 'question')} (c) " if session.queue else "No questions"
        )
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#files")
    def _show_difference(self, event: OptionList.OptionHighlighted) -> None:
        file = self._files[event.option_index]
        view = self.query_one(CodeView)
        view.border_title = Content(escape(file.path))
        view.show(rows.difference(file, compared=self.work.compared), file.path)

    @on(OptionList.OptionSelected, "#files")
    def _enter_difference(self) -> None:
        self.action_diff()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - textual's signature
        """Without questions there is nowhere to continue to; before the first step there is nothing."""
        if action == "questions":
            return True if self.work.session.queue else None
        return action != "back"

    def action_questions(self) -> None:
        """Go on to the questions."""
        self.app.push_screen(QuestionScreen(self.work))

    def action_diff(self) -> None:
        """Move into the difference."""
        self.query_one(CodeView).focus()

    def _label(self, file: FileChange, found: int) -> Content:
        badge = Content.styled(f" {found} found ", "bold $text-warning on $warning-muted") if found else Content("")
        counts = Content.styled(_counts(file) if self.work.compared else "", "$text-muted")
        return Content.assemble(escape(file.path), "  ", counts, "  " if found else "", badge)

    def _findings(self) -> Content:
        session = self.work.session
        heading = "bold $text-primary"
        parts: list[Content] = [Content("\n").join(map(Content, wording.nothing_to_ask(session)))]
        asked = [element for element in session.elements if element not in session.known]
        if asked:
            parts = [Content.styled("Found", heading), *(Content(f"  {element.why}") for element in asked)]
        if asked and session.known:
            names = wording.listed([element.symbol for element in session.known])
            parts += [Content.styled("Answered before, and not changed since", heading), Content(f"  {names}")]
        skipped = wording.not_looked_at(session.found.not_looked_at)
        if skipped:
            parts += [Content.styled("Not looked at", heading), *(Content(f"  {line}") for line in skipped)]
        if not session.queue:
            parts += [
                Content.styled("Detectors that ran", heading),
                *(Content(f"  {line}") for line in wording.detectors(session)),
            ]
        return Content("\n").join(parts)


def _counts(file: FileChange) -> str:
    """Lines added and removed, as ``+31 -2``."""
    if file.after.is_binary:
        return "binary"
    added = sum(len(file.after.slice(hunk.after).splitlines()) for hunk in file.hunks)
    before = file.before
    removed = sum(len(before.slice(hunk.before).splitlines()) for hunk in file.hunks) if before else 0
    return f"+{added} -{removed}"
