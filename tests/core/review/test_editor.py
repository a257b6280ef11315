"""What an editor may do: show hunks, and hand over what a person decides about text that is still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from countermark.change import FileChange
from countermark.config.schema import Reviewing
from countermark.content import Content
from countermark.git.snapshots import WorktreeSnapshot
from countermark.provenance.attribute import Attributor
from countermark.review.agents import by_parents
from countermark.review.desk import Desk
from countermark.review.editor import decide, hunks
from countermark.review.entry import Decision, Face
from countermark.review.ledger import Ledger
from countermark.review.person import Refused
from countermark.review.session import Opinion
from countermark.review.standing import Answer, Standing
from tests.core.provenance.acting import Actors, found
from tests.support import Repository

from .sample import TODAY

pytestmark = pytest.mark.skipif(by_parents() is not None, reason="an agent runs the tests, and would be refused")
APPROVE = Opinion(Decision.APPROVE)


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """A repository in which an agent has written a file that is not staged yet."""
    repository.write("README", "x\n").stage().commit()
    made = Actors(repository)
    made.agent("a.py", "def f(x):", "    return x + 1")
    return made


@contextmanager
def editing(actors: Actors, settings: Reviewing | None = None) -> Iterator[tuple[Desk, Attributor]]:
    repository = found(actors.repository)
    desk = Desk.of(repository, settings or Reviewing(), WorktreeSnapshot(Path(repository.root)), TODAY)
    with Attributor.of(repository) as attribution:
        yield desk, attribution


def buffer(text: str) -> FileChange:
    return FileChange("a.py", Content.of_text(text))


TEXT = buffer("def f(x):\n    return x + 1\n")


def decided(
    actors: Actors,
    settings: Reviewing | None = None,
    *,
    now: FileChange = TEXT,
    opinion: Opinion = APPROVE,
    environ: Mapping[str, str] | None = None,
) -> Standing:
    with editing(actors, settings) as (desk, attribution):
        (shown,) = hunks(desk, attribution, TEXT)
        return decide(desk, attribution, now, shown.hunk.id, opinion, seconds=5.0, environ=environ or {})


def test_a_decision_is_kept(actors: Actors) -> None:
    assert decided(actors).answer is Answer.APPROVED

    (entry,) = Ledger.of(found(actors.repository)).examine()[0]
    assert (entry.face, entry.seconds, entry.agent) == (Face.EDITOR, 5.0, "robot")
    with editing(actors) as (desk, attribution):
        assert [one.standing.answer for one in hunks(desk, attribution, TEXT)] == [Answer.APPROVED]


@pytest.mark.parametrize(
    ("settings", "now", "environ", "said"),
    [
        (Reviewing(), buffer("def f(x):\n    return x - 1\n"), {}, "changed after they were shown"),
        (Reviewing(), TEXT, {"CLAUDECODE": "1"}, "started by Claude Code"),
        (Reviewing(editors=False), TEXT, {}, "review.editors is false"),
        (Reviewing(challenge=True), TEXT, {}, "review.challenge asks for a terminal"),
    ],
    ids=["changed", "agent", "no editors", "challenge"],
)
def test_what_is_refused(
    actors: Actors, settings: Reviewing, now: FileChange, environ: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        decided(actors, settings, now=now, environ=environ)

    assert Ledger.of(found(actors.repository)).examine()[0] == ()
