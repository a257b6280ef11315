"""From hits to candidates: the plugin of each hit confirms it in the text around it, then filters judge the value."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from attrs import frozen

from countermark.change import FileChange
from countermark.content import Span
from countermark.finding import Confidence

from . import finders
from .confirm import Found
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

    def moved(self, offset: int) -> Candidate:
        """The same so much farther on in the text."""
        span = Span(self.span.start + offset, self.span.end + offset)
        return Candidate(self.slug, span, self.confidence, self.reason, self.standing, self.source)


def strongest(file: FileChange, data: bytes, hits: Sequence[Hit], own: Iterable[Candidate] = ()) -> list[Candidate]:
    """One candidate for each place, as ``best`` has it, of the hits and of what is known already.

    Those that say more come first, and what lies where one of them was found is not judged any more.
    """
    searches, place = bundle().searches, Place(file)
    by_standing: dict[int, list[Hit]] = {}
    for hit in hits:
        by_standing.setdefault(finders.standing(searches[hit[0]]), []).append(hit)
    kept = best(own)
    for standing in sorted(by_standing, reverse=True):
        kept = best(chain(kept, _candidates(place, data, by_standing[standing], kept)))
    return kept


def candidates(file: FileChange, data: bytes, hits: Sequence[Hit], *, filtered: bool = True) -> Iterator[Candidate]:
    """Every candidate in a file. ``filtered`` False: what the plugins say and nothing else, for comparison with detect-secrets."""
    return _candidates(Place(file), data, hits, filtered=filtered)


def _candidates(
    place: Place, data: bytes, hits: Sequence[Hit], taken: Sequence[Candidate] = (), *, filtered: bool = True
) -> Iterator[Candidate]:
    searches = bundle().searches
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
            kept, cut = _in_window(search, window, place, taken, filtered=filtered)
            yield from (one.moved(window.offset) for one in kept)
            if cut:
                again.append(hit)
        if not again:
            return
        wanted = again


# What was said of a piece of text, by its hash: whoever types changes one line of a thousand. No text is kept.
_KNOWN: dict[tuple[object, ...], tuple[tuple[Candidate, ...], bool]] = {}
_MOST = 8_192


def _in_window(
    search: Search, window: Window, place: Place, taken: Sequence[Candidate], *, filtered: bool
) -> tuple[tuple[Candidate, ...], bool]:
    """The candidates of one window, placed in its text; and whether something touches the edge, where it may go on."""
    setting = finders.minds_settings(search) and place.is_config
    told = window.cut_left, window.cut_right, search.source, search.id, place.file.path, place.is_noisy
    key = (hash(window.text), len(window.text), told, setting, filtered)
    known = _KNOWN.get(key)
    if known is not None:
        return known
    kept: list[Candidate] = []
    cut = missed = False
    for found in finders.find(search, window, place):
        if (window.cut_left and found.start == 0) or (window.cut_right and found.end == len(window.text)):
            cut = True
        elif taken and _is_taken(taken, _at(found, window), found.rule or search.id):
            missed = True
        elif (candidate := _judged(search, found, window, place, filtered=filtered)) is not None:
            kept.append(candidate)
    if not missed:  # else it depends on what is around
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        _KNOWN[key] = tuple(kept), cut
    return tuple(kept), cut


def _judged(search: Search, found: Found, window: Window, place: Place, *, filtered: bool) -> Candidate | None:
    """What was found, unless the filters say that it is no secret."""
    judgement = judged(search, found, window.text, place) if filtered else None
    if judgement is not None and judgement.confidence is None:
        return None
    return Candidate(
        slug=found.rule or search.id,
        span=Span(found.start, found.end),
        confidence=judgement.confidence if judgement and judgement.confidence is not None else Confidence.LOW,
        reason=judgement.reason if judgement else "",
        standing=finders.standing(search),
        source=search.source.partition(":")[0],
    )


def best(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each place, in the order of the text: of those that overlap the one that says most."""
    kept: list[Candidate] = []
    unique = {(one.slug, one.span.start, one.span.end): one for one in found}
    for candidate in sorted(unique.values(), key=lambda one: (*(-part for part in one.rank), one.span, one.slug)):
        if not _is_taken(kept, candidate.span):
            kept.insert(bisect(kept, candidate.span, key=_span), candidate)
    return kept


def _is_taken(kept: Sequence[Candidate], span: Span, slug: str = "") -> bool:
    """Whether a place is one of a candidate that is kept; they are in the order of the text, and apart from each other.

    With a ``slug`` only that of another rule counts, or another place: of the same find both judgements are heard.
    """
    at = bisect(kept, span, key=_span)
    near = kept[max(at - 1, 0) : at + 1]
    return any(span.overlaps(other.span) and (other.slug != slug or other.span != span) for other in near)


def _at(found: Found, window: Window) -> Span:
    return Span(found.start + window.offset, found.end + window.offset)


def _span(candidate: Candidate) -> Span:
    return candidate.span
