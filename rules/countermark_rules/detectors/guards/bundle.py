"""The guards that Semgrep sees, as they ship: one JSON file, made from the YAML files by ``scripts/bundle`` and checked by a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.finding import Rule
from countermark_rules.detectors.patterns.bundle import PatternRule, compiled, load_yaml, pattern_rule

FAMILY = "guards"
FOLDER = Path(__file__).parent
BUNDLE = FOLDER / "bundle.json"
RULES = FOLDER / "rules"
_SAID = ("title", "remedy", "severity", "confidence", "cwe", "owasp", "references")
_OURS = ("id", "wide", "of", "still", "anchors")


@frozen
class Presence:
    """How one guard looks in one language.

    ``wide``: it guards more than the declaration that it stands in, such as all routes of an application. ``declared``: it guards the
    declaration as such, whatever becomes of its lines. ``still`` is what has to be left for the guard to be missed.
    """

    pattern: PatternRule
    wide: bool = False
    declared: bool = False
    still: str | None = None

    @property
    def id(self) -> str:
        """Semgrep's name for it."""
        return self.pattern.id

    @property
    def rule(self) -> Rule:
        """What is reported where it vanished."""
        return self.pattern.rule


def compile_guards() -> str:
    """What the file holds. Raises KeyError where a rule lacks what every rule has to say."""
    entries = []
    for source in sorted(RULES.glob("*.yaml")):
        guard = load_yaml(source)
        metadata = {key: guard[key] for key in _SAID}
        entries += [_compiled(guard, presence, metadata) for presence in guard["present"]]
    return json.dumps(entries, indent=1, sort_keys=True) + "\n"


def _compiled(guard: Mapping[str, Any], presence: Mapping[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    semgrep = {key: value for key, value in presence.items() if key not in _OURS}
    said = {**metadata, "anchors": presence["anchors"]}
    rule = {**semgrep, "id": guard["id"], "message": guard["message"], "severity": "INFO", "metadata": said}
    entry = compiled(FAMILY, rule)
    entry["semgrep"]["id"] = f"{FAMILY}.{guard['id']}.{presence['id']}"
    return {
        **entry,
        "wide": presence.get("wide", False),
        "declared": presence.get("of") == "declaration",
        "still": presence.get("still"),
    }


@cache
def presences() -> tuple[Presence, ...]:
    """Every guard in every language."""
    entries = json.loads(BUNDLE.read_bytes())
    return tuple(
        Presence(pattern_rule(FAMILY, entry), entry["wide"], entry["declared"], entry["still"]) for entry in entries
    )
