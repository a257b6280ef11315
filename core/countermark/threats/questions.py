"""What is asked about an element: four questions, after Adam Shostack's four-question frame, in our own words.

What are we working on? What can go wrong? What are we going to do about it? Did we do a good enough job? Every question can be
answered with yes, no, not applicable or don't know, so that a session is quick, and takes a note, so that it need not be shallow.

Ids are stable: they stand in model and session files. Change a question's meaning and it needs a new id.
"""

from __future__ import annotations

from enum import Enum
from hashlib import sha256

from attrs import frozen

from .elements import Trigger


class Reply(Enum):
    """An answer to a question. Nothing is ever answered for a person."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "don't know"


class Stage(Enum):
    """The four questions, in their order; the value is what a screen shows above the question."""

    WORKING_ON = "What are we working on?"
    GO_WRONG = "What can go wrong?"
    DO_ABOUT_IT = "What are we going to do about it?"
    GOOD_JOB = "Did we do a good enough job?"


@frozen
class Question:
    """One question. ``{it}`` in ``text`` and ``assumes`` stands for the element.

    ``hint`` goes on after "Think of:". ``assumes`` is taken for granted while nobody knows the answer; the reply ``good`` confirms it.
    ``note`` asks for the words that make the reply ``note_on`` useful to a later reader.
    """

    id: str
    trigger: Trigger
    stage: Stage
    text: str
    hint: str
    assumes: str
    good: Reply = Reply.YES
    note: str = ""
    note_on: Reply = Reply.YES


_TEST = "a test, a check in CI, an alarm. If you would only find out from a user, the answer is no."
_WHICH_TEST = "Which test or check?"
_WHAT_HARM = "Who does what, and what comes of it?"
_WHAT_GUARD = "What prevents it, and where is it?"

PACK = "four-questions@1"

QUESTIONS = (
    Question(
        "entry.working-on",
        Trigger.ENTRY,
        Stage.WORKING_ON,
        "Do you know everyone who can start {it}?",
        "anyone on the internet, signed-in users, staff, another service, a schedule, an AI agent. "
        'Say "not applicable" if this is no way in: then nothing more is asked about it.',
        "Only those who are meant to can start {it}.",
        note="Who can start it?",
    ),
    Question(
        "entry.go-wrong",
        Trigger.ENTRY,
        Stage.GO_WRONG,
        "Could one of them do harm through {it}?",
        "no login where one is needed, somebody else's id in the request, text where a number belongs, a thousand calls a second, "
        "the same call twice, an error message that tells too much.",
        "Nobody can do harm through {it}.",
        good=Reply.NO,
        note=_WHAT_HARM,
    ),
    Question(
        "entry.do-about-it",
        Trigger.ENTRY,
        Stage.DO_ABOUT_IT,
        "Can you point at what keeps {it} from being misused?",
        "a login and a permission check, validated input, a limit on size and rate, a confirmation. In this code or around it.",
        "Something keeps {it} from being misused.",
        note=_WHAT_GUARD,
    ),
    Question(
        "entry.good-job",
        Trigger.ENTRY,
        Stage.GOOD_JOB,
        "Would something fail if that protection of {it} were taken away tomorrow?",
        _TEST,
        "Something fails when the protection of {it} is taken away.",
        note=_WHICH_TEST,
    ),
    Question(
        "flow.working-on",
        Trigger.FLOW,
        Stage.WORKING_ON,
        "Do you know what {it} sends, and who receives it?",
        "personal data, credentials, customers' content; your own service, a partner, an address that came with the request. "
        'Say "not applicable" if nothing leaves here: then nothing more is asked about it.',
        "What {it} sends goes only to those who may have it.",
        note="What goes where?",
    ),
    Question(
        "flow.go-wrong",
        Trigger.FLOW,
        Stage.GO_WRONG,
        "Could the far end of {it}, or somebody on the way, do harm?",
        "an address that a caller chooses, a certificate that nobody checks, a false or huge answer, no answer at all, a retry that "
        "does the work twice.",
        "Neither the far end of {it} nor anybody on the way can do harm.",
        good=Reply.NO,
        note=_WHAT_HARM,
    ),
    Question(
        "flow.do-about-it",
        Trigger.FLOW,
        Stage.DO_ABOUT_IT,
        "Can you point at what limits that harm for {it}?",
        "a fixed address or an allow-list, certificate checks left on, a time-out, a bound on retries and size, a checked answer.",
        "Something limits what the far end of {it} can do.",
        note=_WHAT_GUARD,
    ),
    Question(
        "flow.good-job",
        Trigger.FLOW,
        Stage.GOOD_JOB,
        "Would something fail if those limits of {it} were taken away tomorrow?",
        _TEST,
        "Something fails when the limits of {it} are taken away.",
        note=_WHICH_TEST,
    ),
    Question(
        "store.working-on",
        Trigger.STORE,
        Stage.WORKING_ON,
        "Do you know what {it} reads or writes, and who else can?",
        "whose data it is, how long it is kept, which other programs and people reach it. "
        'Say "not applicable" if no data is kept here: then nothing more is asked about it.',
        "Only those who are meant to can read or write what {it} does.",
        note="Whose data, and who reaches it?",
    ),
    Question(
        "store.go-wrong",
        Trigger.STORE,
        Stage.GO_WRONG,
        "Could input make {it} read, change or fill what it should not?",
        "a query put together from text, another tenant's rows, a list without an end, a change that cannot be undone.",
        "Input cannot make {it} read, change or fill what it should not.",
        good=Reply.NO,
        note=_WHAT_HARM,
    ),
    Question(
        "store.do-about-it",
        Trigger.STORE,
        Stage.DO_ABOUT_IT,
        "Can you point at what prevents that in {it}?",
        "bound parameters, a filter on owner or tenant everywhere, a role that may do little, a limit on rows.",
        "Something keeps input from misusing {it}.",
        note=_WHAT_GUARD,
    ),
    Question(
        "store.good-job",
        Trigger.STORE,
        Stage.GOOD_JOB,
        "Would something fail if that protection of {it} were taken away tomorrow?",
        _TEST,
        "Something fails when the protection of {it} is taken away.",
        note=_WHICH_TEST,
    ),
    Question(
        "exec.working-on",
        Trigger.EXEC,
        Stage.WORKING_ON,
        "Do you know which program {it} starts, and with whose rights?",
        "where the program is looked up, which user runs it, what it can read and reach. "
        'Say "not applicable" if no program is started here: then nothing more is asked about it.',
        "Only the program that is meant is started by {it}, with no more rights than it needs.",
        note="Which program, as whom?",
    ),
    Question(
        "exec.go-wrong",
        Trigger.EXEC,
        Stage.GO_WRONG,
        "Could input choose the program, its arguments or its environment in {it}?",
        "a shell that reads the text, an argument that begins with a dash, a name without a path, a program that never ends.",
        "Input cannot choose the program, its arguments or its environment in {it}.",
        good=Reply.NO,
        note=_WHAT_HARM,
    ),
    Question(
        "exec.do-about-it",
        Trigger.EXEC,
        Stage.DO_ABOUT_IT,
        "Can you point at what prevents that in {it}?",
        "a list of arguments and no shell, an absolute path, an allow-list, a time-out, a sandbox.",
        "Something keeps input from misusing {it}.",
        note=_WHAT_GUARD,
    ),
    Question(
        "exec.good-job",
        Trigger.EXEC,
        Stage.GOOD_JOB,
        "Would something fail if that protection of {it} were taken away tomorrow?",
        _TEST,
        "Something fails when the protection of {it} is taken away.",
        note=_WHICH_TEST,
    ),
)


def pack_hash() -> str:
    """What the questions said, so that an answer can be read against the words that were asked."""
    return "sha256:" + sha256(repr(QUESTIONS).encode()).hexdigest()[:16]
