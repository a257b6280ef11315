"""Only a person may answer for a hunk: what is asked before a decision counts.

What this proves is little, and docs/review.md says so: that whoever decided had a terminal, and was started by no agent that we know.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from countermark.errors import UsageError

from .agents import by_environment, by_parents

_WORDS = """
    amber anchor apple badge barrel basil beacon birch bridge bronze candle canyon carbon cedar cherry clover cobalt copper coral cotton
    crystal dagger delta dragon eagle ember falcon feather forest garnet ginger glacier granite hammer harbor hazel helmet indigo island
    ivory jasper juniper kettle lantern lemon lilac linen lotus magnet maple marble meadow mirror needle nettle nickel oasis olive onyx
    orchid oyster pebble pepper pigeon pillow planet plum pollen quartz raven ribbon river saddle saffron salmon scarlet shadow silver
    sparrow spruce tiger timber topaz tulip tunnel turtle velvet violet walnut willow window winter zebra
""".split()
_IN, _OUT = ("CONIN$", "CONOUT$") if os.name == "nt" else ("/dev/tty", "/dev/tty")
_NO_TERMINAL = "only a person can answer for a hunk, and there is no terminal here; run `countermark review` in one"


class Refused(UsageError):  # noqa: N818 - it says what became of whoever asked
    """Whoever asks may not decide; the message says why."""


def refuse_agents(environ: Mapping[str, str]) -> None:
    """Raises Refused inside an agent's environment or process tree."""
    if (agent := by_environment(environ) or by_parents()) is not None:
        raise Refused(
            f"only a person can answer for a hunk, and this was started by {agent}; "
            "open a terminal of your own and run `countermark review` there"
        )


@contextmanager
def terminal() -> Iterator[tuple[IO[str], IO[str]]]:
    """The controlling terminal, to read from and to write to, wherever input and output were sent. Raises Refused without one."""
    try:
        with (
            open(_IN, encoding="utf-8", errors="replace") as source,  # noqa: PTH123 - no path, a device
            open(_OUT, "w", encoding="utf-8", errors="backslashreplace") as out,  # noqa: PTH123 - as above
        ):
            if not source.isatty():
                raise Refused(_NO_TERMINAL)
            yield source, out
    except OSError:
        raise Refused(_NO_TERMINAL) from None


def challenge(source: IO[str], out: IO[str]) -> None:
    """Have a word typed that is shown on the terminal alone. Raises Refused for another one."""
    word = "-".join(secrets.choice(_WORDS) for _ in range(2))
    out.write(f"Type {word} to show that you are there: ")
    out.flush()
    if source.readline(200).strip().lower() != word:
        raise Refused("that was not the word, so nothing was decided")
