"""Policy to verdict: what each finding does to a commit, and which line of the policy says so."""

from __future__ import annotations

from countermark.changes.ignore import matcher
from countermark.config.schema import Settings, Threshold
from countermark.finding import Finding, Rule
from countermark.verdict import Level, Verdict


class Judge:
    """Judges findings by one policy; made once for a run, so that patterns are compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._paths = tuple((entry, matcher(entry.match)) for entry in settings.paths)

    def judge(self, finding: Finding) -> Verdict | None:
        """The verdict, or None where the rule is switched off."""
        verdict = self._by_rule(finding.rule) if self._setting(finding.rule) else self._by_threshold(finding)
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

    def _setting(self, rule: Rule) -> str | None:
        """The key under [rules] that speaks of this rule and sets a level."""
        for key in (rule.id, f"{rule.family}/*"):
            setting = self._settings.rules.get(key)
            if setting is not None and setting.level is not None:
                return key
        return None

    def _by_rule(self, rule: Rule) -> Verdict | None:
        key = self._setting(rule)
        level = self._settings.rules[key].level if key else None
        return (
            None if level in {None, "off"} else Verdict(Level[str(level).upper()], f'rules."{key}".level = "{level}"')
        )

    def _by_threshold(self, finding: Finding) -> Verdict | None:
        if not finding.rule.enabled:
            return None
        policy = self._settings.policy
        for level, threshold in ((Level.BLOCK, policy.block), (Level.WARN, policy.warn)):
            if finding.severity >= threshold.severity and finding.confidence >= threshold.confidence:
                return Verdict(level, _words(level, threshold))
        return Verdict(Level.NOTE, f"below policy.warn: {_measure(policy.warn)}")


def _at_most(verdict: Verdict, level: Level, reason: str) -> Verdict:
    return Verdict(level, reason) if verdict.level > level else verdict


def _words(level: Level, threshold: Threshold) -> str:
    return f"policy.{_name(level)}: {_measure(threshold)}"


def _measure(threshold: Threshold) -> str:
    return f"severity from {threshold.severity.name.lower()}, confidence from {threshold.confidence.name.lower()}"


def _name(level: Level) -> str:
    return level.name.lower()
