"""The file that tells of one session: ``.threatmodel/sessions/<utc>-<slug>.yaml``. It is written once and never changed."""

from __future__ import annotations

from datetime import UTC, datetime

from attrs import field, frozen

from countermark import __version__
from countermark.display import escape

from .questions import PACK, pack_hash
from .scope import Scope
from .session import Asked, Session
from .structure import plain
from .yaml_writer import write

SCHEMA = "countermark/threat-session/1"
_MOST_FILES = 500
_HEADER = "# One threat modelling session, as it was. This file is not changed afterwards; model.yaml is.\n"


@frozen
class Tool:
    """What wrote the file."""

    name: str = "countermark"
    version: str = __version__


@frozen
class Pack:
    """Which questions were asked, and a hash of their words."""

    id: str = PACK
    hash: str = field(factory=pack_hash)


@frozen
class Given:
    """An answer. ``where`` and ``fingerprint`` tell which code it was about."""

    element: str
    question: str
    reply: str
    where: str
    fingerprint: str
    note: str = ""


@frozen
class Left:
    """A question without an answer, with the reason where somebody skipped it."""

    element: str
    question: str
    reason: str = ""


@frozen
class NotLookedAt:
    """A file that no detector read."""

    path: str
    why: str


@frozen
class Record:
    """One session. ``through`` is ``screen``, ``terminal`` or ``pipe``: a pipe is not known to be a person."""

    started: str
    finished: str
    decided_by: str
    through: str
    scope: Scope
    schema: str = field(default=SCHEMA, metadata={"const": SCHEMA})
    tool: Tool = Tool()
    questions: Pack = field(factory=Pack)
    detectors: tuple[str, ...] = ()
    answers: tuple[Given, ...] = ()
    skipped: tuple[Left, ...] = ()
    unanswered: tuple[Left, ...] = ()
    unchanged: tuple[str, ...] = ()
    not_looked_at: tuple[NotLookedAt, ...] = ()
    remarks: tuple[str, ...] = ()


@frozen
class Circumstances:
    """When, by whom and by which way a session was held."""

    started: datetime
    finished: datetime
    decided_by: str
    through: str

    @property
    def by(self) -> str:
        """What the model calls the decider."""
        return "pipe" if self.through == "pipe" else "human"


def record(session: Session, how: Circumstances, remarks: tuple[str, ...]) -> Record:
    """What happened in a session."""
    said = [(asked, session.answer(asked)) for asked in session.queue]
    return Record(
        started=stamp(how.started),
        finished=stamp(how.finished),
        decided_by=escape(how.decided_by),
        through=how.through,
        scope=session.scope,
        detectors=session.found.detectors,
        answers=tuple(_given(asked, answer.reply.value, answer.note) for asked, answer in said if answer.reply),
        skipped=tuple(
            Left(asked.element.id, asked.question.id, answer.skipped)
            for asked, answer in said
            if answer.reply is None and answer.skipped
        ),
        unanswered=tuple(Left(asked.element.id, asked.question.id) for asked in session.unsettled),
        unchanged=tuple(element.id for element in session.known),
        not_looked_at=_not_looked_at(session),
        remarks=remarks,
    )


def render(record: Record) -> bytes:
    """The file's bytes."""
    return (_HEADER + write(plain(record))).encode()


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _given(asked: Asked, reply: str, note: str) -> Given:
    where = asked.element.where
    return Given(
        asked.element.id, asked.question.id, reply, f"{where.path}:{where.line_hint}", where.fingerprint, note.strip()
    )


def _not_looked_at(session: Session) -> tuple[NotLookedAt, ...]:
    skipped = session.found.not_looked_at
    listed = tuple(NotLookedAt(escape(entry.path), entry.why) for entry in skipped[:_MOST_FILES])
    more = len(skipped) - len(listed)
    return (*listed, NotLookedAt("…", f"and {more} more files")) if more else listed
