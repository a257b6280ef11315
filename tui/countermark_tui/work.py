"""A session that is being held: the one place that knows its present state, for the screens and the plain dialogue alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from countermark.errors import CountermarkError
from countermark.threats.draft import Drafts
from countermark.threats.elements import Element
from countermark.threats.record import Circumstances
from countermark.threats.session import Answer, Asked, Session
from countermark.threats.store import Plan, Store


def _now() -> datetime:
    return datetime.now(UTC)


class Work:
    """The session, its draft, and where it will be saved. ``compared`` is False where whole files are looked at."""

    def __init__(
        self,
        session: Session,
        store: Store,
        *,
        decided_by: str,
        through: str,
        compared: bool = True,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.session = session
        self.store = store
        self.compared = compared
        self._drafts = Drafts.of(store)
        self._decided_by = decided_by
        self._through = through
        self._now = now
        self._started = now()
        restored = self._drafts.restore(session)
        self.draft: Session | None = restored if restored.answers else None

    def resume(self) -> None:
        """Go on with the answers of the draft."""
        self.session, self.draft = self.draft or self.session, None

    def start_afresh(self) -> None:
        """Drop the answers that the draft holds about this change."""
        self.draft = None
        self._forget()

    def say(self, asked: Asked, answer: Answer) -> None:
        """Take an answer down."""
        self.session = self.session.with_answer(asked, answer)

    def skip(self, element: Element, reason: str) -> None:
        """Skip what is open about an element."""
        self.session = self.session.skip_element(element, reason)

    def keep(self) -> str | None:
        """Write the draft. What went wrong, in a line, or None: a draft that cannot be kept must not end a session."""
        try:
            self._drafts.keep(self.session)
        except CountermarkError as fault:
            return f"The draft cannot be kept: {fault}"
        return None

    def plan(self) -> Plan:
        """What saving would write now."""
        how = Circumstances(self._started, self._now(), self._decided_by, self._through)
        self.session, plan = self.store.plan(self.session, how)
        return plan

    def save(self, plan: Plan) -> None:
        """Write a plan and drop the draft."""
        self.store.save(plan)
        self._forget()

    def _forget(self) -> None:
        with suppress(CountermarkError):  # what is left in a draft is offered again, and no harm
            self._drafts.forget(self.session)
