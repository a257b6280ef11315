"""The verdict on an assigned value: first what it may be instead of a secret, then what the classifier says."""

from __future__ import annotations

import re

from countermark.change import FileChange
from countermark.finding import Confidence
from countermark.lazily import lazy
from countermark_rules.detectors.secrets.search import bundle
from countermark_rules.detectors.secrets.value import (
    IS_A_NAME,
    Judgement,
    basic_password,
    counts_through,
    in_tests,
    is_public,
    not_a_secret,
    recites,
    unpacked,
)

from .assignments import Assignment
from .classifier import likelihood
from .features import is_program
from .naming import by_name
from .words import families

_MADE_UP = lazy(r"example|placeholder|redacted|dummy|x{4}|(.)\1{5}|(?<![a-z])your(?![a-z])|\.\.", re.IGNORECASE)
_HOST = lazy(
    r"[\d.:,/-]+|@[\w.-]+:\d{1,5}|(?:[a-z0-9-]+\.){1,5}(?:com|net|org|io|dev|app|cloud|int|local|internal|lan|corp|edu|gov|[a-z]{2})(?::\d+)?",
    re.IGNORECASE,
)
_CONSTANT = lazy(r"@?[A-Z]{2,}\d?(?:_[A-Z]{2,}\d?)+|@?[A-Z]{2,}\d(?:_[A-Z]+\d?)+")  # another name: KRB5_PASSWORD
_PAIR = lazy(r"[A-Za-z_]\w*=.*|.*\.\*.*")  # or part of an expression
_ONE_WORD = lazy(r"[A-Za-z][A-Za-z_-]+")  # a password where only one can stand, a variable elsewhere
# Where a space gives a value, as in `requirepass x`; elsewhere it stands between the words of a sentence or of a program.
_SPACED = lazy(
    r"\.(?:sh|bash|zsh|ksh|ps1|bat|cmd|conf|cfg|cnf|env|txt|log|exp)$|(?:^|/)(?:[^./]*|\.?(?:netrc|envrc)|dockerfile[^/]*)$",
    re.IGNORECASE,
)
_CONFIGURES = lazy(r"\.(?:conf|cfg|cnf|ini|env|properties|tfvars)$|(?:^|/)\.?env[^/]*$", re.IGNORECASE)
_PHRASE = lazy(r"[a-z]{2,}(?: [a-z]{2,}){3,}")
_TAG = lazy(r"![a-z]\w*")
_LAST_WORD = lazy(r"[A-Za-z_]+[.,:?]")
_WORDS = lazy(r"[A-Za-z-]+")
_SCHEME = lazy(r"(?i:basic)\s+")
_MEMBER = lazy(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_GIVES = frozenset({"=", ":", ":=", "=>", "value="})
_DIGITS = lazy(r"(?!(.)\1*$)\d{6,12}")
_OPERATORS = lazy(r"[()\[\]{}<>;]|:$")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_NO_VALUE = frozenset({"==", "===", "!=", "!==", "space"})  # between two names, as often as not
_ALPHABET = 12  # letters of it in a row; digits that count are too few for that


def judge_placed(value: str, file: FileChange) -> Judgement:
    """Judge what stands where only a password can stand: what matters is whether it is a real one."""
    no = something_else(value)
    if no and not (_ONE_WORD.fullmatch(value) and no == IS_A_NAME and not families(value)):
        return Judgement(None, no)
    likely = likelihood(Assignment("password", "=", True, value, 0, 0, len(value)), file.path)
    confidence = likely.confidence or Confidence.LOW
    if confidence is Confidence.LOW and in_tests(file.path):
        return Judgement(None, "it is a simple one, and this is a file of tests or examples")
    return _in_tests(confidence, "it stands where a password stands", file)


def judge_assignment(assignment: Assignment, file: FileChange) -> Judgement:
    """Judge a value by its name, itself and its file."""
    named = families(assignment.name)
    # What costs least comes first: most assignments end here.
    value = assignment.value
    if _is_number_for_password(assignment, named, file.path):
        return Judgement(Confidence.LOW, "it is a number that stands where a password stands")
    if _is_passphrase(assignment, named, file.path):
        return Judgement(Confidence.LOW, "it is a phrase that stands where a password stands")
    if no := by_name(assignment, named) or _by_place(assignment, file.path) or something_else(value):
        return Judgement(None, no)
    if recites(value, _ALPHABET) or ("password" not in named and counts_through(value)):  # people do choose abc123
        return Judgement(None, "it recites the alphabet, or counts")
    likely = likelihood(assignment, file.path)
    vague = "about-last" in named or assignment.sign == "listed" or named == {"auth"}
    vague = vague or (is_program(file.path) and _is_variable(assignment))
    vague = vague or (_is_aside(assignment) and not _SPACED.search(file.path))
    if likely.confidence is None or (vague and likely.confidence < Confidence.HIGH):
        return Judgement(None, "the classifier takes it for something else")
    reason = f"{likely.probability:.0%} likely a secret, since {', '.join(likely.reasons)}"
    return _in_tests(likely.confidence, reason, file)


def _by_place(assignment: Assignment, path: str) -> str | None:
    """What a bare value is to a program or a command, if not a secret."""
    value = assignment.value
    if len(value) < bundle().least(value):
        return "it begins like a token of a known kind, and is too short for one"
    if assignment.quoted:
        return None
    if (assignment.sign == "space" and _PAIR.fullmatch(value)) or _TAG.fullmatch(value):
        return "it is an argument of its own, or a tag"
    spoken = assignment.sign == ":" and is_program(path) and _WORDS.fullmatch(value)  # in a comment
    if spoken or (assignment.sign in _NO_VALUE and not any(map(str.isdigit, value))) or _LAST_WORD.fullmatch(value):
        return "it is a word of the program or of a sentence"
    expression = _MEMBER.fullmatch(value) or (_OPERATORS.search(value) and not _crosses(value))
    return "it is an expression of the program" if expression and is_program(path) else None


def _crosses(value: str) -> bool:
    """Whether a bracket closes another than was opened last, as in no part of a program: ``a{b)c``."""
    opened: list[str] = []
    for char in value:
        if char in _CLOSING.values():
            opened.append(char)
        elif char in _CLOSING and opened and opened.pop() != _CLOSING[char]:
            return True
    return False


def _is_number_for_password(assignment: Assignment, named: frozenset[str], path: str) -> bool:
    """Whether a number of several digits is a password, and neither a limit nor what everybody writes for one."""
    value = assignment.value
    gives = assignment.sign in _GIVES and (assignment.quoted or not is_program(path))
    return gives and named == {"password"} and _DIGITS.fullmatch(value) is not None and not counts_through(value)


def _is_passphrase(assignment: Assignment, named: frozenset[str], path: str) -> bool:
    """Whether words are a password: in settings that hold no text for people, and where they do not speak of passwords themselves."""
    gives = assignment.sign in _GIVES and assignment.quoted and named == {"password"}
    phrase = gives and _CONFIGURES.search(path) and _PHRASE.fullmatch(assignment.value)
    return bool(phrase) and not families(assignment.value)


def _is_aside(assignment: Assignment) -> bool:
    """Whether a word merely follows another, and no option of a command: `the token issue2292`."""
    return assignment.sign == "space" and not assignment.quoted and not assignment.name.startswith("-")


def _is_variable(assignment: Assignment) -> bool:
    """Whether a value may be a name of the program, as only a comment or a text in it would give a value without quotes."""
    return not assignment.quoted and assignment.value.isidentifier()


def something_else(value: str) -> str | None:
    """What a value is instead of a secret, if that can be told without its name."""
    if no := not_a_secret(value):
        return no
    if _MADE_UP.search(value) or _HOST.fullmatch(value) or _CONSTANT.fullmatch(value):
        return "it is made up for an example, a number, or the name of a host or a constant"
    if is_public(value):
        return "it is a certificate or a public key"
    password = basic_password(_SCHEME.sub("", value))
    text = password if password is not None else unpacked(value)
    return not_a_secret(text) if text is not None else None


def _in_tests(confidence: Confidence, reason: str, file: FileChange) -> Judgement:
    """One step less sure in tests and examples."""
    if not in_tests(file.path):
        return Judgement(confidence, reason)
    lower = Confidence(max(confidence - 1, Confidence.LOW))
    return Judgement(lower, f"{reason}; but this is a file of tests or examples")
