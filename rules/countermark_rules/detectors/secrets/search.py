"""What is searched for, as one numbered list: every token format, our structured formats, and detect-secrets' own plugins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache as once
from functools import cached_property
from string import digits
from typing import TYPE_CHECKING

from attrs import asdict, astuple, define

from . import cache
from .checks import Check
from .confirm import Matcher, Pattern
from .declaration import Token, from_plain, to_plain
from .signature import signature
from .sought import Search, Sought

if TYPE_CHECKING:
    from .nodes import Node

_HEAD = 5  # lines before those of the tokens
_TELLING = 4  # characters of a beginning that no other value has by accident
_KEYWORD = 128  # bytes of a keyword, and of what stands before it
_LONG = 4_096  # bytes that a token without an upper limit may have


@define(eq=False, slots=False)
class Bundle:
    """The list, line by line as it is cached: the searches, what the prefilter looks for, what has to follow that, the beginnings of
    tokens, providers whose tokens begin with a number, then a line for each search that is a token.

    A line is read when it is asked for: a hook needs a handful of seven hundred.
    """

    lines: Sequence[bytes]

    @cached_property
    def searches(self) -> tuple[Search, ...]:
        """Everything to search for; a hit names one by its number."""
        return tuple(Search(*row) for row in json.loads(self.lines[0]))

    @cached_property
    def sought(self) -> tuple[Sought, ...]:
        """The same for the prefilter."""
        return tuple(
            Sought(loose, tuple(literals), exact, then) for loose, literals, exact, then in json.loads(self.lines[1])
        )

    @cached_property
    def then(self) -> dict[int, str]:
        """What has to follow a hit, by the number of the search, where there is something (see Sought)."""
        return dict(json.loads(self.lines[2]))

    @cached_property
    def beginnings(self) -> dict[str, int]:
        """What tokens with a format of their own begin with, and the least length of one that begins so."""
        return dict(json.loads(self.lines[3]))

    def least(self, value: str) -> int:
        """The length below which a value is no whole token, though it begins like one; 0 where it does not."""
        return max(
            (least for start, least in self._by_start.get(value[:_TELLING], ()) if value.startswith(start)), default=0
        )

    def malformed(self, name: str, value: str) -> bool:
        """Whether a name speaks of a provider whose tokens begin with a number and a sign, and the value begins so.

        A whole token is found by its format, so what is asked here is one that lacks something, or was made up.
        """
        words = name.lower()
        return any(
            provider in words and value.lstrip(digits).startswith(sign) and value[:1].isdigit()
            for provider, sign in self.numbered
        )

    @cached_property
    def numbered(self) -> tuple[tuple[str, str], ...]:
        """The providers whose tokens begin with a number, and the sign that follows it."""
        return tuple((provider, sign) for provider, sign in json.loads(self.lines[4]))

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for start, least in self.beginnings.items():
            found.setdefault(start[:_TELLING], []).append((start, least))
        return found

    @cached_property
    def _lines_of(self) -> dict[str, int]:
        return {search.id: number + _HEAD for number, search in enumerate(self.searches) if search.source == "token"}

    def tokens(self) -> Iterator[Token]:
        """Every token."""
        return (matcher.token for matcher in map(self.matcher, self._lines_of))

    def token(self, slug: str) -> Token | None:
        """The declaration of a token; None where a rule is no token's."""
        return self.matcher(slug).token if slug in self._lines_of else None

    def matcher(self, slug: str) -> Matcher:
        """What finds a token."""
        if slug not in self._matchers:
            token, pattern = json.loads(self.lines[self._lines_of[slug]])
            checks = tuple(Check(**check) for check in pattern["checks"])
            compiled = Pattern(pattern["confirm"], "", (), pattern["entropy"], checks, tuple(pattern["fixed"]))
            self._matchers[slug] = Matcher(from_plain(token), compiled)
        return self._matchers[slug]

    @cached_property
    def _matchers(self) -> dict[str, Matcher]:
        return {}


@once
def bundle() -> Bundle:
    """The compiled list, from the cache where it is there."""
    name = f"secrets-{signature()}.json"
    stored = cache.read(name)
    if stored is None:
        stored = b"\n".join(build())
        cache.write(name, stored)
    return Bundle(stored.split(b"\n"))


def build() -> Iterator[bytes]:
    """Read every declaration and compile it into the lines of a bundle."""
    from .generic import services
    from .generic.searches import searches as generic
    from .patterns import matcher
    from .provider import load, names
    from .structured import STRUCTURED
    from .upstream import searches as upstream

    matchers = [matcher(token) for name in names() for token in load(name)]
    own = [
        *((_search(each), _sought(each)) for each in matchers),
        *(pair for shape in STRUCTURED for pair in shape.searches()),
    ]
    pairs = [*own, *generic(), *services.searches(), *upstream({search.id for search, _ in own})]
    yield json.dumps([astuple(search) for search, _ in pairs]).encode()
    yield json.dumps([astuple(sought) for _, sought in pairs]).encode()
    yield json.dumps([(number, sought.then) for number, (_, sought) in enumerate(pairs) if sought.then]).encode()
    yield json.dumps(_beginnings(matchers)).encode()
    yield json.dumps(sorted(_numbered(matchers))).encode()
    for each in matchers:
        kept = asdict(each.pattern, filter=lambda field, _: field.name not in {"loose", "literals", "then"})
        yield json.dumps([to_plain(each.token), kept]).encode()


def _beginnings(matchers: Iterable[Matcher]) -> dict[str, int]:
    from .notation import parse

    found: dict[str, int] = {}
    for node in (parse(text) for each in matchers if not each.token.keyword for text in each.token.format):
        for first in _firsts(node):
            if len(first) >= _TELLING and first[-1] in "-_":
                found[first] = min(found.get(first, _LONG), node.lengths()[0])
    return found


def _numbered(matchers: Iterable[Matcher]) -> set[tuple[str, str]]:
    """Of formats that begin with digits and go on with a sign: the provider's name, and that sign."""
    from .leaves import Chars, Literal
    from .notation import parse
    from .patterns import leaves

    found = set()
    for token in (each.token for each in matchers):
        for text in token.format:
            match list(leaves(parse(text)))[:2]:
                case [Chars(alphabet=alphabet), Literal(text=sign)] if alphabet == digits:
                    found.add((token.provider.lower().split()[0], sign[0]))
    return {(provider, sign) for provider, sign in found if len(provider) >= _TELLING}


def _firsts(node: Node) -> Iterator[str]:
    """The texts that a format can begin with."""
    from .leaves import Literal
    from .nodes import Choice, Secret, Sequence

    if isinstance(node, Literal):
        yield node.text
    elif isinstance(node, Choice):
        for option in node.options:
            yield from _firsts(option)
    elif isinstance(node, Sequence | Secret):
        yield from _firsts(node.items[0] if isinstance(node, Sequence) else node.item)


def _sought(matcher: Matcher) -> Sought:
    return Sought(matcher.pattern.loose, matcher.pattern.literals, then=matcher.pattern.then)


def _search(matcher: Matcher) -> Search:
    from .notation import parse

    token = matcher.token
    mosts = [parse(text).lengths()[1] for text in token.format]
    longest = max(most if most is not None else _LONG for most in mosts)
    before, after = longest + 64, longest + 64
    if token.keyword:
        gap = token.within + 200 + 120 * token.lines
        # A hit is where the keyword ends if the prefilter looks for nothing else.
        before, after = (_KEYWORD, longest + gap) if matcher.pattern.then else (longest + gap, longest + 64)
    return Search(token.id, "token", before, after, multiline=token.lines > 0, extra=not token.enabled)
