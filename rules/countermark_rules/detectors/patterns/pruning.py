"""Our rules without those of their alternatives that no text can match, since they name what none of the texts holds.

Semgrep reads every pattern and looks for each; of those for a dozen libraries, a text mostly uses one or two. A name in a pattern
stands in the text too, where it is called or where it is imported. Strings do not have to: Semgrep puts them together itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from countermark.lazily import lazy

# A repository's own rules stay as they are: what is wrong in one of their patterns has to show whatever the text holds.
_PACKS = frozenset({"py", "js", "go", "java"})
_LISTS = ("pattern-sources", "pattern-sinks", "pattern-sanitizers", "pattern-propagators")
_WORD = lazy(rb"[A-Za-z_]\w+")
# A name, or what holds none that has to stand in a text: a string, a metavariable, and one with its type, which Semgrep may infer.
_PART = lazy(
    r"""(?:\b[A-Za-z]{1,2})?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)"""
    r"""|\(\s*[\w.*\[\]]+(?:<[^()]*>)?\s+\$\w+\s*\)|\(\s*\$\w+\s*:[^()]*\)|\$(?:\.\.\.)?\w+|([A-Za-z_]\w+)"""
)
# Names that a language has more than one way to say, or that Semgrep infers.
_INFERRED = frozenset(
    """and any as assert async await bool boolean break case catch char class const continue def default defer del do double elif
    else except export exports extends false False final finally float for from func function global globalThis go if implements
    import in int interface is java javax lambda lang let long main map module new nil None not null object Object of or package pass
    print private protected public raise range require return self static str string String struct super switch this throw throws
    true True try type typeof undefined unknown var void while window with yield""".split()
)


def vocabulary(texts: Iterable[bytes]) -> frozenset[bytes]:
    """The words of some texts."""
    return frozenset(chain.from_iterable(map(_WORD.findall, texts)))


def pruned(rule: Mapping[str, Any], words: frozenset[bytes]) -> Mapping[str, Any] | None:
    """The rule, as far as it may match in texts with these words alone; nothing where it cannot."""
    if str(rule["id"]).partition(".")[0] not in _PACKS:
        return rule
    if rule.get("mode") != "taint":
        return _left(rule, words)
    lists = {key: _those_left(rule[key], words) for key in _LISTS if key in rule}
    return {**rule, **lists} if lists["pattern-sources"] and lists["pattern-sinks"] else None


def _left(node: Mapping[str, Any], words: frozenset[bytes]) -> Mapping[str, Any] | None:
    """What is left of something to be matched; what forbids or narrows down stays as it is."""
    if "patterns" in node:
        parts = _those_left(node["patterns"], words)
        return {**node, "patterns": parts} if len(parts) == len(node["patterns"]) else None
    if "pattern-either" in node:
        parts = _those_left(node["pattern-either"], words)
        return {**node, "pattern-either": parts} if parts else None
    pattern = node.get("pattern", node.get("pattern-inside"))
    return None if isinstance(pattern, str) and not _names(pattern) <= words else node


def _those_left(nodes: Iterable[Mapping[str, Any]], words: frozenset[bytes]) -> list[Mapping[str, Any]]:
    return [left for node in nodes if (left := _left(node, words)) is not None]


@lru_cache(maxsize=4096)  # an editor asks after each change
def _names(pattern: str) -> frozenset[bytes]:
    return frozenset(name.encode() for name in _PART.findall(pattern) if name and name not in _INFERRED)
