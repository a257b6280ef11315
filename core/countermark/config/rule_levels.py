"""Levels of single rules: which entry speaks of a rule, and how an organisation's entries and a repository's are joined."""

from __future__ import annotations

from collections.abc import Mapping

from .schema import RuleLevel, RuleSetting

# From lenient to strict.
LEVELS: tuple[RuleLevel, ...] = ("off", "note", "warn", "review", "block")

_SILENT = RuleSetting()


def setting_for(rules: Mapping[str, RuleSetting], rule: str) -> tuple[str, RuleSetting] | None:
    """The key and the entry that speak of a rule (or of a family, `family/*`): its own, or else its family's."""
    for key in (rule, f"{rule.partition('/')[0]}/*"):
        if key in rules and rules[key] != _SILENT:
            return key, rules[key]
    return None


def applied(setting: RuleSetting, otherwise: RuleLevel) -> RuleLevel:
    """The level that an entry asks for where the thresholds say ``otherwise``."""
    return _higher(setting.level or otherwise, setting.at_least) or otherwise


def join_rules(
    organisation: Mapping[str, RuleSetting], repository: Mapping[str, RuleSetting]
) -> tuple[dict[str, RuleSetting], list[str]]:
    """The stricter of both for every rule that either names, and the keys where the repository asked for less.

    Of a rule that the organisation does not name, a repository can only raise the level: its ``level`` becomes an ``at_least``.
    """
    rules: dict[str, RuleSetting] = {}
    overridden: list[str] = []
    for key in sorted({*organisation, *repository}):
        ours, theirs = setting_for(organisation, key), setting_for(repository, key)
        joined = _joined(ours[1] if ours else _SILENT, theirs[1]) if theirs else _plain(ours[1] if ours else _SILENT)
        if joined != _SILENT:
            rules[key] = joined
        if theirs and theirs[0] == key and any(_looser(theirs[1], joined, level) for level in LEVELS):
            overridden.append(f'rules."{key}"')
    return rules, overridden


def _joined(ours: RuleSetting, theirs: RuleSetting) -> RuleSetting:
    floor = _higher(_higher(ours.level, ours.at_least), _higher(theirs.level, theirs.at_least))
    return RuleSetting(level=floor) if ours.level and theirs.level else RuleSetting(at_least=floor)


def _plain(setting: RuleSetting) -> RuleSetting:
    """The same with one key: a fixed level needs no floor."""
    return RuleSetting(level=_higher(setting.level, setting.at_least)) if setting.level else setting


def _looser(asked: RuleSetting, got: RuleSetting, otherwise: RuleLevel) -> bool:
    return LEVELS.index(applied(asked, otherwise)) < LEVELS.index(applied(got, otherwise))


def _higher(one: RuleLevel | None, other: RuleLevel | None) -> RuleLevel | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=LEVELS.index)
