"""What an editor needs to review: the hunks of a text with what is known of them, and a decision given from there.

The language server calls this for the person in front of the editor. It has no terminal to ask for, so what vouches for a person is the
editor alone; `review.editors = false` says that this is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping

from countermark.change import FileChange
from countermark.config.schema import Gate
from countermark.errors import UsageError

from .desk import Attribution, Desk, staged_author
from .entry import Decision, Face
from .gate import Asked
from .person import Refused, refuse_agents
from .session import Opinion, Pen
from .standing import Standing


def hunks(desk: Desk, attribution: Attribution, file: FileChange) -> tuple[Asked, ...]:
    """The hunks of a text that need anything, with where they stand; ``file`` is the buffer against HEAD."""
    keeper = desk.doorkeeper(Gate.COMMIT, staged_author(desk.repository, desk.judging.policy.settings))
    return tuple(keeper.asked(file, attribution.stretches(file)))


def decide(
    desk: Desk,
    attribution: Attribution,
    file: FileChange,
    hunk: str,
    opinion: Opinion,
    *,
    seconds: float,
    environ: Mapping[str, str],
) -> Standing:
    """Keep what a person decides in an editor about the hunk with an id that the editor showed; where it stands with it.

    ``file`` is the buffer as it is now: a hunk that is no longer in it changed after it was shown. ``seconds`` is for how long it was
    visible. Raises Refused where an agent asks, for changed text, and where the policy wants no reviews from editors.
    """
    refuse_agents(environ)
    settings = desk.judging.policy.settings
    if not settings.editors:
        raise Refused("review.editors is false, so reviews are given in a terminal: `countermark review`")
    if settings.challenge and opinion.decision is not Decision.REJECT:
        raise Refused("review.challenge asks for a terminal: `countermark review`")
    asked = next((one for one in hunks(desk, attribution, file) if one.hunk.id == hunk), None)
    if asked is None:
        raise Refused("these lines changed after they were shown, so nothing was decided; look at them again")
    if opinion.decision is Decision.WAIVE and not opinion.reason:
        raise UsageError("a waiver needs a reason")
    entry = Pen.of(desk, Face.EDITOR).write(asked.hunk, opinion, seconds)
    desk.judging.reviews.add([entry.line])
    return desk.judging.standing(asked.hunk, asked.author)
