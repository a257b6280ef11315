"""The same session line by line: for any terminal, for screen readers, and for pipes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from attrs import evolve

from countermark.display import escape
from countermark.errors import CountermarkError, ExitCode, UsageError
from countermark.threats.questions import Reply
from countermark.threats.session import Asked
from countermark.threats.store import Plan

from . import rows, wording
from .work import Work

_REPLIES = tuple(Reply)
_KEYS = (
    "1 yes, 2 no, 3 not applicable, 4 don't know; n note, s skip, S skip all about this, b back, c code, q quit, ? help"
)
_HELP = (
    "Each question is answered with a number. A note makes an answer useful to whoever reads the model later: `n`, or `n` and",
    "the words on the same line. `s` and `S` take a reason in the same way. Don't know is a good answer: it becomes an assumption",
    "that nobody has confirmed. After the last question you see what will be written. Answers are kept in a draft as you give them.",
)


class _Ended(Exception):  # noqa: N818 - it names what happened
    """The person left, or the input ended."""


class Dialogue:
    """One session over two streams."""

    def __init__(self, work: Work, source: TextIO, out: TextIO, *, echo: bool = False) -> None:
        self._work = work
        self._source = source
        self._out = out
        self._echo = echo  # a pipe shows nobody what was typed
        self._at = 0
        self._warned = False

    def hold(self) -> ExitCode:
        """Hold the session to its end. Raises UsageError where the input ends before it."""
        self._say(f"Threat model: {escape(self._work.session.scope.title)}. {wording.overview(self._work.session)}.")
        unseen = wording.not_looked_at(self._work.session.found.not_looked_at)
        if unseen:
            self._say("Not looked at:", *(f"  {line}" for line in unseen))
        nothing = wording.nothing_to_ask(self._work.session)
        if nothing:
            self._say(*nothing, "Detectors that ran:", *(f"  {line}" for line in wording.detectors(self._work.session)))
            return ExitCode.CLEAN
        try:
            self._offer_draft()
            self._questions()
            return self._review()
        except _Ended:
            return self._left()
        except EOFError:
            self._left()
            raise UsageError("the input ended before the session was saved") from None

    def _left(self) -> ExitCode:
        waiting = wording.count(self._work.session.settled, "answer")
        self._say(f"Nothing was written. {waiting} wait in the draft; start again to go on.")
        return ExitCode.CLEAN

    def _offer_draft(self) -> None:
        if self._work.draft is None:
            return
        answers = wording.count(self._work.draft.settled, "answer")
        self._say(f"A draft holds {answers} about this very code, from a session that was not saved.")
        if self._yes("Go on with them?"):
            self._work.resume()
        else:
            self._work.start_afresh()

    def _questions(self) -> None:
        queue = self._work.session.queue
        self._at = next(
            (at for at, asked in enumerate(queue) if not self._work.session.answer(asked).settled), len(queue)
        )
        while self._at < len(self._work.session.queue):
            self._ask(self._work.session.queue[self._at])

    def _ask(self, asked: Asked) -> None:
        session = self._work.session
        answer = session.answer(asked)
        self._say("", f"{self._at + 1} of {len(session.queue)}  {asked.question.stage.value}")
        self._say(f"  {asked.text}", f"  {asked.why}")
        if self._at == 0 or session.queue[self._at - 1].element.id != asked.element.id:
            self._code(asked)
        self._say(f"  Think of: {asked.question.hint}")
        if answer.settled or answer.note:
            note = f"; note: {escape(answer.note)}" if answer.note else ""
            self._say(f"  So far: {wording.said(answer)}{note}")
        self._say(f"  {_KEYS}")
        at = self._at
        while self._at == at and not self._obey(asked, self._line("> ")):
            pass

    def _obey(self, asked: Asked, line: str) -> bool:
        """Do what a line says; True once the question should be shown again or the next one is due."""
        command, _, words = line.partition(" ")
        words = words.strip()
        if command in {"1", "2", "3", "4"}:
            self._answer(asked, _REPLIES[int(command) - 1], words)
            return True
        if command == "b":
            self._at = max(0, self._at - 1)
            return True
        if command == "q":
            raise _Ended
        return self._obey_other(asked, command, words)

    def _obey_other(self, asked: Asked, command: str, words: str) -> bool:
        if command == "n":
            answer = self._work.session.answer(asked)
            self._work.say(asked, evolve(answer, note=words or self._line("  Note: ")))
            self._keep()
        elif command in {"s", "S"}:
            return self._skip(asked, words or self._line("  Why? "), everything=command == "S")
        elif command == "c":
            self._code(asked)
        elif command == "?":
            self._say(*(f"  {line}" for line in _HELP))
        else:
            self._say(f"  {_KEYS}")
        return False

    def _answer(self, asked: Asked, reply: Reply, words: str) -> None:
        answer = evolve(self._work.session.answer(asked), reply=reply, skipped="")
        answer = evolve(answer, note=words or answer.note)
        if asked.wants_note(answer):
            answer = evolve(answer, note=self._line(f"  {asked.question.note} (an empty line leaves it out) "))
        self._work.say(asked, answer)
        self._keep()
        self._at += 1

    def _skip(self, asked: Asked, reason: str, *, everything: bool) -> bool:
        if not reason:
            self._say("  Not skipped: it needs a reason.")
            return False
        if everything:
            self._work.skip(asked.element, reason)
            queue = self._work.session.queue
            self._at = next(
                (at for at in range(self._at, len(queue)) if queue[at].element.id != asked.element.id), len(queue)
            )
        else:
            self._work.say(asked, evolve(self._work.session.answer(asked), reply=None, skipped=reason))
            self._at += 1
        self._keep()
        return True

    def _review(self) -> ExitCode:
        session = self._work.session
        if not session.worth_saving:
            raise _Ended
        plan = self._work.plan()
        self._say("", "This will be written:")
        self._preview(plan)
        still_open = [f"  {wording.open_line(session, asked)}" for asked in self._work.session.open]
        self._say(*(["Open:", *still_open] if still_open else []))
        self._say(*(f"Look at this by hand: {escape(remark)}" for remark in plan.remarks))
        if not self._yes("Write these two files?"):
            raise _Ended
        try:
            self._work.save(plan)
        except CountermarkError:
            self._left()
            raise
        self._say(*wording.saved(plan))
        return ExitCode.CLEAN

    def _preview(self, plan: Plan) -> None:
        from countermark.change import FileChange
        from countermark.content import Content

        before = None if plan.previous is None else Content(plan.previous)
        model = FileChange("model.yaml", Content(plan.model), before)
        self._rows(rows.difference(model))
        self._say(f"and a record of this session, {plan.session_path}")

    def _code(self, asked: Asked) -> None:
        file = next(file for file in self._work.session.found.files if file.path == asked.element.path)
        self._rows(rows.around(file, asked.element.span, compared=self._work.compared, most=30))

    def _rows(self, shown: Iterable[rows.Row]) -> None:
        self._say(*(f"  {row.number or '':>5} {row.mark.value} {row.text}".rstrip() for row in shown))

    def _yes(self, question: str) -> bool:
        while True:
            line = self._line(f"{question} [y/n] ").lower()
            if line in {"y", "yes", "n", "no"}:
                return line.startswith("y")

    def _line(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._source.readline(10_000)
        if not line:
            self._out.write("\n")
            raise EOFError
        if self._echo:
            self._out.write(f"{escape(line.strip())}\n")
        return line.strip()

    def _keep(self) -> None:
        trouble = self._work.keep()
        if trouble and not self._warned:
            self._warned = True
            self._say(f"  {escape(trouble)}")

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{line}\n")
