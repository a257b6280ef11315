"""The hunks that somebody answers for, and the ids by which a review finds them again, wherever they move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from countermark.change import FileChange
from countermark.content import Content

from .model import NOBODY, Author, MarkedHunk, Stretch


def digest(lines: Sequence[str]) -> str | None:
    """The SHA-256 of lines joined by LF, in hexadecimal digits; None where all of them are blank.

    The same value as the ``content_hash`` that git-ai's ``diff --json`` and Agent Trace's exporters give a hunk.
    """
    if not any(line.strip() for line in lines):
        return None
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def marked_hunks(
    file: FileChange, stretches: Iterable[Stretch], seen: Counter[str] | None = None
) -> Iterator[MarkedHunk]:
    """The added lines of a file, cut where the author changes and at blank edges; hunks of blank lines alone are left out.

    ``seen`` counts the digests that came before in the same change: the second hunk of one text is ``<digest>-2``.
    """
    counted = Counter() if seen is None else seen
    by_line: dict[int, Author] = {}
    for stretch in stretches:
        by_line |= dict.fromkeys(range(stretch.first, stretch.last + 1), stretch.author)
    for first, last, author in _runs(file, by_line):
        lines = tuple(_line(file.after, number) for number in range(first, last + 1))
        before, after = _blank_edges(lines)
        kept = lines[before : len(lines) - after]
        if (name := digest(kept)) is None:
            continue
        counted[name] += 1
        ordinal = counted[name]
        yield MarkedHunk(
            name if ordinal == 1 else f"{name}-{ordinal}", file.path, first + before, last - after, author, kept
        )


def _runs(file: FileChange, by_line: dict[int, Author]) -> Iterator[tuple[int, int, Author]]:
    for hunk in file.hunks:
        if hunk.after.start == hunk.after.end:
            continue
        first, last = file.after.line_at(hunk.after.start) + 1, file.after.line_at(hunk.after.end - 1) + 1
        for author, numbers in groupby(range(first, last + 1), lambda number: by_line.get(number, NOBODY)):
            run = list(numbers)
            yield run[0], run[-1], author


def _line(content: Content, number: int) -> str:
    return content.slice(content.line_span(number - 1))


def _blank_edges(lines: Sequence[str]) -> tuple[int, int]:
    """How many blank lines are at the beginning and at the end."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return (filled[0], len(lines) - 1 - filled[-1]) if filled else (0, 0)
