"""Sessions about small made-up changes."""

from __future__ import annotations

from datetime import UTC, datetime

from countermark.change import Change, FileChange
from countermark.content import Content
from countermark.threats.infer import infer
from countermark.threats.model import Model
from countermark.threats.questions import Reply, Stage
from countermark.threats.record import Circumstances
from countermark.threats.scope import Scope
from countermark.threats.session import Answer, Session

ROUTE = "from flask import Flask\n\n@app.route('/a')\ndef f():\n    return 1\n"
CALL = "import requests\ndef g(u):\n    requests.get(u)\n"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
HOW = Circumstances(NOON, NOON, "Ada <ada@example.invalid>", "screen")

YES, NO, NONE, UNKNOWN = Reply.YES, Reply.NO, Reply.NOT_APPLICABLE, Reply.UNKNOWN
WORKING_ON, GO_WRONG, DO_ABOUT_IT, GOOD_JOB = Stage


def session(*codes: str, model: Model | None = None, again: bool = False) -> Session:
    """A session about files ``a.py``, ``b.py`` … with this code."""
    files = [FileChange(f"{'abc'[at]}.py", Content.of_text(code)) for at, code in enumerate(codes)]
    return Session(Scope("staged"), infer(Change("/", files)), model or Model(), again)


def answered(held: Session, **answers: tuple[Reply, str]) -> Session:
    """The session with answers to the first element, by the name of the stage."""
    first = held.elements[0].id
    for asked in held.every:
        stage = asked.question.stage.name
        if asked.element.id == first and stage in answers:
            reply, note = answers[stage]
            held = held.with_answer(asked, Answer(reply, note))
    return held
