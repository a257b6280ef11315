"""Rules about suppressions: a finding that is silenced needs a reason that others can read, and an end that holds."""

from __future__ import annotations

from countermark.finding import Confidence, Rule, Severity

NO_REASON = Rule(
    id="suppressions/no-reason",
    title="Suppression without a reason",
    why="A comment asks to allow a finding but does not say why, so whoever reads it later cannot tell a decision from an oversight. "
    "It suppresses nothing.",
    remedy="End the comment with `because` and the reason: `countermark: allow RULE because the key opens a test account`.",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
)
EXPIRED = Rule(
    id="suppressions/expired",
    title="Suppression past its date",
    why="A comment allowed a finding until a date that is over. It suppresses nothing any more, so the finding is back.",
    remedy="Solve the finding and remove the comment. If it has to stay, decide so again: set a new date, with the reason of today.",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
)
MALFORMED = Rule(
    id="suppressions/malformed",
    title="Suppression that cannot be read",
    why="A comment begins as a suppression, but what follows cannot be understood. It suppresses nothing, whatever its author meant.",
    remedy="Write `countermark: allow RULE[, RULE] [until YYYY-MM-DD] because REASON`; around several lines `begin allow …` and "
    "`end allow`. `countermark rules list` shows the rules.",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
)
UNUSED = Rule(
    id="suppressions/unused",
    title="Suppression that suppresses nothing",
    why="A comment allows a finding that is not there. Left behind, it would silence the next problem on this line unseen.",
    remedy="Remove the comment.",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
)

RULES = (NO_REASON, EXPIRED, MALFORMED, UNUSED)
