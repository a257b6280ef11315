"""Answers that are not saved yet, kept so that a crash loses nothing: outside the worktree, for the user's eyes only.

An answer is bound to the code that it was about and to the question. So a draft serves whatever change shows the same code again, and
never answers for code that has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, define, frozen

from countermark.errors import CountermarkError
from countermark.files import locked, write_atomically

from .questions import Reply
from .session import Answer, Asked, Session
from .store import Store, read_file

SCHEMA = "countermark/threat-draft/1"
_MOST_ENTRIES = 5000
_Key = tuple[str, str, str, str]


@frozen
class _Entry:
    path: str
    symbol: str
    fingerprint: str
    question: str
    reply: str | None = None
    note: str = ""
    skipped: str = ""

    @property
    def key(self) -> _Key:
        return self.path, self.symbol, self.fingerprint, self.question


@define(frozen=True, eq=False)
class Drafts:
    """The draft file of one repository."""

    path: Path

    @classmethod
    def of(cls, store: Store) -> Drafts:
        """The drafts beside a store's lock."""
        return cls(store.state / "draft.json")

    def restore(self, session: Session) -> Session:
        """The session with the answers that the draft holds for it."""
        entries = self._read()
        return session.with_answers(
            {asked.key: _answer(entries[_key(asked)]) for asked in session.every if _key(asked) in entries}
        )

    def keep(self, session: Session) -> None:
        """Write the session's answers; what the draft holds about other code stays."""
        self._update(
            session,
            {_key(asked): _entry(asked, session.answer(asked)) for asked in session.queue if _said(session, asked)},
        )

    def forget(self, session: Session) -> None:
        """Drop the session's answers, once they are saved or a person starts afresh."""
        if self.path.exists():
            self._update(session, {})

    def _update(self, session: Session, mine: Mapping[_Key, _Entry]) -> None:
        with locked(self.path.with_suffix(".lock")):
            about = {_key(asked) for asked in session.every}
            others = {key: entry for key, entry in self._read().items() if key not in about}
            entries = [*mine.values(), *others.values()][:_MOST_ENTRIES]
            text = json.dumps({"schema": SCHEMA, "answers": [asdict(entry) for entry in entries]}, indent=1)
            write_atomically(self.path, text.encode(), mode=0o600)

    def _read(self) -> dict[_Key, _Entry]:
        """What the file holds; nothing where it is damaged, for it was only a draft."""
        try:
            data = read_file(self.path, self.path.name)
            listed = json.loads(data)["answers"] if data else []
            entries = [_Entry(**_strings(item)) for item in listed]
        except (CountermarkError, ValueError, KeyError, TypeError, RecursionError):
            return {}
        return {entry.key: entry for entry in entries}


def _strings(item: Any) -> dict[str, Any]:
    """The entry, if all of it is text."""
    if not isinstance(item, dict) or not all(isinstance(value, str | None) for value in item.values()):
        raise TypeError
    return item


def _answer(entry: _Entry) -> Answer:
    known = {reply.value: reply for reply in Reply}
    return Answer(known.get(entry.reply or ""), entry.note, entry.skipped)


def _entry(asked: Asked, answer: Answer) -> _Entry:
    return _Entry(*_key(asked), answer.reply.value if answer.reply else None, answer.note, answer.skipped)


def _key(asked: Asked) -> _Key:
    where = asked.element.where
    return where.path, where.symbol, where.fingerprint, asked.question.id


def _said(session: Session, asked: Asked) -> bool:
    return session.answer(asked) != Answer()
