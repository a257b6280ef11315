"""Policy to verdict: what each finding does to a commit, and which line of the policy says so."""

from __future__ import annotations

from countermark.changes.ignore import matcher
from countermark.config.rule_levels import applied, setting_for
from countermark.config.schema import RuleLevel, RuleSetting, Settings, Threshold
from countermark.finding import Finding, Rule
from countermark.verdict import Level, Verdict


class Judge:
    """Judges findings by one policy; made once for a run, so that patterns are compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._paths = tuple((entry, matcher(entry.match)) for entry in settings.paths)

    def judge(self, finding: Finding) -> Verdict | None:
        """The verdict, or None where the rule is switched off."""
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
        return applied(found[1] if found else RuleSetting(), "note" if rule.enabled else "off") != "off"

    def _of_rule(self, finding: Finding) -> Verdict | None:
        """What [rules] says, or else the thresholds."""
        found = setting_for(self._settings.rules, finding.rule.id)
        if found is None:
            return self._by_threshold(finding)
        key, setting = found
        level = setting.level
        verdict = _asked(level, f'rules."{key}".level = "{level}"') if level else self._by_threshold(finding)
        least = _asked(setting.at_least, f'rules."{key}".at-least = "{setting.at_least}"')
        return max(filter(None, (verdict, least)), key=lambda one: one.level, default=None)

    def _by_threshold(self, finding: Finding) -> Verdict | None:
        if not finding.rule.enabled:
            return None
        policy = self._settings.policy
        for level, threshold in ((Level.BLOCK, policy.block), (Level.WARN, policy.warn)):
            if finding.severity >= threshold.severity and finding.confidence >= threshold.confidence:
                return Verdict(level, _words(level, threshold))
        return Verdict(Level.NOTE, f"below policy.warn: {_measure(policy.warn)}")


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
