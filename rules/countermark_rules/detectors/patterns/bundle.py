"""The rules as they ship: one JSON file, made from the YAML files by ``scripts/bundle`` and checked by a test."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.finding import Confidence, Rule, Severity

FOLDER = Path(__file__).parent
BUNDLE = FOLDER / "bundle.json"

# Semgrep's three severities, for rules whose metadata does not say it finer.
_SEVERITIES = {"ERROR": Severity.HIGH, "WARNING": Severity.MEDIUM, "INFO": Severity.LOW}
# Our language prefixes, with Semgrep's analyzer and the file names they stand for.
LANGUAGES = {"py": ("python", (".py", ".pyi"))}


@frozen
class PatternRule:
    """A rule, what Semgrep is told about it, and what a file must hold for it to match: one of the words, and the expression."""

    rule: Rule
    language: str
    anchors: tuple[bytes, ...]
    needs: bytes | None
    semgrep: dict[str, Any]

    def may_match(self, data: bytes) -> bool:
        """Whether it is worth asking Semgrep: cheap first, since it is asked of every file."""
        return any(word in data for word in self.anchors) and (not self.needs or bool(re.search(self.needs, data)))


def compile_rules() -> str:
    """The bundle of the YAML files. Raises KeyError where one lacks what every rule has to say."""
    import yaml

    sources = sorted((FOLDER / "rules").glob("*/*.yaml"))
    rules = [(source.parent.name, yaml.safe_load(source.read_text("utf-8"))["rules"][0]) for source in sources]
    return json.dumps([_compiled(language, rule) for language, rule in rules], indent=1, sort_keys=True) + "\n"


def _compiled(language: str, rule: dict[str, Any]) -> dict[str, Any]:
    metadata = rule.pop("metadata")
    return {
        "id": f"{language}/{rule['id']}",
        "language": language,
        "anchors": metadata["anchors"],
        "needs": metadata.get("needs"),
        "title": metadata["title"],
        "why": rule["message"],
        "remedy": metadata["remedy"],
        "severity": metadata.get("severity", _SEVERITIES[rule["severity"]].name.lower()),
        "confidence": metadata["confidence"],
        "cwe": metadata["cwe"],
        "references": metadata["references"],
        "semgrep": {**rule, "id": f"{language}.{rule['id']}"},
    }


@lru_cache(maxsize=1)
def load_rules() -> tuple[PatternRule, ...]:
    """Every rule of the bundle."""
    return tuple(_pattern_rule(entry) for entry in json.loads(BUNDLE.read_bytes()))


def _pattern_rule(entry: dict[str, Any]) -> PatternRule:
    rule = Rule(
        id=entry["id"],
        title=entry["title"],
        why=entry["why"],
        remedy=entry["remedy"],
        severity=Severity[entry["severity"].upper()],
        confidence=Confidence[entry["confidence"].upper()],
        cwe=tuple(entry["cwe"]),
        references=tuple(entry["references"]),
    )
    anchors = tuple(word.encode() for word in entry["anchors"])
    needs = entry["needs"].encode() if entry["needs"] else None
    return PatternRule(rule, entry["language"], anchors, needs, entry["semgrep"])
