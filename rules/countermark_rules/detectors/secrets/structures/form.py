"""One way in which a secret stands in a text, and shapes that are nothing but such ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from attrs import define, frozen

from countermark.finding import Confidence, Rule, Severity
from countermark_rules.detectors.secrets.confirm import Found, entropy
from countermark_rules.detectors.secrets.generic.classifier import weights
from countermark_rules.detectors.secrets.generic.features import readable
from countermark_rules.detectors.secrets.sought import Search, Sought
from countermark_rules.detectors.secrets.value import counts_through

_DRAWN = 3.2  # bits for each character
_READABLE = 0.45  # of generic/features.py's measure
REMEDY = (
    "Change it where it opens something, then remove it from the file and from the history. "
    "Read its successor from the environment or a secret store."
)


def rule(
    id: str,  # noqa: A002 - the name that rules have
    title: str,
    why: str,
    reference: str,
    *,
    severity: Severity = Severity.HIGH,
    remedy: str = REMEDY,
) -> Rule:
    """A rule of this family."""
    return Rule(f"secrets/{id}", title, why, remedy, severity, Confidence.MEDIUM, ("CWE-798",), (reference,))


def value(name: str, bare: str = r"[^\s\"'\\|;&<>()`,]{3,200}", most: int = 200) -> str:
    """A value in quotes or without; its groups' names begin with ``secret``, and ``name`` sets those of one expression apart."""
    quoted = rf'\\?"(?P<secret_{name}d>[^"\\\r\n]{{3,{most}}})|\'(?P<secret_{name}s>[^\'\r\n]{{3,{most}}})\''
    return rf"(?:{quoted}|(?P<secret_{name}b>{bare}))"


def always(_: re.Match[str], __: str) -> bool:
    """What a form asks for besides its expression, where it asks for nothing."""
    return True


def drawn(_: re.Match[str], value: str) -> bool:
    """Whether a machine drew a value that stands where a user's name may stand too."""
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return (
        mixed
        and not counts_through(value)
        and entropy(value) >= _DRAWN
        and readable(value, weights().bigrams) < _READABLE
    )


@define(frozen=True, eq=False, slots=False)
class Form:
    """An expression with groups whose names begin with ``secret``, and how the prefilter knows where to look.

    A match lies within ``before`` bytes before the end of what ``loose`` matches and ``after`` bytes after it, on that line unless
    ``multiline``. ``holds`` is asked about a match and the value in it.
    """

    expression: str
    loose: str
    literals: tuple[str, ...]
    before: int = 256
    after: int = 768
    multiline: bool = False
    holds: Callable[[re.Match[str], str], bool] = always
    then: str = ""

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the values are."""
        for match in self._compiled.finditer(text):
            for name, given in match.groupdict().items():
                if given is not None and name.startswith("secret") and self.holds(match, given):
                    yield match.span(name)


@frozen
class Forms:
    """A rule and the forms that it has."""

    rule: Rule
    forms: tuple[Form, ...]
    chosen: bool = True

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The one rule."""
        return {self._slug: self.rule}

    @property
    def _slug(self) -> str:
        return self.rule.id.partition("/")[2]

    def searches(self) -> tuple[tuple[Search, Sought], ...]:
        """What the prefilter looks for."""
        return tuple(
            (
                Search(self._slug, "structured", form.before, form.after, multiline=form.multiline),
                Sought(form.loose, form.literals, then=form.then),
            )
            for form in self.forms
        )

    def find(self, text: str) -> Iterator[Found]:
        """Every one in a text."""
        lower = text.lower()
        likely = [form for form in self.forms if any(literal in lower for literal in form.literals)]
        places = dict.fromkeys(span for form in likely for span in form.find(text))
        return (Found(start, end) for start, end in sorted(places))
