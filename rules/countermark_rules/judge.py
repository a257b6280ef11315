"""Policy to verdict: what each finding does to a commit, and which line of the policy says so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from countermark.changes.ignore import matcher
from countermark.config import durations
from countermark.config.rule_levels import applied, setting_for
from countermark.config.schema import RuleLevel, RuleSetting, Settings, Threshold
from countermark.finding import Finding, Lifetime, Rule
from countermark.provenance.model import State
from countermark.verdict import Level, Verdict


class Judge:
    """Judges findings by one policy; made once for a run, so that patterns are compiled once."""

    def __init__(self, settings: Settings, only: Collection[str] = ()) -> None:
        """``only`` are the families that may speak; without any, all."""
        self._settings = settings
        self._only = frozenset(only)
        self._paths = tuple((entry, matcher(entry.match)) for entry in settings.paths)
        self._lifetimes = tuple((entry, matcher(entry.match)) for entry in settings.credentials.paths)

    def judge(self, finding: Finding) -> Verdict | None:
        """The verdict, or None where the rule is switched off."""
        if not self._asked(finding.rule):
            return None
        verdict = self._of_rule(finding)
        if verdict is None:
            return None
        policy = self._settings.policy
        if not finding.touched:
            verdict = _at_most(verdict, policy.untouched, "policy.untouched: the change did not touch this line")
        for entry, matches in reversed(self._paths):
            if matches(finding.path):
                return _at_most(
                    verdict, entry.at_most, f"paths: {', '.join(entry.match)} is at most {_name(entry.at_most)}"
                )
        return verdict

    def hears(self, rule: Rule) -> bool:
        """Whether any finding of a rule has a verdict: it is not switched off, or was asked for."""
        found = setting_for(self._settings.rules, rule.id)
        return (
            self._asked(rule)
            and applied(found[1] if found else RuleSetting(), "note" if rule.enabled else "off") != "off"
        )

    def _asked(self, rule: Rule) -> bool:
        return not self._only or rule.family in self._only

    def _of_rule(self, finding: Finding) -> Verdict | None:
        """What [rules] says, or else the thresholds."""
        found = setting_for(self._settings.rules, finding.rule.id)
        if found is None:
            return self._by_author(finding, self._by_default(finding))
        key, setting = found
        level = setting.level
        said = f'rules."{key}".level = "{level}"'
        verdict = _asked(level, said) if level else self._by_author(finding, self._by_default(finding))
        least = _asked(setting.at_least, f'rules."{key}".at-least = "{setting.at_least}"')
        return max(filter(None, (verdict, least)), key=lambda one: one.level, default=None)

    def _by_author(self, finding: Finding, verdict: Verdict | None) -> Verdict | None:
        """The verdict, raised where an AI is known to have written the line and the policy asks for that."""
        levels = self._settings.policy.ai.raise_
        if verdict is None or not levels or finding.written is not State.AI or verdict.level is Level.BLOCK:
            return verdict
        level = Level(min(verdict.level + levels, Level.BLOCK))
        return Verdict(
            level, f"policy.ai.raise = {levels}: an AI wrote this; else {_name(verdict.level)} by {verdict.reason}"
        )

    def _by_default(self, finding: Finding) -> Verdict | None:
        """What the thresholds say, and [credentials] where the lifetime is known."""
        if not finding.rule.enabled:
            return None
        verdict = self._by_threshold(finding)
        if finding.lifetime is Lifetime.EXPIRED:
            level = self._settings.credentials.expired
            return _at_most(verdict, level, f"credentials.expired: an expired one is at most {_name(level)}")
        if finding.lifetime in {None, Lifetime.UNKNOWN} or (allowed := self._longest(finding.path)) is None:
            return verdict
        longest, key = allowed
        if not _outlives(finding, longest):
            return _at_most(verdict, Level.WARN, f"{key}: it lives no longer")
        sure = finding.confidence >= self._settings.policy.block.confidence
        return Verdict(Level.BLOCK, f"{key}: it lives longer") if sure else verdict

    def _longest(self, path: str) -> tuple[timedelta, str] | None:
        """How long a credential may live in a file, the shortest time that is said of it, and where that is said."""
        general = self._settings.credentials.max_lifetime
        said = [] if general is None else [(general, f'credentials.max-lifetime = "{durations.written(general)}"')]
        for entry, matches in self._lifetimes:
            if matches(path):
                time = entry.max_lifetime
                said.append((time, f'credentials.paths: {", ".join(entry.match)} = "{durations.written(time)}"'))
        return min(said, default=None)

    def _by_threshold(self, finding: Finding) -> Verdict:
        policy = self._settings.policy
        for level, threshold in ((Level.BLOCK, policy.block), (Level.WARN, policy.warn)):
            if finding.severity >= threshold.severity and finding.confidence >= threshold.confidence:
                return Verdict(level, _words(level, threshold))
        return Verdict(Level.NOTE, f"below policy.warn: {_measure(policy.warn)}")


def _outlives(finding: Finding, longest: timedelta) -> bool:
    """Whether a credential of a known lifetime lives longer; a short-lived one of which no more is known does only where none may."""
    if finding.lasts is not None:
        return finding.lasts > longest
    return finding.lifetime is Lifetime.LONG or not longest


def _asked(level: RuleLevel | None, reason: str) -> Verdict | None:
    return None if level in {None, "off"} else Verdict(Level[str(level).upper()], reason)


def _at_most(verdict: Verdict, level: Level, reason: str) -> Verdict:
    return Verdict(level, reason) if verdict.level > level else verdict


def _words(level: Level, threshold: Threshold) -> str:
    return f"policy.{_name(level)}: {_measure(threshold)}"


def _measure(threshold: Threshold) -> str:
    return f"severity from {threshold.severity.name.lower()}, confidence from {threshold.confidence.name.lower()}"


def _name(level: Level) -> str:
    return level.name.lower()
