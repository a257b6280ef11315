"""From hits to candidates: the plugin of each hit confirms it in the text around it, then filters judge the value."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from countermark.change import FileChange
from countermark.content import Span
from countermark.finding import Confidence

from . import finders
from .finders import Place
from .judging import judged
from .prefilter import Hit
from .search import bundle
from .sought import Search
from .windows import Window, windows

_WIDER = (1, 8, 64)  # how much farther to look when a match runs into the end of what was cut out of a long line


@frozen
class Candidate:
    """A place that a plugin confirmed and the filters let pass. ``name`` is what the value is assigned to, where that is known."""

    slug: str
    span: Span
    confidence: Confidence
    reason: str
    standing: int
    source: str

    @property
    def rank(self) -> tuple[int, Confidence, int]:
        """What counts where two speak of the same text: the rule that says more, then the surer, then the longer."""
        return (self.standing, self.confidence, self.span.end - self.span.start)


def candidates(file: FileChange, data: bytes, hits: Sequence[Hit], *, filtered: bool = True) -> Iterator[Candidate]:
    """Every candidate in a file. ``filtered`` False: what the plugins say and nothing else, for comparison with detect-secrets."""
    searches = bundle().searches
    place = Place(file)
    idle = {number for number in {hit[0] for hit in hits} if filtered and not finders.looks_at(searches[number], place)}
    wanted = [hit for hit in hits if hit[0] not in idle]
    for times in _WIDER:
        seen: set[tuple[int, int, str, str]] = set()
        again: list[Hit] = []
        for window, hit in windows(data, wanted, searches, times=times):
            search = searches[hit[0]]
            key = (window.offset, len(window.text), search.source, search.id)
            if key in seen:
                continue
            seen.add(key)
            kept, cut = _in_window(search, window, place, filtered=filtered)
            yield from (evolve(one, span=_moved(one.span, window.offset)) for one in kept)
            if cut:
                again.append(hit)
        if not again:
            return
        wanted = again


# What was said of a piece of text, by its hash: whoever types changes one line of a thousand. No text is kept.
_KNOWN: dict[tuple[object, ...], tuple[tuple[Candidate, ...], bool]] = {}
_MOST = 8_192


def _in_window(search: Search, window: Window, place: Place, *, filtered: bool) -> tuple[tuple[Candidate, ...], bool]:
    """The candidates of one window, placed in its text; and whether something touches the edge, where it may go on."""
    setting = finders.minds_settings(search) and place.is_config
    told = window.cut_left, window.cut_right, search.source, search.id, place.file.path, place.is_noisy
    key = (hash(window.text), len(window.text), told, setting, filtered)
    known = _KNOWN.get(key)
    if known is None:
        kept = list(_looked_at(search, window, place, filtered=filtered))
        known = tuple(one for one in kept if one is not None), None in kept
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        _KNOWN[key] = known
    return known


def _looked_at(search: Search, window: Window, place: Place, *, filtered: bool) -> Iterator[Candidate | None]:
    """The candidates of one window; None for each find that touches the edge."""
    for found in finders.find(search, window, place):
        if (window.cut_left and found.start == 0) or (window.cut_right and found.end == len(window.text)):
            yield None
            continue
        judgement = judged(search, found, window.text, place) if filtered else None
        if judgement is not None and judgement.confidence is None:
            continue
        yield Candidate(
            slug=found.rule or search.id,
            span=Span(found.start, found.end),
            confidence=judgement.confidence if judgement and judgement.confidence is not None else Confidence.LOW,
            reason=judgement.reason if judgement else "",
            standing=finders.standing(search),
            source=search.source.partition(":")[0],
        )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def best(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each place: of those that overlap the one that says most."""
    kept: list[Candidate] = []
    unique = {(one.slug, one.span.start, one.span.end): one for one in found}
    for candidate in sorted(unique.values(), key=lambda one: (*(-part for part in one.rank), one.span, one.slug)):
        at = bisect(kept, candidate.span, key=lambda one: one.span)
        if not any(candidate.span.overlaps(other.span) for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, candidate)
    return kept
