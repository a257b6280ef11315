"""What both faces say about a session, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from countermark.change import Skipped
from countermark.display import escape
from countermark.threats.questions import Reply, Stage
from countermark.threats.session import Answer, Asked, Session
from countermark.threats.store import MODEL, Plan

_MOST_NAMES = 5
SHORT = {
    Stage.WORKING_ON: "Working on",
    Stage.GO_WRONG: "Go wrong",
    Stage.DO_ABOUT_IT: "Do about it",
    Stage.GOOD_JOB: "Good job",
}
LIMITS = "They know only their own patterns. Dynamic routes, generated code and other languages stay unseen, so this is no all-clear."


def count(number: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def overview(session: Session) -> str:
    """The session in one line."""
    found = len(session.elements)
    return (
        f"{count(len(session.found.files), 'file')}, {count(found, 'element')}, {count(len(session.queue), 'question')}"
    )


def nothing_to_ask(session: Session) -> tuple[str, ...]:
    """Why no question is asked; empty where there are questions."""
    if session.queue:
        return ()
    if session.known:
        names = listed([element.symbol for element in session.known])
        return (
            f"All that was found here was answered in an earlier session and has not changed since: {names}.",
            "Start with --again to answer again.",
        )
    if not session.found.files and not session.found.not_looked_at:
        return ("This change holds no files.",)
    return (
        "These detectors ran, and nothing security-notable was found by them in the files that they read.",
        LIMITS,
    )


def detectors(session: Session) -> tuple[str, ...]:
    """Which detectors ran, a line a language."""
    names: dict[str, list[str]] = defaultdict(list)
    for detector in session.found.detectors:
        language, _, rest = detector.partition("@")[0].partition(".")
        names[{"py": "Python", "js": "JavaScript and TypeScript"}.get(language, language)].append(rest)
    return tuple(f"{language}: {', '.join(found)}" for language, found in sorted(names.items()))


def not_looked_at(skipped: Sequence[Skipped]) -> tuple[str, ...]:
    """What nobody looked at, one line a reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for entry in skipped:
        by_reason[entry.why].append(escape(entry.path))
    return tuple(f"{escape(why)}: {listed(paths)}" for why, paths in sorted(by_reason.items()))


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def said(answer: Answer) -> str:
    """An answer in a word or two."""
    if answer.reply is not None:
        return answer.reply.value
    return "skipped" if answer.skipped else "no answer yet"


def sign(answer: Answer) -> str:
    """An answer as a sign of three letters, plain ASCII, that says the same without colour."""
    if answer.reply is Reply.UNKNOWN:
        return "[?]"
    if answer.reply is not None:
        return "[x]"
    return "[-]" if answer.skipped else "[ ]"


def open_line(session: Session, asked: Asked) -> str:
    """An open question and why it is open."""
    answer = session.answer(asked)
    reason = f" ({escape(answer.skipped)})" if answer.skipped else ""
    return f"{said(answer)}{reason}: {asked.text}"


def saved(plan: Plan) -> tuple[str, ...]:
    """What was written, and what was not done."""
    return (
        f"Written: {MODEL} and {plan.session_path}",
        "Nothing was staged or committed; look at both files and add them yourself.",
        *(f"Note: {remark}" for remark in plan.remarks),
    )
