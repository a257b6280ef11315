"""The third step: exactly what will be written, what stays open, and what nobody looked at."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TabbedContent, TabPane
from textual.worker import Worker, WorkerState

from countermark.change import FileChange
from countermark.content import Content as FileContent
from countermark.display import escape
from countermark.errors import CountermarkError
from countermark.threats.store import MODEL, ModelChanged, Plan
from countermark_tui import rows, wording
from countermark_tui.widgets.code_view import CodeView

from .step import StepScreen


class ReviewScreen(StepScreen):
    """Look, then write. Nothing is staged or committed."""

    STEP = 3
    WHAT = "This is what will be written. Look at it, then press ctrl+s. Nothing is staged or committed for you."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,w", "save", "Write", tooltip="Write the model and the session file", id="review.save", priority=True
        ),
        Binding("b", "back", "Back", tooltip="Back to the questions", id="review.back"),
    ]

    class Saved(Message):
        """The files are written."""

        def __init__(self, plan: Plan) -> None:
            super().__init__()
            self.plan = plan

    _plan: Plan | None = None

    def compose_body(self) -> ComposeResult:
        """A tab for each thing to look at."""
        yield Static(id="outcome", markup=False)
        with TabbedContent(id="tabs"):
            with TabPane("Model", id="tab-model"):
                yield CodeView(id="model")
            with TabPane("Session", id="tab-session"):
                yield CodeView(id="session")
            with TabPane("Open", id="tab-open"), VerticalScroll():
                yield Static(id="open", markup=False)
            with TabPane("Not looked at", id="tab-unseen"), VerticalScroll():
                yield Static(id="unseen", markup=False)

    def show(self) -> None:
        """What saving would do now."""
        session = self.work.session
        try:
            self._plan = self.work.plan()
        except CountermarkError as fault:
            self._plan = None
            self._say_outcome(str(fault), fault=True)
            return
        self._say_outcome(self._summary())
        plan = self._plan
        self.query_one("#model", CodeView).show(_difference(plan.model, plan.previous), "model.yaml")
        self.query_one("#session", CodeView).show(_difference(plan.session, None), "session.yaml")
        still_open = [wording.open_line(session, asked) for asked in session.open]
        remarks = [f"Look at this by hand: {escape(remark)}" for remark in plan.remarks]
        self._fill(
            "open", f"Open ({len(still_open) + len(remarks)})", [*remarks, *still_open], "Everything was answered."
        )
        unseen = wording.not_looked_at(session.found.not_looked_at)
        listed = [*unseen, "", "These detectors ran.", *wording.detectors(session), "", wording.LIMITS]
        self._fill("unseen", f"Not looked at ({len(session.found.not_looked_at)})", listed, "")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - textual's signature
        """What is not planned, or holds no answer, cannot be written."""
        if action == "save":
            return True if self._plan is not None and self.work.session.worth_saving else None
        return True

    def action_save(self) -> None:
        """Write the files."""
        if self._plan is not None:
            self._save(self._plan)

    @work(thread=True, exclusive=True, exit_on_error=False, group="save")
    def _save(self, plan: Plan) -> Plan:
        self.work.save(plan)
        return plan

    @on(Worker.StateChanged)
    def _saved(self, event: Worker.StateChanged) -> None:
        if event.worker.group != "save":
            return
        event.stop()
        if event.state is WorkerState.SUCCESS and event.worker.result is not None:
            self.post_message(self.Saved(event.worker.result))
        elif event.state is WorkerState.ERROR:
            fault = event.worker.error
            if isinstance(fault, ModelChanged):
                self.show()  # the preview of what saving would do now
            said = str(fault) if isinstance(fault, CountermarkError) else f"unexpected {type(fault).__name__}"
            self._say_outcome(f"Not written: {said}", fault=True)

    def _summary(self) -> str:
        session = self.work.session
        if not session.worth_saving:
            return "Nothing was answered yet, so there is nothing to write."
        return (
            f"Will write {MODEL} and {self._plan.session_path if self._plan else ''}. "
            f"{session.settled} of {len(session.queue)} answered, {len(session.open)} open."
        )

    def _say_outcome(self, text: str, *, fault: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.set_class(fault, "-fault")
        outcome.update(Content("\n".join(escape(line) for line in text.splitlines())))

    def _fill(self, name: str, title: str, lines: list[str], empty: str) -> None:
        self.query_one(f"#{name}", Static).update(Content("\n".join(lines) or empty))
        self.query_one(TabbedContent).get_tab(f"tab-{name}").label = Content(title)


def _difference(after: bytes, before: bytes | None) -> tuple[rows.Row, ...]:
    previous = None if before is None else FileContent(before)
    return rows.difference(FileChange("preview", FileContent(after), previous), compared=before is not None)
