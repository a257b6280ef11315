"""Time on screen: as long as a hunk is shown and in sight, and no longer."""

from __future__ import annotations

from countermark.provenance.model import State
from countermark_lsp.job import MISSING, Mark
from countermark_lsp.screen import Screen

A, B = "file:///a.py", "file:///b.py"


def mark(name: str) -> Mark:
    return Mark(name, 1, 2, State.AI, "claude", MISSING)


def test_only_what_is_shown_and_in_sight_counts() -> None:
    now = [100.0]
    screen = Screen(lambda: now[0])
    screen.shown(A, [mark("one"), mark("two")])
    now[0] = 110.0
    assert (screen.seconds(A, "one"), screen.seconds(A, "never"), screen.seconds(B, "one")) == (10.0, 0.0, 0.0)

    screen.shown(A, [mark("one"), mark("new")])  # the second one is another text now
    now[0] = 115.0
    assert [screen.seconds(A, name) for name in ("one", "two", "new")] == [15.0, 0.0, 5.0]

    screen.visible([B])
    now[0] = 200.0
    screen.shown(A, [mark("one"), mark("later")])
    assert [screen.seconds(A, name) for name in ("one", "later")] == [15.0, 0.0]
    screen.visible([A, B])
    screen.visible([A])
    now[0] = 203.0
    assert [screen.seconds(A, name) for name in ("one", "later")] == [18.0, 3.0]

    screen.forget(A)
    assert screen.seconds(A, "one") == 0.0
