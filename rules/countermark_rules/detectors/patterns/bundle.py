"""The rules as they ship: one JSON file a pack, made from the YAML files by ``scripts/bundle`` and checked by a test."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from attrs import define, field

from countermark.finding import Confidence, Likelihood, Rule, Severity

from .expressions import expression
from .packs import PACKS, PLAIN, languages
from .places import Finder, Places
from .prefilter import Prefilter, approximate, prefilter
from .prose import without_prose

FOLDER = Path(__file__).parent
BUNDLES = FOLDER / "bundles"
RULES = FOLDER / "rules"

# Semgrep's severities, old and new, for rules whose metadata does not say it finer.
SEVERITIES: Mapping[str, Severity] = {
    "ERROR": Severity.HIGH,
    "WARNING": Severity.MEDIUM,
    "INFO": Severity.INFO,
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
}


@define(frozen=True, eq=False)
class PatternRule:
    """A rule, what Semgrep is told about it, and what a file must hold for it to match: one of the words, and all of the expressions.

    ``within`` are, for a rule about one function at a time, the expressions that a function must hold for it to match there. ``tests``
    says whether it is looked for in test files, too; ``safe`` whether its fix may be applied unseen; ``include`` and ``exclude`` are
    patterns of .gitignore for the files that it is about: all, where there are none.
    """

    rule: Rule
    pack: str
    semgrep: Mapping[str, Any]
    anchors: tuple[bytes, ...] = ()
    needs: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    tests: bool = True
    safe: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "languages", languages(self.semgrep["languages"]))

    @property
    def id(self) -> str:
        """Semgrep's name for it."""
        return str(self.semgrep["id"])

    @property
    def follows(self) -> bool:
        """Whether it follows data."""
        return self.semgrep.get("mode") == "taint"

    def reads(self, analyzer: str) -> bool:
        """Whether it is about files that are read in this way."""
        return analyzer in self.languages or any(plain in self.languages for plain in PLAIN)

    def needed(self, data: bytes) -> bool:
        """Whether a text that holds one of the words may match after all."""
        return all(expression(one).search(data) for one in self.needs)

    def concerns(self, path: str) -> bool:
        """Whether a file is among those that the rule itself names."""
        if not self.include and not self.exclude:
            return True
        include, exclude = self._matchers
        return (not self.include or include(path)) and not exclude(path)

    @cached_property
    def _matchers(self) -> tuple[Any, Any]:
        from countermark.changes.ignore import matcher

        return matcher(self.include), matcher(self.exclude)


def compile_packs() -> dict[str, str]:
    """What each pack's file holds. Raises KeyError where a rule lacks what every rule has to say."""
    packs = {}
    for pack in PACKS:
        rules = [rule for source in sorted((RULES / pack).glob("*.yaml")) for rule in read_source(source)]
        packs[pack] = written([_compiled(pack, rule) for rule in rules])
    return packs


def written(entries: Sequence[Mapping[str, Any]]) -> str:
    """The file of a pack: JSON with a line for each rule, so that no other needs to be read.

    Before them stand a line by which they are found, and one of the expressions that functions must hold.
    """
    index = [[entry["anchors"], entry["needs"]] for entry in entries]
    within = sorted({one for entry in entries for one in entry["within"]})
    lines = [json.dumps(entry, sort_keys=True, separators=(",", ":")) for entry in (index, within, *entries)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read_source(source: Path) -> list[dict[str, Any]]:
    """The rules of one of our YAML files. `- shared: NAME` in a list of a rule stands for the entries of `shared/NAME.yaml` beside it.

    Rules that follow data have most of their sources and sanitizers in common, and Semgrep matches equal ones but once.
    """

    def entries(key: str, said: Any) -> Any:
        if not (key.startswith("pattern-") and isinstance(said, list)):
            return said
        shared = source.parent / "shared"
        return [
            entry
            for one in said
            for entry in (load_yaml(shared / f"{one['shared']}.yaml") if "shared" in one else [one])
        ]

    rules = load_yaml(source)["rules"]
    return [{key: entries(key, said) for key, said in rule.items()} for rule in rules]


def load_yaml(source: Path) -> Any:
    """A YAML file of ours."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it was built
    return yaml.load(source.read_bytes(), loader)  # noqa: S506 - it is the safe one


def _compiled(pack: str, rule: dict[str, Any]) -> dict[str, Any]:
    """A rule of ours; it has to say all of this."""
    metadata = rule["metadata"]
    for key in ("anchors", "title", "remedy", "confidence", "cwe", "references"):
        if not metadata.get(key):
            raise KeyError(f"{pack}/{rule['id']}: metadata lacks {key}")
    entry = compiled(pack, rule)
    return {**entry, "likelihood": entry["likelihood"] or _studied(pack, entry["cwe"])}


def _studied(pack: str, weaknesses: Collection[str]) -> dict[str, str]:
    """How often assistants suggest it, by the first study that has counted one of the weaknesses, or else looked at such files."""
    said = next(
        study
        for study in _studies()
        if not {"cwe", "packs"} & study.keys()
        or not set(weaknesses).isdisjoint(study.get("cwe", ()))
        or pack in study.get("packs", ())
    )
    return {"claim": said["claim"], "source": said["source"]}


@cache
def _studies() -> list[dict[str, Any]]:
    studies: list[dict[str, Any]] = load_yaml(RULES / "studies.yaml")
    return studies


def compiled(pack: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    """A Semgrep rule as an entry of a bundle; what its metadata does not say is taken from the rule."""
    said = rule.get("metadata") or {}
    paths = rule.get("paths") or {}
    return {
        "id": f"{pack}/{rule['id']}",
        "anchors": said.get("anchors", []),
        "needs": _texts(said.get("needs")),
        "within": _texts(said.get("needs" if said.get("within") == "needs" else "within")),
        "tests": said.get("tests", True),
        "safe": said.get("fix-safety") == "safe",
        "include": paths.get("include", []),
        "exclude": paths.get("exclude", []),
        "title": said.get("title") or str(rule["id"]).replace("-", " ").replace("_", " ").capitalize(),
        "why": " ".join(rule["message"].split()),
        "remedy": said.get("remedy") or "The message says what to do.",
        "severity": str(said.get("severity", SEVERITIES[rule["severity"]].name)).lower(),
        "confidence": str(said.get("confidence", "medium")).lower(),
        "cwe": _listed(said.get("cwe")),
        "owasp": _listed(said.get("owasp")),
        "likelihood": said.get("likelihood"),
        "references": _texts(said.get("references")),
        "semgrep": {**_bare(rule), "id": f"{pack}.{rule['id']}"},
    }


def _bare(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What Semgrep has to know: it copies messages and metadata into every match, and which files to look at is our decision."""
    left = {key: value for key, value in rule.items() if key not in {"metadata", "paths"}}
    return {**left, "message": "m", "severity": "INFO"}


def _texts(said: Any) -> list[str]:
    """A list of texts, of which a single one may be written alone."""
    return [said] if isinstance(said, str) else said or []


def _listed(said: Any) -> list[str]:
    """The first word of each entry: `CWE-89: SQL injection` is CWE-89."""
    return [entry.partition(": ")[0].partition(" - ")[0].strip() for entry in _texts(said)]


def load_rules() -> tuple[PatternRule, ...]:
    """Every rule of every pack."""
    return tuple(rule for pack in PACKS for rule in load_pack(pack))


def load_pack(pack: str) -> tuple[PatternRule, ...]:
    """The rules of one pack."""
    shipped = shipped_pack(pack)
    return tuple(map(shipped.rule, range(len(shipped.lines))))


def likely(pack: str, data: bytes) -> Iterator[PatternRule]:
    """The rules of a pack that a text may match; no others are read."""
    shipped = shipped_pack(pack)
    code = code_of(pack, data)
    for number in shipped.prefilter.found(code):
        rule = shipped.rule(number)
        if not any(map(approximate, rule.needs)) or rule.needed(code):
            yield rule


def places(rule: str, data: bytes) -> Places:
    """Where in a text the expressions of a rule's pack may match."""
    pack = rule.partition(".")[0]
    return shipped_pack(pack).finder.places(data) if pack in PACKS else Places(data)


def code_of(pack: str, data: bytes) -> bytes:
    """What of a text the rules of a pack may match."""
    return without_prose(data) if pack == "py" else data


@cache
def shipped_pack(pack: str) -> ShippedPack:
    """A pack as it ships; a change reads those of the languages that it touches alone."""
    _, index, within, *lines, _, _ = (BUNDLES / f"{pack}.json").read_bytes().split(b"\n")
    return ShippedPack(pack, index.rstrip(b","), within.rstrip(b","), lines)


@define(frozen=True, eq=False)
class ShippedPack:
    """The lines of a pack's file, each read when it is needed first."""

    pack: str
    index: bytes
    within: bytes
    lines: Sequence[bytes]
    _rules: dict[int, PatternRule] = field(factory=dict)

    @cached_property
    def prefilter(self) -> Prefilter:
        """What finds the rules that a text may match."""
        return prefilter(self.index)

    @cached_property
    def finder(self) -> Finder:
        """What finds where the expressions that functions must hold may match."""
        return Finder(self.within)

    def rule(self, number: int) -> PatternRule:
        """A rule by its place."""
        found = self._rules.get(number)
        if found is None:
            found = self._rules[number] = pattern_rule(self.pack, json.loads(self.lines[number].rstrip(b",")))
        return found


def pattern_rule(pack: str, entry: Mapping[str, Any]) -> PatternRule:
    """The rule of an entry of a bundle."""
    likelihood: Mapping[str, str] | None = entry["likelihood"]
    rule = Rule(
        id=entry["id"],
        title=entry["title"],
        why=entry["why"],
        remedy=entry["remedy"],
        severity=Severity[entry["severity"].upper()],
        confidence=Confidence[entry["confidence"].upper()],
        cwe=tuple(entry["cwe"]),
        references=tuple(entry["references"]),
        owasp=tuple(entry["owasp"]),
        likelihood=Likelihood(likelihood["claim"], likelihood["source"]) if likelihood else None,
    )
    return PatternRule(
        rule,
        pack,
        entry["semgrep"],
        anchors=tuple(word.encode() for word in entry["anchors"]),
        needs=tuple(entry["needs"]),
        within=tuple(entry["within"]),
        tests=entry["tests"],
        safe=entry["safe"],
        include=tuple(entry["include"]),
        exclude=tuple(entry["exclude"]),
    )
