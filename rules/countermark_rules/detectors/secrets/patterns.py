"""From a token's declaration to what searches and confirms it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from .alphabets import ALPHABETS, in_set
from .confirm import Matcher, Pattern
from .declaration import Token
from .leaves import Chars, Checked, Literal
from .nodes import Choice, Node, Optional, Secret, Sequence
from .notation import parse_all

# A token begins where no letter or digit precedes it, or where what looks like one is the end of an escape: \n \u0026 \x3d %3D.
_ESCAPES = r"|(?<=\\[abfnrtv0])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\x[0-9A-Fa-f]{2})"
_LEFT = {"alnum": f"(?:(?<![A-Za-z0-9]){_ESCAPES})", "word": rf"(?:(?<![A-Za-z0-9_\-]){_ESCAPES})", "none": ""}
_RIGHT = {"alnum": ALPHABETS["base62"], "word": ALPHABETS["base64url"]}
# What stands between a keyword and its value: an assignment of any language, an argument of a call, an option of a command, an element;
# then perhaps a quote, and what HTTP puts before a credential.
_ASSIGNED = (
    r"(?:[=:>,(\[{|][ \t]{0,8}|[ \t]--?[\w\-]{1,30}[ \t]{1,4}|[\"'`][ \t]{1,8}|[ \t](?=[\"'`]))"
    r"(?:[@$]?[\"'`]|\\[\"'])?(?:(?i:bearer|basic|token|apikey)[ \t]{1,4})?"
)
# Or nothing but a space, as in `--datadog-api-key x` and Dockerfile's `ENV DATADOG_API_KEY x`.
_BARE = r"[\w\-.]{0,30}[ \t]{1,4}[\"'`]?"
_ASSIGNED_MOST = 60  # characters that the two can match
_BEFORE = r"[=:>,(\[{| \t\"'`]"  # what they can end in
# A keyword's underscore stands for any separator or none: datadog_api is Datadog-API, datadogApi, DATADOG_API.
_SEPARATOR = r"[\-_. ]?"
_WHOLE = 4  # letters; a keyword that begins with a word this short must not be part of a longer word
_RARE = 4  # letters; a shorter keyword is part of so many words that what follows is better searched for with it
_WIDEST = 120  # characters of each line between a keyword and its value


def matcher(token: Token) -> Matcher:
    """What finds a token, made from its declaration."""
    return Matcher(token, pattern(token))


def pattern(token: Token) -> Pattern:
    """Compile one declaration."""
    nodes = parse_all(token.format)
    confirm = _any(_bounded(node, token.right) for node in nodes)
    loose = _any(node.loose(last=True) for node in nodes)
    literals = [text for node in nodes for text in node.literals()]
    then = ""
    if token.nocase or token.keyword:  # where a word says what it is, digits may be in either case
        confirm, loose = f"(?ai:{confirm})", f"(?i:{loose})"
    if token.keyword:
        lines = f"(?:[^\\r\\n]{{0,{_WIDEST}}}\\r?\\n){{0,{token.lines}}}" if token.lines else ""
        gap = f"{lines}[^\\r\\n]{{0,{token.within}}}"
        confirm = f"{_any(_keyword(word) for word in token.keyword)}(?:{gap}?{_ASSIGNED}|{_BARE})(?P<value>{confirm})"
        # The longest first: without Hyperscan a word that begins another would be taken for it, and the value lie too far away.
        words = _any(_loose_keyword(word) for word in sorted(token.keyword, key=len, reverse=True))
        follows = f"{_loose_gap(token)}{_BEFORE}{loose}"
        rare = min(map(len, token.keyword)) >= _RARE
        loose, then = (words, follows) if rare else (words + follows, "")
        literals = [max(word.split("_"), key=len) for word in token.keyword]
    else:
        confirm = _LEFT[token.left] + confirm
    entropy = _least_entropy(nodes, 0.65 if token.keyword else 0.5) if token.entropy is None else token.entropy
    checks = tuple(check for node in nodes for check in node.checks())
    fixed = sorted(
        {leaf.text for node in nodes for leaf in leaves(node) if isinstance(leaf, Literal)}, key=len, reverse=True
    )
    return Pattern(
        confirm, loose, tuple(dict.fromkeys(text.lower() for text in literals)), entropy, checks, tuple(fixed), then
    )


def _loose_gap(token: Token) -> str:
    """Whatever may stand between keyword and value: the confirming expression tells them apart."""
    most = token.within + _ASSIGNED_MOST
    return f"[^\\r\\n]{{0,{most}}}" if not token.lines else rf"[\x00-\xff]{{0,{most + token.lines * (_WIDEST + 2)}}}"


def _any(options: Iterable[str]) -> str:
    return f"(?:{'|'.join(options)})"


def _bounded(node: Node, right: str) -> str:
    """The node's expression, and what may not follow it: more of what it ends in."""
    tail = node.tail()
    if not tail or right == "none":
        return f"(?:{node.regex()})"
    return f"(?:{node.regex()})(?!{in_set(tail + _RIGHT[right])})"


def _keyword(word: str) -> str:
    edge = "(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))" if len(word.partition("_")[0]) <= _WHOLE else ""
    return edge + _loose_keyword(word)


def _loose_keyword(word: str) -> str:
    return f"(?i:{_SEPARATOR.join(re.escape(part) for part in word.split('_'))})"


def _least_entropy(nodes: Iterable[Node], share: float) -> float:
    """A share of what random characters of that class and number have; none for what people choose themselves."""
    each = [run for node in nodes for run in runs(node)]
    if not each or any(run.pattern.startswith("[^") for run in each):
        return 0.0
    longest = max(each, key=lambda run: run.least)
    return round(share * math.log2(max(min(len(longest.alphabet), longest.least), 1)), 2)


def runs(node: Node) -> Iterator[Chars]:
    """The runs of characters of a format, from left to right."""
    for leaf in leaves(node):
        if isinstance(leaf, Chars):
            yield leaf
        elif isinstance(leaf, Checked):
            yield leaf.body


def leaves(node: Node) -> Iterator[Node]:
    """The parts that have no parts."""
    if isinstance(node, Sequence | Choice):
        for item in node.items if isinstance(node, Sequence) else node.options:
            yield from leaves(item)
    elif isinstance(node, Secret | Optional):
        yield from leaves(node.item)
    else:
        yield node
