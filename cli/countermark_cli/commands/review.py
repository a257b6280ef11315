"""`countermark review`: go through the hunks that need a person's answer."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from countermark.errors import ExitCode, UsageError
from countermark.review.person import challenge, refuse_agents, terminal
from countermark.review.session import Session
from countermark_cli.border import tell
from countermark_cli.reviewing import session
from countermark_cli.targets import Targets

_HELP = """\
Go through the hunks that need a person's answer: approve, reject or waive each.

Without RANGE, what is staged. RANGE is A..B, A...B, or a single commit for all that leads to it. Only a person can do this: without a
terminal, and inside an agent's environment or process tree, it is refused. What you decide is written at once, so you can leave at any
time.

Exit codes: 0 every hunk has an answer that passes, 1 some have not, 2 usage, configuration or a refusal, 3 a part broke.
"""


@click.command(help=_HELP)
@click.argument("range_", metavar="[RANGE]", required=False)
@click.option("--staged", is_flag=True, help="What the next commit would hold; the default.")
@click.option("--all", "all_", is_flag=True, help="Also the hunks that have an answer already.")
@click.option(
    "--plain", is_flag=True, help="Line by line instead of a screen: for any terminal and for screen readers."
)
def command(range_: str | None, *, staged: bool, all_: bool, plain: bool) -> int:
    if staged and range_ is not None:
        raise UsageError("--staged and RANGE exclude each other")
    refuse_agents(os.environ)
    plain = plain or not _can_show_a_screen()
    targets = Targets(Path.cwd(), os.environ, datetime.now().astimezone().date())
    with terminal() as (source, out), session(targets, range_, everything=all_, plain=plain) as found:
        if not found.session.items:
            tell(f"nothing in {found.session.title} needs an answer")
            return ExitCode.CLEAN
        if found.settings.challenge:
            challenge(source, out)
        if plain:
            from countermark_tui.review_plain import ReviewDialogue

            ReviewDialogue(found.session, source, out).hold()
        else:
            _screen(found.session)
        return ExitCode.CLEAN if _all_pass(found.session) else ExitCode.BLOCKED


def _screen(held: Session) -> None:
    from countermark_tui import review_wording as wording
    from countermark_tui.review_app import hold

    hold(held)
    for line in wording.outcome(held):
        tell(line)


def _all_pass(held: Session) -> bool:
    return all(held.standing(item).passes for item in held.items)


def _can_show_a_screen() -> bool:
    """Whether textual, which reads standard input and draws on standard error, has a terminal for both."""
    streams = (sys.__stdin__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"
