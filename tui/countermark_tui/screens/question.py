"""The second step: one question at a time, with why it is asked and the code that it is about."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from countermark.display import escape
from countermark.threats.questions import Reply
from countermark.threats.session import Answer, Asked
from countermark_tui import rows, wording
from countermark_tui.widgets.code_view import CodeView
from countermark_tui.work import Work

from .prompt import Prompt
from .review import ReviewScreen
from .step import StepScreen

_REPLIES = tuple(Reply)


class QuestionScreen(StepScreen):
    """Ask what is open, in order; every answer can be changed."""

    STEP = 2
    WHAT = (
        "Answer with 1 to 4; the next question follows by itself. A note makes an answer useful to whoever reads the model later. "
        "Don't know is a good answer: it goes into the model as an assumption that nobody has confirmed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number),
                f"answer({number})",
                reply.value.capitalize(),
                tooltip=f"Answer: {reply.value}",
                id=f"question.answer-{number}",
                show=False,  # the replies show their numbers themselves
            )
            for number, reply in enumerate(_REPLIES, 1)
        ),
        Binding("n", "note", "Note", tooltip="Write a note to this answer", id="question.note"),
        Binding("s", "skip", "Skip", tooltip="Skip this question and say why", id="question.skip"),
        Binding(
            "S", "skip_element", "Skip all", tooltip="Skip all about this element", id="question.skip-all", show=False
        ),
        Binding("b", "back", "Back", tooltip="The question before", id="question.back"),
        Binding(
            "f",
            "forward",
            "Forward",
            tooltip="The next question, this one left as it is",
            id="question.forward",
            show=False,
        ),
        Binding("l", "list", "List", tooltip="Show or hide the list of questions", id="question.list"),
        Binding("r", "review", "Review", tooltip="Go on to what will be written", id="question.review"),
    ]

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        queue = self.work.session.queue
        unsettled = self.work.session.unsettled
        self._at = queue.index(unsettled[0]) if unsettled else 0

    def compose_body(self) -> ComposeResult:
        """The list of questions, the question, the code."""
        with Container(id="body"):
            queue = OptionList(id="queue", markup=False)
            queue.border_title = "Questions"
            yield queue
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="text", markup=False)
                yield Static(id="why", markup=False)
                yield OptionList(id="replies", markup=False)
                yield Static(id="note", markup=False)
                yield Static(id="hint", markup=False)
            yield CodeView(id="code")

    def on_mount(self) -> None:
        """Begin where something is open."""
        self.query_one("#replies").focus()

    @property
    def asked(self) -> Asked:
        """The question on the screen."""
        queue = self.work.session.queue
        return queue[min(self._at, len(queue) - 1)]

    def show(self) -> None:
        """The present question and its answer."""
        if not self.work.session.queue:  # somebody else answered it all meanwhile
            self.call_later(self._leave)
            return
        asked, session = self.asked, self.work.session
        answer = session.answer(asked)
        card = self.query_one("#card")
        card.border_title = f"{self._at + 1} of {len(session.queue)}: {asked.question.stage.value}"
        self.query_one("#text", Static).update(Content(asked.text))
        self.query_one("#why", Static).update(Content(asked.why))
        self.query_one("#hint", Static).update(Content(f"Think of: {asked.question.hint}"))
        self._show_replies(answer)
        self._show_note(answer)
        self._show_queue()
        self._show_code(asked)
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)

    def go_to(self, key: str) -> None:
        """Show the question that is called so."""
        keys = [asked.key for asked in self.work.session.queue]
        if key in keys:
            self._at = keys.index(key)
            self.on_screen_resume()

    @on(OptionList.OptionSelected, "#replies")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_answer(event.option_index + 1)

    @on(OptionList.OptionSelected, "#queue")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.go_to(event.option_id)
            self.query_one("#replies").focus()

    def action_answer(self, number: int) -> None:
        """Take a reply down, ask for the words that make it useful, and go on."""
        asked = self.asked
        answer = evolve(self.work.session.answer(asked), reply=_REPLIES[number - 1], skipped="")
        self._say(asked, answer)
        if asked.wants_note(answer):
            self._prompt(asked, asked.question.note, advance=True)
        else:
            self.action_forward()

    def action_note(self) -> None:
        """Write or change the note."""
        self._prompt(self.asked, self.asked.question.note or "Note", advance=False)

    def action_skip(self) -> None:
        """Skip the question, with a reason."""
        asked = self.asked

        def done(reason: str | None) -> None:
            if reason:
                self._say(asked, evolve(self.work.session.answer(asked), reply=None, skipped=reason))
                self.action_forward()

        self.app.push_screen(Prompt("Why skip this question?", required=True), done)

    def action_skip_element(self) -> None:
        """Skip everything that is open about the element, with a reason."""
        element = self.asked.element

        def done(reason: str | None) -> None:
            if reason:
                self.work.skip(element, reason)
                self.post_message(self.Said())
                self._move(next((at for at in range(self._at, len(self._keys)) if self._is_open(at)), len(self._keys)))

        self.app.push_screen(Prompt(f"Why skip all that is open about {element.name}?", required=True), done)

    def action_back(self) -> None:
        """The question before, or the change."""
        if self._at == 0:
            self.app.pop_screen()
        else:
            self._move(self._at - 1)

    def action_forward(self) -> None:
        """The next question, or the review after the last."""
        self._move(self._at + 1)

    def action_list(self) -> None:
        """Show the list of questions where the screen is too small to show it always."""
        self.toggle_class("-listed")
        queue = self.query_one("#queue")
        (queue if queue.display else self.query_one("#replies")).focus()

    def action_review(self) -> None:
        """Go on to what will be written."""
        self.app.push_screen(ReviewScreen(self.work))

    def _leave(self) -> None:
        self.app.pop_screen()  # not awaited: a screen cannot wait for its own end

    @property
    def _keys(self) -> list[str]:
        return [asked.key for asked in self.work.session.queue]

    def _is_open(self, at: int) -> bool:
        session = self.work.session
        return not session.answer(session.queue[at]).settled

    def _move(self, at: int) -> None:
        if at >= len(self.work.session.queue):
            self.action_review()
            return
        self._at = at
        self.on_screen_resume()

    def _say(self, asked: Asked, answer: Answer) -> None:
        self.work.say(asked, answer)
        self.post_message(self.Said())

    def _prompt(self, asked: Asked, question: str, *, advance: bool) -> None:
        def done(note: str | None) -> None:
            if note is not None:
                self._say(asked, evolve(self.work.session.answer(asked), note=note))
            if advance:
                self.action_forward()
            else:
                self.show()

        self.app.push_screen(Prompt(question, self.work.session.answer(asked).note), done)

    def _show_replies(self, answer: Answer) -> None:
        replies = self.query_one("#replies", OptionList)
        replies.clear_options()
        for number, reply in enumerate(_REPLIES, 1):
            chosen = reply is answer.reply
            text = f"{'(x)' if chosen else '( )'} {number}  {reply.value.capitalize()}"
            replies.add_option(Option(Content.styled(text, "bold" if chosen else "")))
        replies.highlighted = _REPLIES.index(answer.reply) if answer.reply else None  # no reply is the one to expect

    def _show_note(self, answer: Answer) -> None:
        lines = [f"Skipped: {escape(answer.skipped)}"] if answer.skipped else []
        lines += [f"Note: {escape(answer.note)}"] if answer.note else []
        note = self.query_one("#note", Static)
        note.display = bool(lines)
        note.update(Content("\n".join(lines)))

    def _show_queue(self) -> None:
        queue = self.query_one("#queue", OptionList)
        session, options = self.work.session, []
        element = None
        for asked in session.queue:
            if asked.element.id != element:
                element = asked.element.id
                options.append(Option(Content.styled(asked.element.symbol, "bold $text-primary"), disabled=True))
            text = f"{wording.sign(session.answer(asked))} {wording.SHORT[asked.question.stage]}"
            options.append(Option(Content(text), id=asked.key))
        queue.clear_options()
        queue.add_options(options)
        queue.highlighted = queue.get_option_index(self.asked.key)

    def _show_code(self, asked: Asked) -> None:
        view = self.query_one(CodeView)
        file = next(file for file in self.work.session.found.files if file.path == asked.element.path)
        view.border_title = Content(f"{asked.element.where.path}:{asked.element.where.line_hint}")
        shown = rows.around(file, asked.element.span, compared=self.work.compared)
        first = next((at for at, row in enumerate(shown) if row.number == asked.element.where.line_hint), 0)
        view.show(shown, file.path, at=first)
