"""From a change to the elements that it adds or changes. People confirm each of them; what was not looked at is told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from attrs import evolve, frozen

from countermark.change import Change, FileChange, Skipped, Trait
from countermark.content import Content
from countermark.display import escape
from countermark.placing import MASK

from . import javascript, python
from .elements import Anchor, Element, Found, How, Sighting, Trigger, anchor_fingerprint, slug
from .signals import DETECTORS

_MOST_BYTES = 1_000_000  # of one file; the parsers take a second for that
_MOST_TOTAL = 50_000_000  # of all files, which stay in memory for the screen
_MOST_ELEMENTS = 100  # of one file
_MOST_ANCHORS = 50  # of one element
_LONGEST_SYMBOL = 120
_RANDOM = re.compile(r"[A-Za-z0-9_+=-]{20,}")
_FEWEST_DIGITS = 3
_NOISE = {
    Trait.GENERATED: "generated code",
    Trait.VENDORED: "vendored code",
    Trait.MINIFIED: "minified code",
    Trait.LOCKFILE: "lock file",
}


@frozen
class _Reader:
    read: Callable[[Content, str], tuple[Sighting, ...]]
    comment: str


_PYTHON = _Reader(lambda content, _: python.read(content), "#")
_JAVASCRIPT = _Reader(javascript.read, "//")
_READERS = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), _PYTHON),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"), _JAVASCRIPT),
}


def infer(change: Change, *, compared: bool = True) -> Found:
    """Look through a change. ``compared`` is False for whole files, where there is nothing to compare with."""
    files, elements, skipped, total = [], [], [], 0
    for entry in change.entries:
        if not isinstance(entry, FileChange):
            skipped.append(Skipped(entry.path, entry.why))
            continue
        if entry.commit is not None:
            continue  # a version that a later one of the same range replaced
        total += len(entry.after.data)
        if total > _MOST_TOTAL:
            skipped.append(Skipped(entry.path, "the change is too large; name fewer files"))
            continue
        files.append(entry)
        why = _why_not(entry)
        if why is not None:
            skipped.append(Skipped(entry.path, why))
            continue
        try:
            seen = _elements(entry, compared=compared)
        except python.NotRead as fault:
            skipped.append(Skipped(entry.path, str(fault)))
            continue
        elements += seen[:_MOST_ELEMENTS]
        if len(seen) > _MOST_ELEMENTS:
            skipped.append(
                Skipped(entry.path, f"only the first {_MOST_ELEMENTS} of {len(seen)} elements are asked about")
            )
    return Found(tuple(files), _named(elements), tuple(skipped), DETECTORS)


def _why_not(file: FileChange) -> str | None:
    """Why no detector looks at a file, or None."""
    for trait, why in _NOISE.items():
        if trait in file.traits:
            return why
    suffix = PurePosixPath(file.path).suffix.lower()
    if suffix not in _READERS:
        return (
            f"no detector reads {escape(suffix)[:20]} files" if suffix else "no detector reads files without an ending"
        )
    if len(file.after.data) > _MOST_BYTES:
        return f"larger than {_MOST_BYTES:,} bytes"
    return "binary" if file.after.is_binary else None


def _elements(file: FileChange, *, compared: bool) -> list[Element]:
    reader = _READERS[PurePosixPath(file.path).suffix.lower()]
    now = _grouped(file.after, file.path, reader)
    earlier = _earlier(file, reader)
    found = []
    for sightings in now.values():
        pairs = [(sighting, _anchor(file.after, file.path, sighting, reader)) for sighting in sightings]
        known = None if earlier is None else earlier.get((sightings[0].detector, pairs[0][1].symbol), frozenset())
        touched = [pair for pair in pairs if _is_touched(file, pair, known)]
        if touched:
            how = _how(file, known) if compared else How.PRESENT
            found.append(_element(file, touched[0], how, tuple(anchor for _, anchor in pairs[:_MOST_ANCHORS])))
    return found


def _how(file: FileChange, known: frozenset[str] | None) -> How:
    if known is None:
        return How.ADDS if file.before is None else How.PRESENT  # the earlier text could not be read
    return How.CHANGES if known else How.ADDS


def _is_touched(file: FileChange, pair: tuple[Sighting, Anchor], known: frozenset[str] | None) -> bool:
    """Whether the change adds or alters what stands here. With an earlier text the code itself decides.

    So a decorator that was only taken away counts, which touches no line, and a comment does not, which touches one.
    """
    return file.touches(pair[0].span) if known is None else pair[1].fingerprint not in known


def _earlier(file: FileChange, reader: _Reader) -> dict[tuple[str, str], frozenset[str]] | None:
    """Fingerprints by detector and symbol in the earlier text; None where there is none that can be read."""
    if file.before is None or len(file.before.data) > _MOST_BYTES:
        return None
    path = file.old_path or file.path
    try:
        grouped = _grouped(file.before, path, reader)
    except python.NotRead:
        return None
    before = file.before
    return {
        (detector, _shown(symbol)): frozenset(_anchor(before, path, item, reader).fingerprint for item in sightings)
        for (detector, symbol), sightings in grouped.items()
    }


def _grouped(content: Content, path: str, reader: _Reader) -> dict[tuple[str, str], list[Sighting]]:
    groups: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in reader.read(content, path):
        groups[sighting.detector, sighting.symbol].append(sighting)
    return groups


def _anchor(content: Content, path: str, sighting: Sighting, reader: _Reader) -> Anchor:
    code = content.slice(sighting.span)
    line = content.line_at(sighting.span.start) + 1
    return Anchor(escape(path), _shown(sighting.symbol), line, anchor_fingerprint(code, comment=reader.comment))


def _shown(symbol: str) -> str:
    """A symbol as files and screens may hold it. A path can carry a token, as web hooks' do; what looks like one is masked."""
    clear = _RANDOM.sub(
        lambda match: MASK if sum(map(str.isdigit, match.group())) >= _FEWEST_DIGITS else match.group(), symbol
    )
    return escape(clear)[:_LONGEST_SYMBOL]


def _element(file: FileChange, place: tuple[Sighting, Anchor], how: How, anchors: tuple[Anchor, ...]) -> Element:
    sighting, where = place
    return Element(
        slug(where.symbol), sighting.trigger, sighting.detector, how, file.path, sighting.span, where, anchors
    )


def _named(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Entry points first, as people read a system; ids made unique by the path, then by a number."""
    order = list(Trigger)
    ranked = sorted(elements, key=lambda element: (order.index(element.trigger), element.path, element.span))
    shared = Counter(element.id for element in ranked)
    taken: set[str] = set()
    named = []
    for element in ranked:
        wanted = (
            element.id
            if shared[element.id] == 1
            else slug(f"{element.id}-{PurePosixPath(element.path).with_suffix('')}")
        )
        named.append(evolve(element, id=free(wanted, taken)))
        taken.add(named[-1].id)
    return tuple(named)


def free(wanted: str, taken: AbstractSet[str]) -> str:
    """The id that was wanted, or the first numbered one that nobody has."""
    number, candidate = 1, wanted
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate
