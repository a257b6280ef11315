"""The verdict on an assigned value: first what it may be instead of a secret, then what the classifier says."""

from __future__ import annotations

import re

from countermark.change import FileChange
from countermark.finding import Confidence
from countermark_rules.detectors.secrets.value import IS_A_NAME, Judgement, basic_password, in_tests, not_a_secret

from .assignments import Assignment
from .classifier import likelihood
from .words import families

_MADE_UP = re.compile(r"example|placeholder|redacted|dummy|x{4}|(.)\1{5}|(?<![a-z])your(?![a-z])|\.\.", re.IGNORECASE)
_HOST = re.compile(
    r"[\d.:,/-]+|(?:[a-z0-9-]+\.){1,5}(?:com|net|org|io|dev|app|cloud|int|local|internal|lan|corp|edu|gov|[a-z]{2})(?::\d+)?",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"@?[A-Z]{2,}\d?(?:_[A-Z]{2,}\d?)+|@?[A-Z]{2,}\d(?:_[A-Z]+\d?)+")  # another name: KRB5_PASSWORD
_FORM = re.compile(r"csrf|xsrf|authenticity|anti-?_?forgery|requestverification", re.IGNORECASE)  # protects one page
_PAIR = re.compile(r"[A-Za-z_]\w*=.*|.*\.\*.*")  # or part of an expression
_ONE_WORD = re.compile(r"[A-Za-z][A-Za-z_-]+")  # a password where only one can stand, a variable elsewhere
_TELLS = frozenset({"password", "secret", "token", "key", "auth", "bare-key"})


def judge_placed(value: str, file: FileChange) -> Judgement:
    """Judge what stands where only a password can stand: what matters is whether it is a real one."""
    no = _something_else(value)
    if no and not (_ONE_WORD.fullmatch(value) and no == IS_A_NAME and not families(value)):
        return Judgement(None, no)
    likely = likelihood(Assignment("password", "=", True, value, 0, 0, len(value)), file.path)
    return _in_tests(likely.confidence or Confidence.LOW, "it stands where a password stands", file)


def judge_assignment(assignment: Assignment, file: FileChange) -> Judgement:
    """Judge a value by its name, itself and its file."""
    if no := _something_else(assignment.value):
        return Judgement(None, no)
    named = families(assignment.name)
    if _FORM.search(assignment.name) and not named & {"secret", "key"}:
        return Judgement(None, "it protects one form of a page for as long as that is open")
    if assignment.sign == "space" and not assignment.quoted and _PAIR.fullmatch(assignment.value):
        return Judgement(None, "it is an argument of its own")
    if not named & _TELLS:
        return Judgement(None, "the name does not speak of a secret")
    likely = likelihood(assignment, file.path)
    confidence = likely.confidence
    vague = "about-last" in named or named <= {"auth"}
    if confidence is None or (vague and confidence < Confidence.HIGH):
        return Judgement(None, "the classifier takes it for something else")
    reason = f"{likely.probability:.0%} likely a secret, since {', '.join(likely.reasons)}"
    return _in_tests(confidence, reason, file)


def _something_else(value: str) -> str | None:
    if no := not_a_secret(value):
        return no
    if _MADE_UP.search(value) or _HOST.fullmatch(value) or _CONSTANT.fullmatch(value):
        return "it is made up for an example, a number, or the name of a host or a constant"
    password = basic_password(value)
    return not_a_secret(password) if password is not None else None


def _in_tests(confidence: Confidence, reason: str, file: FileChange) -> Judgement:
    """One step less sure in tests and examples, and nothing where it was not sure anyway."""
    if not in_tests(file.path):
        return Judgement(confidence, reason)
    lower = Confidence(confidence - 1) if confidence else None
    return Judgement(lower, f"{reason}; but this is a file of tests or examples")
