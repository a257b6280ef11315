"""The rules as they ship: one JSON file a pack, made from the YAML files by ``scripts/bundle`` and checked by a test."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.finding import Confidence, Rule, Severity

from .packs import PACKS

FOLDER = Path(__file__).parent
BUNDLES = FOLDER / "bundles"

# Semgrep's three severities, for rules whose metadata does not say it finer.
_SEVERITIES = {"ERROR": Severity.HIGH, "WARNING": Severity.MEDIUM, "INFO": Severity.INFO}


@frozen
class PatternRule:
    """A rule, what Semgrep is told about it, and what a file must hold for it to match: one of the words, and the expression.

    ``tests`` says whether it is looked for in test files, too; ``safe`` whether its fix may be applied unseen.
    """

    rule: Rule
    pack: str
    anchors: tuple[bytes, ...]
    needs: bytes | None
    tests: bool
    safe: bool
    semgrep: dict[str, Any]

    @property
    def languages(self) -> Sequence[str]:
        """How Semgrep has to read a file for this rule."""
        languages: Sequence[str] = self.semgrep["languages"]
        return languages

    def may_match(self, data: bytes) -> bool:
        """Whether it is worth asking Semgrep: cheap first, since it is asked of every file."""
        return any(word in data for word in self.anchors) and (not self.needs or bool(re.search(self.needs, data)))


def compile_packs() -> dict[str, str]:
    """What each pack's file holds. Raises KeyError where a rule lacks what every rule has to say."""
    import yaml

    packs = {}
    for pack in PACKS:
        sources = sorted((FOLDER / "rules" / pack).glob("*.yaml"))
        rules = [yaml.safe_load(source.read_text("utf-8"))["rules"][0] for source in sources]
        packs[pack] = json.dumps([_compiled(pack, rule) for rule in rules], indent=1, sort_keys=True) + "\n"
    return packs


def _compiled(pack: str, rule: dict[str, Any]) -> dict[str, Any]:
    metadata = rule.pop("metadata")
    return {
        "id": f"{pack}/{rule['id']}",
        "anchors": metadata["anchors"],
        "needs": metadata.get("needs"),
        "tests": metadata.get("tests", True),
        "safe": metadata.get("fix-safety") == "safe",
        "title": metadata["title"],
        "why": rule["message"],
        "remedy": metadata["remedy"],
        "severity": metadata.get("severity", _SEVERITIES[rule["severity"]].name.lower()),
        "confidence": metadata["confidence"],
        "cwe": metadata["cwe"],
        "references": metadata["references"],
        "semgrep": {**rule, "id": f"{pack}.{rule['id']}"},
    }


def load_rules() -> tuple[PatternRule, ...]:
    """Every rule of every pack."""
    return tuple(rule for pack in PACKS for rule in load_pack(pack))


@cache
def load_pack(pack: str) -> tuple[PatternRule, ...]:
    """The rules of one pack; a change reads those of the languages that it touches alone."""
    return tuple(_pattern_rule(pack, entry) for entry in json.loads((BUNDLES / f"{pack}.json").read_bytes()))


def _pattern_rule(pack: str, entry: dict[str, Any]) -> PatternRule:
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
    return PatternRule(rule, pack, anchors, needs, entry["tests"], entry["safe"], entry["semgrep"])
