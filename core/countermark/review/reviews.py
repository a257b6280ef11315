"""All that people decided, from the ledger and from notes, found by the text of a hunk. A line is only read when it is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import define, field

from countermark.provenance.model import MarkedHunk

from .digests import exact, hint, loose
from .entry import Entry, Malformed, line_of, parse

if TYPE_CHECKING:
    from countermark.provenance.notes import Note

# These keys stand in this order before anything that a person typed, whose quotes JSON escapes.
_KEYS = re.compile(rb'"hunk":"([0-9a-f]{64})[-0-9]*","lines":(\d{1,8}),"first":"([0-9a-f]{4})","loose":"([0-9a-f]*)"')
_MOST_TRIES = 20_000  # digests for one hunk


@define
class Reviews:
    """The entries of a ledger. ``more`` fetches the lines that notes hold about a hunk which the ledger does not know."""

    _given: Sequence[bytes]
    more: Callable[[MarkedHunk], Iterable[bytes]] = lambda _: ()
    _entries: dict[bytes, Entry | None] = field(factory=dict, init=False)
    _lines: set[bytes] = field(factory=set, init=False)
    _by_key: dict[bytes, list[bytes]] = field(factory=lambda: defaultdict(list), init=False)
    _by_hint: dict[str, list[int]] = field(factory=lambda: defaultdict(list), init=False)

    def __attrs_post_init__(self) -> None:
        self.add(self._given)

    def of(self, hunk: MarkedHunk, *, formatted: bool = False) -> tuple[Entry, ...]:
        """Every entry about a hunk's text; with ``formatted`` also about one that differs in a formatter's white space alone."""
        return self.about(hunk.id[:64]) or (self.about(loose(hunk.lines, hunk.path)) if formatted else ())

    def about(self, digest: str) -> tuple[Entry, ...]:
        """Every entry about a text, by its digest, the exact or the loose one."""
        lines = self._by_key.get(digest.encode(), ()) if digest else ()
        return tuple(entry for line in lines if (entry := self._entry(line)) is not None)

    def learn(self, hunk: MarkedHunk) -> bool:
        """Read what notes hold about a hunk; whether there was anything that was not known yet."""
        known = len(self._lines)
        self.add(self.more(hunk))
        return len(self._lines) > known

    def pieces(self, hunk: MarkedHunk, counts: Callable[[Sequence[Entry]], bool]) -> tuple[tuple[Entry, ...], ...]:
        """The entries about the whole hunks of which this one is made, blank lines aside; empty where it is not made of such.

        Only what was decided for the same file is taken: single lines from all over the place would add up to new code.
        ``counts`` says whether the entries about one piece let it pass.
        """
        lines, tried = hunk.lines, 0
        made: list[tuple[tuple[Entry, ...], ...] | None] = [(), *([None] * len(lines))]
        for start, line in enumerate(lines):
            so_far = made[start]
            if so_far is None:
                continue
            if not line.strip():
                made[start + 1] = so_far
                continue
            for length in self._lengths(hint(line), len(lines) - start):
                tried += 1
                entries = tuple(
                    one for one in self.about(exact(lines[start : start + length])) if one.path == hunk.path
                )
                if entries and made[start + length] is None and counts(entries):
                    made[start + length] = (*so_far, entries)
            if tried > _MOST_TRIES:
                return ()
        return made[-1] or ()

    def _lengths(self, first: str, most: int) -> list[int]:
        return sorted({length for length in self._by_hint.get(first, ()) if length <= most}, reverse=True)

    def _entry(self, line: bytes) -> Entry | None:
        if line not in self._entries:
            try:
                self._entries[line] = parse(line)
            except Malformed:  # a stranger's note
                self._entries[line] = None
        return self._entries[line]

    def add(self, lines: Iterable[bytes]) -> None:
        """Know these lines, too."""
        for line in lines:
            match = _KEYS.search(line)
            if match is None or line in self._lines:
                continue
            self._lines.add(line)
            self._by_hint[match[3].decode()].append(int(match[2]))
            for key in {match[1], match[4]}:
                self._by_key[key].append(line)


def noted_lines(notes: Iterable[Note]) -> list[bytes]:
    """The reviews in notes as lines of a ledger, for as long as nobody asks for one of them no further checked."""
    found: list[bytes] = []
    for review in (review for note in notes for review in note.reviews):
        with suppress(RecursionError):  # a stranger's, as deep as can be read
            found.append(line_of(review))
    return found
