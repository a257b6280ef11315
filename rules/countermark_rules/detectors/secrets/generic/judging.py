"""The verdict on an assigned value: first what it may be instead of a secret, then what the classifier says."""

from __future__ import annotations

import re

from countermark.change import FileChange
from countermark.finding import Confidence
from countermark_rules.detectors.secrets.value import Judgement, in_tests, not_a_secret

from .assignments import Assignment
from .classifier import likelihood
from .words import families

_MADE_UP = re.compile(r"example|placeholder|redacted|dummy|x{4}|(.)\1{5}|(?<![a-z])your(?![a-z])|\.\.", re.IGNORECASE)
_HOST = re.compile(
    r"[\d.:,/-]+|(?:[a-z0-9-]+\.){1,5}(?:com|net|org|io|dev|app|cloud|int|local|internal|lan|corp|edu|gov|[a-z]{2})(?::\d+)?",
    re.IGNORECASE,
)
_TELLS = frozenset({"password", "secret", "token", "key", "auth", "bare-key"})


def judge_assignment(assignment: Assignment, file: FileChange) -> Judgement:
    """Judge a value by its name, itself and its file."""
    if no := not_a_secret(assignment.value):
        return Judgement(None, no)
    if _MADE_UP.search(assignment.value) or _HOST.fullmatch(assignment.value):
        return Judgement(None, "it is made up for an example, a number, or the name of a host")
    named = families(assignment.name)
    if not named & _TELLS:
        return Judgement(None, "the name does not speak of a secret")
    likely = likelihood(assignment, file.path)
    confidence = likely.confidence
    vague = "about-last" in named or named <= {"auth"}
    if confidence is None or (vague and confidence < Confidence.HIGH):
        return Judgement(None, "the classifier takes it for something else")
    reason = f"{likely.probability:.0%} likely a secret, since {', '.join(likely.reasons)}"
    if in_tests(file.path):
        return Judgement(
            Confidence(confidence - 1) if confidence else None, f"{reason}; but this is a file of tests or examples"
        )
    return Judgement(confidence, reason)
