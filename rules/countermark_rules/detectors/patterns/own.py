"""The rules of a repository, in `.countermark/rules`: Semgrep's YAML, checked by us before Semgrep sees it, and called `local/ID`.

What is wrong in a file is told with its line and what to do; the file's rules are then not used, and the result is not clean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from attrs import frozen

from countermark import __version__
from countermark.display import escape
from countermark.errors import UsageError
from countermark.rule_files import MOST_BYTES, RuleFile
from countermark.verdict import Failure
from countermark_rules.detectors.secrets import cache

from .bundle import SEVERITIES, PatternRule, compiled, pattern_rule
from .packs import LANGUAGES, languages

if TYPE_CHECKING:
    from countermark.threats.yaml_reader import Node

PACK = "local"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_MOST_RULES = 200
_FORM = 4  # of what is cached
_SEARCH = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")
_TAINT = ("pattern-sources", "pattern-sinks")
_CONFIDENCE = ("low", "medium", "high")
_LISTS_OF_TEXT = ("cwe", "owasp", "references")


@frozen
class Own:
    """The rules that can be used, and what is wrong with the others."""

    rules: tuple[PatternRule, ...] = ()
    faults: tuple[Failure, ...] = ()


def read_own(files: Sequence[RuleFile]) -> Own:
    """The rules of some files."""
    rules: dict[str, PatternRule] = {}
    faults: list[Failure] = []
    for file in files:
        try:
            found = [pattern_rule(PACK, entry) for entry in _entries(file)]
        except UsageError as fault:
            faults += [Failure("patterns", file.path, line) for line in str(fault).splitlines()]
            continue
        for rule in found:
            if rule.id in rules:
                said = f"{escape(file.path)}: {rule.rule.id} is in another file too; give one of them another id"
                faults.append(Failure("patterns", file.path, said))
            rules.setdefault(rule.id, rule)
    return Own(tuple(rules.values()), tuple(faults))


def _entries(file: RuleFile) -> list[dict[str, Any]]:
    """The file's rules as entries of a bundle, from the cache where it has been read before: YAML takes its time."""
    told = f"{file.path}\0{__version__}\0{_FORM}\0".encode("utf-8", "surrogateescape") + file.data
    name = f"rules-{blake2b(told, digest_size=16).hexdigest()}.json"
    stored = cache.read(name)
    if stored is not None:
        entries: list[dict[str, Any]] = json.loads(stored)
        return entries
    entries = checked(file)
    cache.write(name, json.dumps(entries).encode())
    return entries


def checked(file: RuleFile) -> list[dict[str, Any]]:
    """The file's rules as entries of a bundle. Raises UsageError with every fault, one a line."""
    from countermark.threats.yaml_reader import read

    path = escape(file.path)
    if len(file.data) > MOST_BYTES:
        raise UsageError(f"{path}: larger than {MOST_BYTES:,} bytes; split it up")
    node = read(file.data, path)
    top = node.value if isinstance(node.value, dict) else {}
    rules = top["rules"].value if "rules" in top else None
    if not isinstance(rules, list) or not rules:
        raise UsageError(f"{path}, line {node.line}: a list called `rules` is needed, as Semgrep has it")
    if len(rules) > _MOST_RULES:
        raise UsageError(f"{path}: {len(rules)} rules, and at most {_MOST_RULES} are read from one file; split it up")
    faults = [f"{path}, line {line}: {said}" for rule in rules for line, said in _faults(rule)]
    ids = [rule.plain.get("id") for rule in rules if isinstance(rule.value, dict)]
    faults += [f"{path}: two rules are called {escape(str(one))}" for one in {one for one in ids if ids.count(one) > 1}]
    if faults:
        raise UsageError("\n".join(faults))
    return [_own_entry(compiled(PACK, rule.plain)) for rule in rules]


def _faults(rule: Node) -> Iterator[tuple[int, str]]:
    """What is wrong with one rule, each with its line."""
    if not isinstance(rule.value, dict):
        yield rule.line, "a rule is a table with id, message, languages, severity and a pattern"
        return
    keys = rule.value
    missing = [key for key in ("id", "message", "languages", "severity") if key not in keys]
    if missing:
        yield rule.line, f"the rule lacks {', '.join(missing)}"
    if "id" in keys and not (isinstance(keys["id"].value, str) and _ID.fullmatch(keys["id"].value)):
        yield keys["id"].line, "an id is made of letters, digits, - and _, and begins with a letter or digit"
    if "message" in keys and not isinstance(keys["message"].value, str):
        yield keys["message"].line, "the message is a text: what can happen, to whom, what to do"
    if "severity" in keys and keys["severity"].value not in SEVERITIES:
        yield keys["severity"].line, f"severity is one of {', '.join(SEVERITIES)}"
    if "languages" in keys:
        yield from _language_faults(keys["languages"])
    yield from _pattern_faults(rule.line, keys)
    if "paths" in keys:
        yield from _path_faults(keys["paths"])
    if "metadata" in keys:
        yield from _metadata_faults(keys["metadata"])


def _language_faults(node: Node) -> Iterator[tuple[int, str]]:
    names = node.plain
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        yield node.line, "languages is a list of names, such as [python]"
        return
    for unknown in [name for name in names if languages([name])[0] not in LANGUAGES]:
        yield node.line, f"the language {escape(unknown)} is not looked at; there are {', '.join(sorted(LANGUAGES))}"


def _pattern_faults(line: int, keys: Mapping[str, Node]) -> Iterator[tuple[int, str]]:
    mode = keys["mode"].value if "mode" in keys else "search"
    if mode == "taint":
        if lacking := [key for key in _TAINT if key not in keys]:
            yield line, f"a rule with `mode: taint` needs {' and '.join(lacking)}"
    elif mode != "search":
        yield keys["mode"].line, "mode is search or taint; Semgrep's others need its registry or its paid engine"
    elif not any(key in keys for key in _SEARCH):
        yield line, f"the rule has no pattern: one of {', '.join(_SEARCH)}"


def _path_faults(node: Node) -> Iterator[tuple[int, str]]:
    said = node.plain
    lists = said.values() if isinstance(said, dict) and set(said) <= {"include", "exclude"} else [None]
    if not all(isinstance(one, list) and all(isinstance(each, str) for each in one) for one in lists):
        yield node.line, "paths holds include and exclude, each a list of patterns"


def _metadata_faults(node: Node) -> Iterator[tuple[int, str]]:
    said = node.plain
    if not isinstance(said, dict):
        yield node.line, "metadata is a table"
        return
    if str(said.get("severity", "low")).upper() not in {one.name for one in SEVERITIES.values()}:
        yield node.line, "metadata.severity is one of info, low, medium, high, critical"
    if str(said.get("confidence", "low")).lower() not in _CONFIDENCE:
        yield node.line, f"metadata.confidence is one of {', '.join(_CONFIDENCE)}"
    for key in _LISTS_OF_TEXT:
        entries = [said[key]] if isinstance(said.get(key), str) else said.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            yield node.line, f"metadata.{key} is a list of texts"
    yield from (
        (node.line, f"metadata.{key} is a text")
        for key in ("title", "remedy")
        if not isinstance(said.get(key, ""), str)
    )


def _own_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Without what only our own packs say: it would decide unseen which files a rule is asked of."""
    return {**entry, "anchors": [], "needs": [], "within": [], "tests": True, "likelihood": None}
