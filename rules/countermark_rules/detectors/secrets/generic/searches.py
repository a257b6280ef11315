"""What the prefilter looks for to find every assignment that may matter: supersets over bytes of what assignments.py takes apart."""

from __future__ import annotations

from collections.abc import Iterator

from countermark_rules.detectors.secrets.sought import Search, Sought

from .words import STEMS, WEAK

SOURCE = "assignment"
BARE = "assignment:bare"  # values without quotes and without digits: a variable in a program, a password in settings
SOURCES = frozenset({SOURCE, BARE})
_RULE = "keyword"
_BEFORE, _AFTER = 160, 480

_STRONG = "(?i:" + "|".join(stem.replace(".", r"\.") for stem in STEMS if stem not in WEAK) + ")"
_WEAK = "(?i:" + "|".join(WEAK) + ")"
_REST = r"[\w$@.\-]{0,40}"
_VALUE = r"[^\s\"'`,;<>(){}\[\]|]"
# What stands between a name and its value: quoted values stand behind nearly anything, bare ones behind what gives a value.
# It ends soon behind a quote: the automaton reports every place where a match may end.
_QUOTED = r"[^\"'`\r\n]{0,40}[\"'`]{1,2}(?:[^\"'`\r\n]{0,40}[\"'`])?"
_GIVES = r"[\"'`\])}]{0,3}(?:\s?:\s?\w{1,20})?[ \t]{0,20}(?:[:=>?+.!|,(-]{1,4}|[ \t])[ \t]{0,20}(?i:basic |bearer |token |bot |by )?"
_SETS = r"[\"'`\])}]{0,3}(?:[ \t]{0,8}(?::?=|:)[ \t]{0,8}|[ \t]{1,8})"


def searches() -> Iterator[tuple[Search, Sought]]:
    """A quoted value, a bare one (with a digit, in a program), one in an element of its own, and one that is only called a key."""
    yield _search(), Sought(rf"{_STRONG}{_REST}[\"'`\])}}]{{0,3}}{_QUOTED}[^\"'`\r\n]{{6}}", STEMS)
    yield _search(), Sought(rf"{_STRONG}{_REST}{_GIVES}\\?[\"'`]?{_VALUE}{{0,80}}[0-9]", STEMS)
    yield Search(_RULE, BARE, _BEFORE, _AFTER), Sought(rf"{_STRONG}{_REST}{_SETS}{_VALUE}{{5}}", STEMS)
    yield _search(multiline=True), Sought(rf"{_STRONG}{_REST}>\s{{1,60}}{_VALUE}{{6,200}}\s{{0,60}}</", STEMS)
    weak = rf"{_WEAK}[\w$@.\-]{{0,20}}[\"'`\])}}]{{0,3}}[^\"'`\r\n]{{0,30}}[\"'`][^\"'`\r\n ]{{0,60}}[0-9][^\"'`\r\n ]{{12}}"
    yield _search(), Sought(weak, WEAK)
    apart = rf"{_STRONG}{_REST}(?:[\"']?,?\s{{1,60}}[\"']?[vV]alue[\"']?\s?[:=]\s?[\"']?|</[kK]ey>\s{{1,60}}<string>){_VALUE}{{5}}"
    yield _search(multiline=True), Sought(apart, STEMS)
    bare = rf"{_WEAK}(?:[\w$@.\-]{{0,20}})[\"'`\])}}]{{0,3}}[ \t]{{0,8}}(?:[:?+]?=|:)[ \t]{{0,8}}{_VALUE}{{0,60}}[0-9]{_VALUE}{{12}}"
    yield _search(), Sought(bare, WEAK)


def _search(*, multiline: bool = False) -> Search:
    return Search(_RULE, SOURCE, _BEFORE, _AFTER, multiline=multiline)
