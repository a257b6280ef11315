"""Who confirms what in a window of text: our rules with exact places, detect-secrets' plugins by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache as once
from functools import cached_property

from attrs import define, evolve

from countermark.change import FileChange, Trait
from countermark.lazily import lazy

from .config_lines import is_config, looks_like_config, quoted
from .confirm import Found
from .generic import services
from .generic.assignments import assignments
from .generic.searches import BARE
from .generic.searches import SOURCES as ASSIGNMENTS
from .search import bundle
from .sought import Search
from .structured import STRUCTURED, Structured
from .upstream import keyword_tables, plugin
from .windows import Window

_TRANSLATIONS = lazy(r"\.(?:po|pot|xlf|xliff|arb|resx)$|(?:^|/)LC_MESSAGES/")
_NOISY = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
KEYWORD = ("KeywordDetector", "KeywordDetector:bare")
_ENTROPY = ("Base64HighEntropyString", "HexHighEntropyString")


@define(frozen=True, eq=False, slots=False)
class Place:
    """The file, and what is worked out of it once."""

    file: FileChange

    @cached_property
    def is_config(self) -> bool:
        """Whether values stand without quotes here."""
        return is_config(self.file.path) or looks_like_config(self.file.after.text)

    @property
    def is_noisy(self) -> bool:
        """Whether no person wrote this file here, so that nobody could mend what is found in it, or translators did, for people."""
        return not self.file.traits.isdisjoint(_NOISY) or _TRANSLATIONS.search(self.file.path) is not None


def looks_at(search: Search, place: Place) -> bool:
    """Whether a hit counts in this file at all: a bare word after `password =` is a value in settings, a variable in a program."""
    return search.source not in {"KeywordDetector:bare", BARE} or place.is_config


def minds_settings(search: Search) -> bool:
    """Whether it finds other things where values stand without quotes."""
    return search.source in KEYWORD or search.source in _ENTROPY


def standing(search: Search) -> int:
    """How much a find of this kind says: a format more than a plugin, and a mere assignment little.

    Of assignments ours knows best where a value ends.
    """
    if search.source == "structured":
        return 3 if structure(search.id).chosen else 4
    if search.source == "token":
        return 3 if bundle().matcher(search.id).token.chosen else 4
    if search.source in ASSIGNMENTS or search.source == services.SOURCE:
        return 2
    if search.source in KEYWORD:
        return 1
    return 0 if search.source in _ENTROPY else 3


def structure(slug: str) -> Structured:
    """The structure that has a rule."""
    return _structures()[slug]


@once
def _structures() -> Mapping[str, Structured]:
    return {slug: shape for shape in STRUCTURED for slug in shape.rules}


def find(search: Search, window: Window, place: Place) -> Iterator[Found]:
    """Every match in a window."""
    if search.source == "token":
        return bundle().matcher(search.id).find(window.text)
    if search.source == "structured":
        return structure(search.id).find(window.text)
    if search.source in ASSIGNMENTS:
        return (Found(one.start, one.end, since=one.since) for one in assignments(window.text))
    if search.source == services.SOURCE:
        return services.find(window.text)
    if minds_settings(search):
        return _in_settings(search, window, place)
    return _located(plugin(search.source).analyze_string(window.text), window.text)


def _in_settings(search: Search, window: Window, place: Place) -> Iterator[Found]:
    """What wants quotes, with quotes around bare values where the file is one of settings."""
    whole = not (window.cut_left or window.cut_right)
    found = list(_quoted(search, window.text, place)) if whole and place.is_config else []
    yield from found or _wanting_quotes(search, window.text, place)


def _quoted(search: Search, text: str, place: Place) -> Iterator[Found]:
    line = quoted(text)
    if line is None:
        return
    for found in _wanting_quotes(search, line.text, place):
        if found.start >= line.since:
            yield evolve(found, start=found.start + line.shift, end=found.end + line.shift, since=0)


def _wanting_quotes(search: Search, text: str, place: Place) -> Iterator[Found]:
    if search.source in KEYWORD:
        for expression, group in keyword_tables(place.file.path).items():
            for match in expression.finditer(text):
                yield Found(match.start(group), match.end(group), since=match.start())
        return
    one = plugin(search.source)
    values = [value for value in one.analyze_string(text) if one.calculate_shannon_entropy(value) > one.entropy_limit]
    yield from _located(values, text)


def _located(values: Iterator[str] | list[str], text: str) -> Iterator[Found]:
    """Every place of each value: the plugins say what they found, not where."""
    for value in dict.fromkeys(values):
        at = text.find(value) if value else -1
        while at >= 0:
            yield Found(at, at + len(value))
            at = text.find(value, at + len(value))
