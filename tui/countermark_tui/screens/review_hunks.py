"""The screen of a review: one hunk with the lines around it, what is known of it, and the keys that decide."""

from __future__ import annotations

from contextlib import ExitStack
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from countermark.display import escape
from countermark.errors import CountermarkError, UsageError
from countermark.review.entry import Decision
from countermark.review.session import Item, Opinion, Session, last_day
from countermark_tui import review_wording as wording
from countermark_tui import rows
from countermark_tui.widgets.code_view import CodeView

from .prompt import Page, Prompt


class HunkScreen(Screen[None]):
    """One hunk at a time. Its watch runs while it is in front, and stands still under a dialogue or when the terminal loses focus."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (116, "-wide")]  # noqa: RUF012 - textual's way
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "Approve", tooltip="You answer for these lines from now on", id="hunk.approve"),
        Binding(
            "r", "reject", "Reject", tooltip="They block until they change, or you think otherwise", id="hunk.reject"
        ),
        Binding("w", "waive", "Waive", tooltip="They pass unread until a day, for a reason", id="hunk.waive"),
        Binding("n", "move(1)", "Next", tooltip="The next hunk", id="hunk.next"),
        Binding("p", "move(-1)", "Previous", tooltip="The hunk before", id="hunk.previous"),
        Binding("c", "comment", "Comment", tooltip="Words that go with your decision", id="hunk.comment"),
        Binding("slash", "search", "Search", tooltip="Go to a hunk by its path or text", id="hunk.search"),
        Binding("question_mark,f1", "help", "Help", tooltip="What this is and which keys there are", id="hunk.help"),
        Binding("q", "leave", "Quit", tooltip="Leave; what was decided stays decided", id="hunk.quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._at = session.following(-1) or 0
        self._comments: dict[str, str] = {}

    @property
    def item(self) -> Item:
        """The hunk in front."""
        return self.session.items[self._at]

    def compose(self) -> ComposeResult:
        """The frame; textual calls it."""
        yield Static(id="review-bar", markup=False)
        with Vertical(id="review-body"):
            yield OptionList(id="hunks")
            with Vertical(id="hunk"):
                yield CodeView(id="hunk-code")
                yield Static(id="hunk-facts", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first hunk that waits; arrow keys scroll it."""
        self.query_one("#hunks", OptionList).border_title = "Hunks"
        self._show()
        self.query_one(CodeView).focus()
        self.watch(self.app, "app_focus", self._focus_changed, init=False)

    def _focus_changed(self, focused: bool) -> None:  # noqa: FBT001 - textual calls it with the new value
        if focused:
            self._in_front()
        else:
            self._behind()

    @on(events.ScreenResume)
    def _in_front(self) -> None:
        if self.app.app_focus and self.is_current:
            self.session.watch(self.item).start()

    @on(events.ScreenSuspend)
    def _behind(self) -> None:
        self.session.watch(self.item).stop()

    @on(OptionList.OptionSelected, "#hunks")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    def action_move(self, by: int) -> None:
        """To the next hunk or the one before, around the end."""
        self._go((self._at + by) % len(self.session.items))

    def action_approve(self) -> None:
        """Answer for the lines."""
        self._decide(Opinion(Decision.APPROVE, self._comment))

    def action_reject(self) -> None:
        """Say no, and what is wrong."""

        def done(words: str | None) -> None:
            if words is not None:
                self._decide(Opinion(Decision.REJECT, words))

        self.app.push_screen(Prompt("What is wrong with these lines?", self._comment), done)

    def action_waive(self) -> None:
        """Let them pass unread: why, and until when."""
        judging = self.session.pen.desk.judging
        most = judging.policy.settings.longest_waiver

        def until(reason: str, text: str | None) -> None:
            if text is None:
                return
            try:
                day = last_day(text, judging.today)
            except UsageError as fault:
                self._tell(str(fault), fault=True)
                return
            self._decide(Opinion(Decision.WAIVE, self._comment, reason, day))

        def because(reason: str | None) -> None:
            if reason:
                question = f"Until when? A day such as 2026-12-24, or 14d; {most} days at most"
                self.app.push_screen(Prompt(question, f"{most}d", required=True), lambda text: until(reason, text))

        self.app.push_screen(Prompt("Why may these lines pass unread? Others will read this.", required=True), because)

    def action_comment(self) -> None:
        """Words that go with the decision."""

        def done(words: str | None) -> None:
            if words is not None:
                self._comments[self.item.hunk.id] = words
                self._show()

        self.app.push_screen(Prompt("Comment", self._comment), done)

    def action_search(self) -> None:
        """Go to a hunk by its path or text."""

        def done(words: str | None) -> None:
            found = self.session.found(words, self._at) if words else None
            if found is not None:
                self._go(found)
            elif words:
                self._tell("Nothing like that in these hunks")

        self.app.push_screen(Prompt("Search in paths and lines"), done)

    def action_help(self) -> None:
        """What this is, and its keys as they are bound now."""
        lines = [Content(line) for line in (*wording.HELP, "")]
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.id and binding.id.startswith("hunk."):
                key = (f"{self.app.get_key_display(binding):>8}", "bold $text-primary")
                lines.append(Content.assemble(key, f"  {binding.tooltip or binding.description}"))
        self.app.push_screen(Page("Help", lines))

    def action_leave(self) -> None:
        """Leave; every decision is written already."""
        self.app.exit()

    @property
    def _comment(self) -> str:
        return self._comments.get(self.item.hunk.id, "")

    def _decide(self, opinion: Opinion) -> None:
        self._behind()
        try:
            with ExitStack() as stack:
                if self.session.pen.signer is not None:  # ssh-keygen may ask for a passphrase or a touch
                    self._hand_over(stack)
                standing = self.session.decide(self.item, opinion)
        except CountermarkError as fault:
            self._tell(str(fault), fault=True)
            self._in_front()
            return
        self._tell(wording.done(opinion.decision, standing))
        following = self.session.following(self._at)
        if following is None:
            self.app.exit()
        else:
            self._go(following)

    def _hand_over(self, stack: ExitStack) -> None:
        try:
            stack.enter_context(self.app.suspend())
        except SuspendNotSupported:
            return

    def _go(self, at: int) -> None:
        self._behind()
        self._at = at
        self._show()
        self._in_front()

    def _show(self) -> None:
        item = self.item
        view = self.query_one(CodeView)
        view.border_title = Content(wording.place(item))
        shown = rows.of_lines(item.asked.file, item.hunk.first, item.hunk.last)
        view.show(shown, item.hunk.path)
        self.query_one("#hunk-facts", Static).update(self._facts(item))
        self._show_list()
        settled, total = self.session.settled, len(self.session.items)
        title = f"Review of {escape(self.session.title)}   hunk {self._at + 1} of {total}   {settled} answered"
        self.query_one("#review-bar", Static).update(Content(title))

    def _facts(self, item: Item) -> Content:
        lines = [Content(wording.written_by(item))]
        if item.prompt:
            lines.append(Content.assemble(("It was asked: ", "bold"), wording.prompt(item)))
        lines += [Content.styled(f"Found in {line}", "$text-warning") for line in wording.findings(item)]
        if self._comment:
            lines.append(Content(f"Comment: {escape(self._comment)}"))
        lines.append(Content.styled(wording.stands(self.session.standing(item)), "bold"))
        return Content("\n").join(lines)

    def _show_list(self) -> None:
        listed = self.query_one("#hunks", OptionList)
        signs = [wording.sign(self.session.standing(item)) for item in self.session.items]
        places = [wording.place(item) for item in self.session.items]
        listed.clear_options()
        listed.add_options([Option(Content(f"{one} {place}")) for one, place in zip(signs, places, strict=True)])
        listed.highlighted = self._at

    def _tell(self, text: str, *, fault: bool = False) -> None:
        self.app.notify(escape(text), severity="error" if fault else "information", markup=False)
