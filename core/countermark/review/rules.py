"""Rules about reviews: lines that need a person's answer and have none, or one that does not hold."""

from __future__ import annotations

from countermark.finding import Confidence, Rule, Severity

_REVIEW = "Run `countermark review` in a terminal of your own, read the lines, and approve, reject or waive them."

AI_UNREVIEWED = Rule(
    id="review/ai-unreviewed",
    title="AI-written lines that nobody has answered for",
    why="An agent wrote these lines and no person has said that they are right. Whoever has to mend them will ask who knew them.",
    remedy=_REVIEW,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
)
SUSPECTED_UNREVIEWED = Rule(
    id="review/suspected-unreviewed",
    title="Lines that look like an agent's, and nobody has answered for",
    why="These lines came too quickly, or with a mark, for a person to have typed them. If an agent did, nobody has read them yet.",
    remedy=_REVIEW,
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
)
UNTRACKED_UNREVIEWED = Rule(
    id="review/untracked-unreviewed",
    title="Lines of unknown origin that nobody has answered for",
    why="Nobody knows who wrote these lines, and the settings ask for a person who answers for such lines.",
    remedy=_REVIEW,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
)
REJECTED = Rule(
    id="review/rejected",
    title="Lines that somebody rejected",
    why="A person read these lines and said no. They block until they are changed, or until the same person thinks otherwise.",
    remedy="Change what is wrong with them; the comment says what that is. A changed hunk is asked about anew.",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
)
TOO_FAST = Rule(
    id="review/too-fast",
    title="Lines that were approved faster than anyone reads",
    why="The hunk was on screen for less time than its lines ask for, so it was approved unread or read elsewhere.",
    remedy="Read the lines again with `countermark review --all` and approve them anew. `review.fastest-lines-per-minute` says what is "
    "too fast.",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
)

RULES = (AI_UNREVIEWED, SUSPECTED_UNREVIEWED, UNTRACKED_UNREVIEWED, REJECTED, TOO_FAST)
