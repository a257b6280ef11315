"""Which detectors there are. A detector is one row here; nothing is found by walking folders or entry points."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise

from countermark.config.schema import Settings
from countermark.errors import UsageError
from countermark.finding import Rule
from countermark.report.guide import Guide
from countermark.rule_files import RuleFile

from .detector import Detector


def _secrets(settings: Settings, today: date) -> Detector:
    from .detectors.secrets.detector import SecretsDetector

    return SecretsDetector(settings, today=today)


def _patterns(settings: Settings, _today: date, own: Sequence[RuleFile] = ()) -> Detector:
    from .detectors.patterns.detector import PatternsDetector

    return PatternsDetector(settings, own)


def _credentials(settings: Settings, today: date) -> Detector:
    from .detectors.credentials.detector import CredentialsDetector

    return CredentialsDetector(settings, today=today)


def _dependencies(settings: Settings, _today: date, local: Callable[[], frozenset[str]] = frozenset) -> Detector:
    from .detectors.dependencies.detector import DependenciesDetector

    return DependenciesDetector(settings, local)


def _guards(settings: Settings, _today: date) -> Detector:
    from .detectors.guards.detector import GuardsDetector

    return GuardsDetector(settings)


def _suppressions() -> Sequence[Rule]:
    from countermark.triage.rules import RULES

    return RULES


def _reviews() -> Sequence[Rule]:
    from countermark.review.rules import RULES

    return RULES


# One row a detector; it is imported when it is first asked for.
DETECTORS: Mapping[str, Callable[[Settings, date], Detector]] = {
    "secrets": _secrets,
    "credentials": _credentials,
    "patterns": _patterns,
    "dependencies": _dependencies,
    "guards": _guards,
}
# Detectors of rules whose families have other names; all others are called as their family is.
PACKS = frozenset({"patterns", "dependencies"})
LOCAL = "local"  # the family of a repository's own rules


def detectors(
    settings: Settings,
    only: Collection[str] = (),
    *,
    today: date = date.min,
    own: Sequence[RuleFile] = (),
    local: Callable[[], frozenset[str]] = frozenset,
) -> tuple[Detector, ...]:
    """Every detector, made for these settings; with ``only``, those of that name or with rules of these families.

    ``today`` decides which credentials have expired; without it none has. ``own`` are the repository's files of rules, ``local``
    tells the names of its own modules.
    """
    special = {
        "patterns": lambda: _patterns(settings, today, own),
        "dependencies": lambda: _dependencies(settings, today, local),
    }

    def made(names: Collection[str]) -> tuple[Detector, ...]:
        return tuple(
            special[name]() if name in special else make(settings, today)
            for name, make in DETECTORS.items()
            if name in names
        )

    # Also where none of a repository's rules can be used, to say so.
    asked = {*only, "patterns"} if LOCAL in only else {*only}
    if not only or asked <= {*DETECTORS, "suppressions", "review"}:  # no pack has to be read to know that
        return made(asked or DETECTORS)
    return tuple(one for one in made(DETECTORS) if one.name in asked or any(rule.family in only for rule in one.rules))


def families() -> tuple[str, ...]:
    """The families that rules belong to; a repository's own rules are `local`."""
    return tuple(sorted({*(rule.family for rule in all_rules()), LOCAL}))


def all_rules(settings: Settings | None = None, own: Sequence[RuleFile] = ()) -> tuple[Rule, ...]:
    """Every rule that a finding can name, in the order of the ids; with what settings and a repository's files of rules add."""
    made = detectors(settings or Settings(), own=own)
    rules = [*_suppressions(), *_reviews(), *(rule for detector in made for rule in detector.rules)]
    return tuple(sorted(rules, key=lambda rule: rule.id))


def guide(rule_id: str) -> Guide | None:
    """How to revoke and rotate what a rule finds; None where it finds no credential, or one of no provider in particular."""
    family, _, slug = rule_id.partition("/")
    if family != "secrets":
        return None
    from .detectors.secrets.rotation import guide as rotation

    return rotation(slug)


def check_settings(settings: Settings, own: Sequence[RuleFile] = ()) -> None:
    """Refuse settings for rules that do not exist, all of them at once: a typing error must not switch a rule off unseen.

    What the settings describe themselves needs names that are still free.
    """
    if not settings.rules and not settings.secrets.tokens:
        return
    ids = [rule.id for rule in all_rules(settings, own)]
    known = set(ids)
    families = {f"{rule_id.partition('/')[0]}/*" for rule_id in known} | {f"{LOCAL}/*"}
    faults = [_unknown(name, sorted(known | families)) for name in settings.rules if name not in known | families]
    taken = sorted({one for one, other in pairwise(ids) if one == other})
    faults += [f"countermark.toml: secrets.tokens: there is a rule {one!r} already; choose another id" for one in taken]
    if faults:
        raise UsageError("\n".join(faults))


def _unknown(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else "`countermark rules list` shows them all"
    return f'countermark.toml: rules."{name}": there is no such rule; {hint}'
