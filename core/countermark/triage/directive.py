"""The grammar of one suppression: `allow RULE[, RULE] [until YYYY-MM-DD] because REASON`, `begin allow …`, `end allow`."""

from __future__ import annotations

import re
from datetime import date

from attrs import frozen

from countermark.config.keys import RULE_KEY
from countermark.content import Span
from countermark.finding import Rule

from .rules import EXPIRED, MALFORMED, NO_REASON

_FORM = re.compile(r"\s*(?:(begin|end)\s+)?allow(?!\S)(.*)", re.DOTALL)
_BECAUSE = re.compile(r"(?:^|\s)because(?![\w-]):?")
_UNTIL = re.compile(r"(?:^|\s)until(?![\w-])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORD = re.compile(r"\w")


@frozen
class Allow:
    """A suppression that holds: of these rules, or families by ``family/*``. ``begins`` says that a block starts here."""

    rules: tuple[str, ...]
    reason: Span
    begins: bool = False

    def names(self, rule: Rule) -> bool:
        """Whether it speaks of a rule."""
        return rule.id in self.rules or f"{rule.family}/*" in self.rules


@frozen
class End:
    """The end of the innermost block."""


@frozen
class Fault:
    """Why a suppression does not hold: the rule that it breaks, and the message. ``begins`` as in Allow."""

    rule: Rule
    message: str
    begins: bool = False


def parse(text: str, span: Span, *, today: date, longest: int | None) -> Allow | End | Fault:
    """What a span says behind `countermark:`. ``longest`` is how many days a suppression may last, None for any time."""
    form = _FORM.match(text, span.start, span.end)
    if form is None:
        return Fault(MALFORMED, "After `countermark:` comes `allow`, `begin allow` or `end allow`.")
    if form[1] == "end":
        return End()
    begins = form[1] == "begin"
    head, because, reason = _cut(_BECAUSE, form[2])
    names, until, day = _cut(_UNTIL, head)
    rules = tuple(name.strip() for name in names.split(","))
    fault = (
        _rules_fault(rules)
        or (_reason_fault(reason) if because else Fault(NO_REASON, NO_REASON.why))
        or _date_fault(day.strip() if until else None, today, longest)
    )
    return (
        Fault(fault.rule, fault.message, begins)
        if fault
        else Allow(rules, Span(span.end - len(reason.lstrip()), span.end), begins)
    )


def _cut(mark: re.Pattern[str], text: str) -> tuple[str, bool, str]:
    found = mark.search(text)
    return (text[: found.start()], True, text[found.end() :]) if found else (text, False, "")


def _rules_fault(rules: tuple[str, ...]) -> Fault | None:
    if rules == ("",):
        return Fault(MALFORMED, "It does not say which rule to allow.")
    if not all(RULE_KEY.fullmatch(rule) for rule in rules):
        return Fault(MALFORMED, "A rule is written `family/name` or `family/*`, several with a comma between them.")
    return None


def _reason_fault(reason: str) -> Fault | None:
    return None if _WORD.search(reason) else Fault(NO_REASON, "There is no reason behind `because`. " + NO_REASON.why)


def _date_fault(day: str | None, today: date, longest: int | None) -> Fault | None:
    if day is None:
        said = f"The policy wants `until` and a date within {longest} days (policy.longest-suppression)."
        return None if longest is None else Fault(MALFORMED, said)
    try:
        until = date.fromisoformat(day) if _DATE.fullmatch(day) else None
    except ValueError:
        until = None
    if until is None:
        return Fault(MALFORMED, "Behind `until` comes a date of the calendar, as YYYY-MM-DD.")
    if until < today:
        return Fault(EXPIRED, f"It held until {until}, so the finding is back. " + EXPIRED.remedy)
    if longest is not None and (until - today).days > longest:
        return Fault(MALFORMED, f"{until} is more than {longest} days away (policy.longest-suppression).")
    return None
