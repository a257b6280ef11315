"""The gate: which hunks of a file need an answer, what each has, and the finding that says so, the same in every face."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrs import define, evolve, field

from countermark.change import FileChange
from countermark.config.schema import Gate, Need
from countermark.display import escape
from countermark.finding import Finding, Rule
from countermark.provenance.hunks import marked_hunks
from countermark.provenance.model import MarkedHunk, State, Stretch
from countermark.verdict import Judged, Level, Verdict

from . import rules
from .standing import Answer, Judging, Standing

_RULES = {
    State.AI: rules.AI_UNREVIEWED,
    State.SUSPECTED: rules.SUSPECTED_UNREVIEWED,
    State.UNTRACKED: rules.UNTRACKED_UNREVIEWED,
}
_NAMES = {State.AI: "an AI agent", State.SUSPECTED: "perhaps an agent", State.UNTRACKED: "nobody knows who"}


class Asked(NamedTuple):
    """A hunk that needs an answer, what it needs, where it stands, and the address of whoever commits it."""

    file: FileChange
    hunk: MarkedHunk
    need: Need
    standing: Standing
    author: str = ""


@define
class Doorkeeper:
    """Looks at the files of one change. ``here`` is what is about to happen: a commit, or a push (CI looks as a push does).

    ``author`` is the address of whoever commits it.
    """

    judging: Judging
    here: Gate
    author: str
    _seen: Counter[str] = field(factory=Counter, init=False)

    @property
    def open(self) -> bool:
        """Whether nothing is asked here at all."""
        return self.judging.policy.settings.gate is Gate.OFF

    def asked(self, file: FileChange, stretches: Iterable[Stretch]) -> Iterator[Asked]:
        """The hunks of a file that need anything, in order."""
        policy = self.judging.policy
        for hunk in marked_hunks(file, stretches, self._seen):
            need = policy.need(file.path, hunk.author.state)
            if need is not Need.NOTHING:
                yield Asked(file, hunk, need, self.judging.standing(hunk, self.author), self.author)

    def judged(self, asked: Asked) -> Iterator[Judged]:
        """What is to be said of a hunk: nothing when somebody answers for it and took the time."""
        standing = asked.standing
        if not standing.passes:
            rejected = standing.answer is Answer.REJECTED
            rule = rules.REJECTED if rejected else _RULES[asked.hunk.author.state]
            verdict = self._verdict(asked) if not rejected else self._at_gate("a person rejected it")
            yield Judged(_finding(asked, rule, standing.why), verdict)
        elif standing.hasty and self.judging.policy.settings.too_fast is not Need.NOTHING:
            entry = standing.hasty[0]
            said = f"{escape(entry.name)} had {entry.lines} lines on screen for {entry.seconds:.0f} s"
            yield Judged(_finding(asked, rules.TOO_FAST, said), Verdict(Level.WARN, 'review.too-fast = "warn"'))

    def _verdict(self, asked: Asked) -> Verdict:
        reason = f'review.{asked.hunk.author.state.value} = "{asked.need.name.lower()}"'
        return Verdict(Level.WARN, reason) if asked.need is Need.WARN else self._at_gate(reason)

    def _at_gate(self, reason: str) -> Verdict:
        gate = self.judging.policy.settings.gate
        if gate >= self.here:
            return Verdict(Level.BLOCK, reason)
        return Verdict(Level.WARN, f'review.gate = "{gate.name.lower()}": it stops the {"push" if gate else "nothing"}')


def _finding(asked: Asked, rule: Rule, why: str) -> Finding:
    """The finding at the hunk's first line. It quotes nothing: what else is wrong with the line, a secret for one, others know."""
    hunk, content = asked.hunk, asked.file.after
    span = content.line_span(hunk.first - 1)
    finding = Finding.of(rule, hunk.path, span, message=_message(hunk, why))
    return evolve(
        finding,
        start=content.position(span.start),
        end=content.position(span.end),
        fingerprint=hunk.id[:32],
        commit=asked.file.commit,
    )


def _message(hunk: MarkedHunk, why: str) -> str:
    lines = f"line {hunk.first}" if hunk.first == hunk.last else f"lines {hunk.first} to {hunk.last}"
    return f"{author(hunk)} wrote {lines}; {escape(why)}."[:600]


def author(hunk: MarkedHunk) -> str:
    """Who wrote a hunk, as people say it."""
    who = hunk.author
    if not who.agent:
        return _NAMES.get(who.state, "a person")
    model = f" ({escape(who.model)})" if who.model else ""
    perhaps = "perhaps " if who.state is State.SUSPECTED else ""
    return f"{perhaps}{escape(who.agent)}{model}"
