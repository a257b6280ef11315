"""The threat modelling session as a full-screen application."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from attrs import frozen
from textual import on, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import LoadingIndicator, Static
from textual.worker import Worker, WorkerState

from countermark.errors import CountermarkError, PartFailed
from countermark.threats.store import Plan

from . import wording
from .commands import Questions
from .screens.change import ChangeScreen
from .screens.prompt import Choice, Page
from .screens.review import ReviewScreen
from .screens.step import StepScreen
from .work import Work


@frozen
class Ended:
    """How a session ended: with a plan that was written, with answers that wait in a draft, or with an error."""

    saved: Plan | None = None
    waiting: int = 0
    fault: CountermarkError | None = None


class ThreatModelApp(App[Ended]):
    """``load`` reads the change; it runs in a thread, so that the screen is there at once."""

    TITLE = "Countermark threat model"
    CSS_PATH: ClassVar[Any] = ["styles/app.tcss", "styles/screens.tcss", "styles/dialogs.tcss"]
    COMMANDS = App.COMMANDS | {Questions}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", tooltip="What this is and which keys there are", id="app.help"),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            tooltip="Everything that can be done here",
            id="app.commands",
            show=False,
        ),
        Binding("q", "leave", "Quit", tooltip="Leave; the answers wait in a draft", id="app.quit"),
    ]

    def __init__(self, load: Callable[[], Work]) -> None:
        super().__init__()
        self._load = load
        self._work: Work | None = None
        self._warned = False

    def compose(self) -> ComposeResult:
        """What is seen while the change is read."""
        yield Static(Content("Reading the change"), id="loading-text", markup=False)
        yield LoadingIndicator()

    def on_mount(self) -> None:
        """Read the change, off the screen's thread."""
        self._read()

    @work(thread=True, exit_on_error=False, group="load")
    def _read(self) -> Work:
        return self._load()

    @work(thread=True, exit_on_error=False, group="draft")
    def _keep(self, held: Work) -> str | None:
        return held.keep()

    @on(StepScreen.Said)
    def _said(self) -> None:
        if self._work is not None:
            self._keep(self._work)

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        result = event.worker.result if event.state is WorkerState.SUCCESS else None
        if event.state is WorkerState.ERROR:
            self.exit(Ended(fault=_as_fault(event.worker.error)))
        elif isinstance(result, Work):
            self._begin(result)
        elif isinstance(result, str) and not self._warned:
            self._warned = True
            self.notify(result, severity="warning", markup=False)

    def _begin(self, held: Work) -> None:
        self._work = held
        if held.draft is None:
            self.push_screen(ChangeScreen(held))
            return
        answers = wording.count(held.draft.settled, "answer")
        text = f"An earlier session ended before it was saved. Its draft holds {answers} about this very code."
        self.push_screen(Choice("Go on where you stopped?", text, "Resume (r)", "Start afresh (f)"), self._resumed)

    def _resumed(self, resume: bool | None) -> None:  # noqa: FBT001 - a callback
        assert self._work is not None  # noqa: S101 - the dialogue is shown for it
        if resume:
            self._work.resume()
        else:
            self._work.start_afresh()
        self.push_screen(ChangeScreen(self._work))

    @on(ReviewScreen.Saved)
    def _saved(self, event: ReviewScreen.Saved) -> None:
        lines = [Content(line) for line in wording.saved(event.plan)]
        self.push_screen(Page("Saved", lines), lambda _: self.exit(Ended(saved=event.plan)))

    def _fatal_error(self) -> None:
        """As textual's, without its traceback: that shows local variables, and so what is in a stranger's files."""
        self._close_messages_no_wait()

    def action_leave(self) -> None:
        """Leave. What was answered is in the draft already; it is written once more, in case the last answer is on its way."""
        waiting = 0
        if self._work is not None and self._work.draft is None:
            waiting = self._work.session.settled
            if waiting:
                self._work.keep()
        self.exit(Ended(waiting=waiting))

    def action_help(self) -> None:
        """What this screen is for, and its keys as they are bound now."""
        screen = self.screen
        if isinstance(screen, StepScreen):
            self.push_screen(Page("Help", _help(screen)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own commands, and whatever has a key on this screen."""
        yield from super().get_system_commands(screen)
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled and binding.action != "command_palette":
                action = partial_action(self, binding.action, active.node)
                yield SystemCommand(f"{binding.description} ({self.get_key_display(binding)})", binding.tooltip, action)


def hold(load: Callable[[], Work]) -> Ended:
    """Hold a session on the screen. An unexpected error of the application is raised here, for the caller's border to tell."""
    app = ThreatModelApp(load)
    ended = app.run()
    if app._exception is not None:  # noqa: SLF001 - textual would print it, with local variables
        raise app._exception  # noqa: SLF001 - as above
    return ended or Ended(waiting=0)


def partial_action(app: App[Any], action: str, node: Any) -> Callable[[], Any]:
    """An action of a screen as something that the palette can call."""

    async def call() -> None:
        await app.run_action(action, default_namespace=node)

    return call


def _as_fault(error: BaseException | None) -> CountermarkError:
    """The error of a worker; of an unexpected one only the kind is told, for its words may quote a file."""
    return error if isinstance(error, CountermarkError) else PartFailed(f"unexpected {type(error).__name__}")


def _help(screen: StepScreen) -> list[Content]:
    lines = [Content(screen.WHAT), Content("")]
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id:
            key = screen.app.get_key_display(binding)
            lines.append(
                Content.assemble((f"{key:>8}", "bold $text-primary"), f"  {binding.tooltip or binding.description}")
            )
    lines += [
        Content(""),
        Content(
            "Tab moves between parts, arrow keys within one; the mouse does both. Answers are kept in a draft as you give them,"
        ),
        Content("so you can leave at any time. Nothing leaves this machine."),
        Content(""),
        Content("The four questions follow Adam Shostack's frame; the words are ours."),
    ]
    return lines
