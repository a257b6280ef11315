"""A review line by line: for any terminal, and for screen readers."""

from __future__ import annotations

from typing import IO

from countermark.display import escape
from countermark.errors import CountermarkError, UsageError
from countermark.review.entry import Decision
from countermark.review.session import Item, Opinion, Session, last_day

from . import review_wording as wording
from . import rows
from .wording import count

_KEYS = "a approve, r reject, w waive; n next, p previous, c comment, v view again, / search, q quit, ? help"
_LONGEST_LINE = 10_000


class _Ended(Exception):  # noqa: N818 - it names what happened
    """The person left, or the input ended."""


class ReviewDialogue:
    """One session over two streams, which are a terminal's."""

    def __init__(self, session: Session, source: IO[str], out: IO[str]) -> None:
        self._session = session
        self._source = source
        self._out = out
        self._at = session.following(-1) or 0
        self._comments: dict[str, str] = {}

    def hold(self) -> None:
        """Go through the hunks until all have an answer, or the person leaves."""
        self._say(f"Review of {escape(self._session.title)}: {count(len(self._session.items), 'hunk')} to go through.")
        try:
            while self._session.items:
                self._ask(self._session.items[self._at])
        except (_Ended, EOFError):
            pass
        self._say("", *wording.outcome(self._session))

    def _ask(self, item: Item) -> None:
        self._show(item)
        watch, at = self._session.watch(item), self._at
        watch.start()
        try:
            while self._at == at and not self._obey(item, self._line("> ")):
                pass
        finally:
            watch.stop()

    def _show(self, item: Item) -> None:
        session = self._session
        self._say("", f"{self._at + 1} of {len(session.items)}  {wording.place(item)}", f"  {wording.written_by(item)}")
        if item.prompt:
            self._say(f"  It was asked: {wording.prompt(item)}")
        for row in rows.of_lines(item.asked.file, item.hunk.first, item.hunk.last):
            self._say(f"  {row.number or '':>5} {row.mark.value} {row.text}".rstrip())
        self._say(*(f"  Found in {line}" for line in wording.findings(item)))
        self._say(f"  {wording.stands(session.standing(item))}", f"  {_KEYS}")

    def _obey(self, item: Item, line: str) -> bool:
        """Do what a line says; True once the hunk should be shown again or another one is due."""
        command, _, words = line.partition(" ")
        words = words.strip()
        match command:
            case "a":
                return self._decide(item, Opinion(Decision.APPROVE, self._comment(item, words)))
            case "r":
                said = self._comment(item, words) or self._line(
                    "  What is wrong with it? (an empty line leaves it out) "
                )
                return self._decide(item, Opinion(Decision.REJECT, said))
            case "w":
                return self._waive(item, words)
            case "n" | "p":
                self._at = (self._at + (1 if command == "n" else -1)) % len(self._session.items)
                return True
            case "v":
                return True
            case "q":
                raise _Ended
        return self._obey_other(item, command, words, line)

    def _obey_other(self, item: Item, command: str, words: str, line: str) -> bool:
        if line.startswith("/"):
            return self._search(line[1:].strip() or self._line("  Search for: "))
        if command == "c":
            self._comments[item.hunk.id] = words or self._line("  Comment: ")
        elif command == "?":
            self._say(*(f"  {one}" for one in wording.HELP))
        else:
            self._say(f"  {_KEYS}")
        return False

    def _comment(self, item: Item, words: str) -> str:
        return words or self._comments.get(item.hunk.id, "")

    def _waive(self, item: Item, words: str) -> bool:
        reason = words or self._line("  Why may it pass unread? ")
        if not reason:
            self._say("  Not waived: it needs a reason.")
            return False
        judging = self._session.pen.desk.judging
        most = judging.policy.settings.longest_waiver
        until = self._line(f"  Until when? (2026-12-24 or 14d; {most} days at most) ") or f"{most}d"
        try:
            day = last_day(until, judging.today)
        except UsageError as fault:
            self._say(f"  Not waived: {fault}")
            return False
        return self._decide(item, Opinion(Decision.WAIVE, self._comment(item, ""), reason, day))

    def _decide(self, item: Item, opinion: Opinion) -> bool:
        try:
            standing = self._session.decide(item, opinion)
        except CountermarkError as fault:
            self._say(f"  {escape(str(fault))}")
            return False
        self._say(f"  {wording.done(opinion.decision, standing)}")
        following = self._session.following(self._at)
        if following is None:
            raise _Ended
        self._at = following
        return True

    def _search(self, words: str) -> bool:
        found = self._session.found(words, self._at) if words else None
        if found is None:
            self._say("  Nothing like that in these hunks.")
            return False
        self._at = found
        return True

    def _line(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._source.readline(_LONGEST_LINE)
        if not line:
            self._out.write("\n")
            raise EOFError
        return line.strip()

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{line}\n")
