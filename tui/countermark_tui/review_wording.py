"""What both faces say about a hunk under review, word for word."""

from __future__ import annotations

from countermark.display import escape
from countermark.review.entry import Decision, Entry
from countermark.review.gate import author
from countermark.review.session import Item, Session
from countermark.review.standing import Answer, Standing

from .wording import count

_LONGEST = 600  # characters of what an agent was asked
_SIGNS = {Answer.APPROVED: "[x]", Answer.WAIVED: "[~]", Answer.REJECTED: "[!]", Answer.MISSING: "[ ]"}
HELP = (
    "Each hunk is a run of lines that one agent wrote. Read it, then approve it (you answer for these lines from now on), reject it",
    "(it blocks until its lines change, or you think otherwise), or waive it (it passes unread until a day, for a reason).",
    "What you decide is bound to the text: one other character, and the hunk is asked about anew; moved elsewhere, it is not.",
    "How long a hunk is on screen is written down with your decision. Nothing leaves this machine; no code is kept, only digests.",
)


def place(item: Item) -> str:
    """Where a hunk is, and in which commit where that is not the staged change."""
    hunk = item.hunk
    lines = f"{hunk.first}" if hunk.first == hunk.last else f"{hunk.first}-{hunk.last}"
    commit = f" in commit {item.asked.file.commit[:12]}" if item.asked.file.commit else ""
    return f"{escape(hunk.path)}:{lines}{commit}"


def written_by(item: Item) -> str:
    """Who wrote a hunk."""
    return f"Written by {author(item.hunk)}; {count(len(item.hunk.lines), 'line')}."


def prompt(item: Item) -> str:
    """What the agent was asked, on one line; empty where nobody knows."""
    words = escape(" ".join(item.prompt.split()))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def findings(item: Item) -> tuple[str, ...]:
    """What else was found in the hunk, a line each."""
    return tuple(
        f"line {one.start.line}: {one.rule.title} ({one.severity.name.lower()}, {one.rule.id})" for one in item.findings
    )


def sign(standing: Standing) -> str:
    """A standing as three letters of plain ASCII, that say the same without colour."""
    return _SIGNS[standing.answer]


def stands(standing: Standing) -> str:
    """Where a hunk stands, in a sentence."""
    if standing.answer in {Answer.APPROVED, Answer.WAIVED}:
        return f"{standing.answer.value.capitalize()} by {_names(standing.by)}."
    reason = f": {escape(standing.why)}" if standing.why else ""
    word = "Rejected" if standing.answer is Answer.REJECTED else "Open"
    return f"{word}{reason}."


def outcome(session: Session) -> tuple[str, ...]:
    """How a session ended."""
    passing = [session.standing(item) for item in session.items]
    counts = {answer: sum(one.answer is answer for one in passing) for answer in Answer}
    said = [f"{number} {answer.value}" for answer, number in counts.items() if number and answer is not Answer.MISSING]
    still_open = counts[Answer.MISSING]
    return (f"{', '.join(said) or 'Nothing was decided'}; {count(still_open, 'hunk')} still open.",)


def done(decision: Decision, standing: Standing) -> str:
    """What a decision came to."""
    word = {Decision.APPROVE: "Approved", Decision.REJECT: "Rejected", Decision.WAIVE: "Waived"}[decision]
    if decision is Decision.REJECT or standing.passes:
        return f"{word}."
    return f"{word}, but the hunk stays open: {escape(standing.why)}."


def _names(entries: tuple[Entry, ...]) -> str:
    names = dict.fromkeys(escape(f"{entry.name} <{entry.mail}>") for entry in entries)
    return ", ".join(names)
