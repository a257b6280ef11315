"""Which guards are gone: occurrences before and after, less what moved, was renamed or replaced, or went with what it guarded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property

from attrs import define, frozen

from countermark.content import Span
from countermark.lazily import lazy

from .bundle import Presence
from .scopes import Scope, lines
from .versions import Versions

_AROUND = 400  # characters on either side of a guard that stands in no declaration
_LEFT = 0.5  # of the lines that a guard stood among; with fewer left it is another piece of code
_SPACE = lazy(r"\s+")


@frozen(eq=False)
class Occurrence:
    """A guard at one place of one version."""

    presence: Presence
    versions: Versions
    span: Span
    scope: Scope | None
    text: str
    hunk: int | None

    @classmethod
    def of(cls, presence: Presence, versions: Versions, span: Span, *, old: bool) -> Occurrence:
        """What a match is."""
        scopes = versions.scopes_before if old else versions.scopes_after
        content = versions.before if old else versions.after
        sides = (hunk.before if old else hunk.after for hunk in versions.hunks)
        hunk = next((number for number, side in enumerate(sides) if side.overlaps(span)), None)
        return cls(presence, versions, span, scopes.around(span.start), _SPACE.sub("", content.slice(span)), hunk)

    @property
    def name(self) -> str:
        """Of the declaration that it stands in."""
        return self.scope.name if self.scope else ""

    @property
    def file(self) -> str:
        """A name for the file that both versions share."""
        return self.versions.path

    @property
    def rule(self) -> str:
        """What would be reported."""
        return self.presence.rule.id


@frozen(eq=False)
class Vanished:
    """A guard that is gone. ``same``: what it guarded is still called the same, in the same file."""

    occurrence: Occurrence
    same: bool


# In order: the very same; elsewhere in the file; another one in its place; the same in another file; another one for that name.
_WAYS: Sequence[Callable[[Occurrence], Hashable]] = (
    lambda one: (one.rule, one.file, one.name, one.text),
    lambda one: (one.rule, one.file, one.text),
    lambda one: (one.rule, one.file, one.name) if one.scope or one.presence.wide else None,
    lambda one: None if one.hunk is None else (one.rule, one.file, one.hunk),
    lambda one: (one.rule, one.text),
    lambda one: (one.rule, one.name) if one.scope else None,
)


def vanished(before: Iterable[Occurrence], after: Iterable[Occurrence], files: Sequence[Versions]) -> list[Vanished]:
    """What is gone; ``files`` are all of the change, to which things may have moved."""
    lost, new = _cancelled([*before], [*after], _WAYS[0])
    # A wide guard may stand for many, and many for a wide one.
    net = Counter(one.rule for one in new if one.presence.wide)
    net.subtract(one.rule for one in lost if one.presence.wide)
    for way in _WAYS[1:]:
        lost, new = _cancelled(lost, new, way)
    wide, any_ = {rule for rule, count in net.items() if count > 0}, {one.rule for one in new}
    left = _Left(files)
    found = [(one, left.of(one)) for one in lost if one.rule not in (any_ if one.presence.wide else wide)]
    return [Vanished(one, same) for one, same in found if same is not None]


def _cancelled(
    lost: Sequence[Occurrence], new: Sequence[Occurrence], way: Callable[[Occurrence], Hashable]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Both lists without the pairs that are one in some way; None is nothing's way."""
    waiting: dict[Hashable, list[Occurrence]] = defaultdict(list)
    for one in reversed(new):
        waiting[way(one)].append(one)
    waiting.pop(None, None)
    rest = []
    for one in lost:
        if waiting.get(key := way(one)):
            waiting[key].pop()
        else:
            rest.append(one)
    kept = {id(one) for ones in waiting.values() for one in ones}
    return rest, [one for one in new if id(one) in kept or way(one) is None]


@define(frozen=True, eq=False)
class _Left:
    """What is still there of what a guard stood among."""

    files: Sequence[Versions]

    @cached_property
    def _lines(self) -> frozenset[str]:
        return lines([file.after.text for file in self.files])

    def of(self, one: Occurrence) -> bool | None:
        """Whether what it guarded is still there, under its name in its file (True) or another (False); None where it is not."""
        there = lines([self._guarded(one, one.scope)]) or lines([self._guarded(one, None)])
        share = sum(line in self._lines for line in there) / len(there) if there else 0.0
        named = bool(one.scope) and one.name in one.versions.scopes_after.names
        if one.presence.still and not re.search(one.presence.still, self._now(one)):
            return None
        if (one.presence.declared and named) or (share >= _LEFT and there):
            return named or not one.scope
        return None

    def _guarded(self, one: Occurrence, within: Scope | None) -> str:
        """The text around a guard, without its own lines."""
        content = one.versions.before
        scope = within.span if within else Span(one.span.start - _AROUND, one.span.end + _AROUND)
        first = content.line_span(content.line_at(one.span.start)).start
        last = content.line_span(content.line_at(max(one.span.end - 1, one.span.start))).end
        return content.text[max(scope.start, 0) : first] + "\n" + content.text[last : scope.end]

    def _now(self, one: Occurrence) -> str:
        """What stands where it stood: the new lines of its hunk, or where only lines were taken away, the declaration."""
        content = one.versions.after
        for hunk in one.versions.hunks:
            if (
                hunk.before.start < one.span.end
                and one.span.start < hunk.before.end
                and hunk.after.start < hunk.after.end
            ):
                return content.slice(hunk.after)
        scope = one.versions.scopes_after.around(one.versions.place(one.span.start).start)
        return content.slice(scope.span) if scope else ""
