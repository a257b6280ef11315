"""A file before and after a change, as its guards are looked for: texts, changed lines, and which line stands where another stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from attrs import define

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark.diff import Hunk

from .scopes import Scopes

NOTHING = Content(b"")
_LINE_END = re.compile(r"\r\n|\n|\r")


@define(frozen=True, eq=False)
class Versions:
    """Both versions of one file; a new one was empty before."""

    file: FileChange

    @property
    def path(self) -> str:
        """Its name after the change."""
        return self.file.path

    @property
    def old_path(self) -> str:
        """Its name before."""
        return self.file.old_path or self.file.path

    @property
    def before(self) -> Content:
        """What it held before."""
        return self.file.before or NOTHING

    @property
    def after(self) -> Content:
        """What it holds now."""
        return self.file.after

    @property
    def hunks(self) -> tuple[Hunk, ...]:
        """What differs."""
        return self.file.hunks

    @cached_property
    def removed(self) -> str:
        """All lines that are no more, or not there."""
        return "\n".join(self.before.slice(hunk.before) for hunk in self.hunks)

    @cached_property
    def added(self) -> str:
        """All lines that are new, or new there."""
        return "\n".join(self.after.slice(hunk.after) for hunk in self.hunks)

    @cached_property
    def scopes_before(self) -> Scopes:
        """The declarations before."""
        return Scopes(self.before, self.old_path.endswith((".py", ".pyi")))

    @cached_property
    def scopes_after(self) -> Scopes:
        """The declarations now."""
        return Scopes(self.after, self.path.endswith((".py", ".pyi")))

    def removed_lines(self) -> Iterator[tuple[int, str]]:
        """The lines that are no more, each with its number from 0 in the old version."""
        for hunk in self.hunks:
            yield from _lines(self.before, hunk.before)

    def added_lines(self) -> Iterator[tuple[int, str]]:
        """The new lines, each with its number from 0."""
        for hunk in self.hunks:
            yield from _lines(self.after, hunk.after)

    def place(self, offset: int) -> Span:
        """The line, now, where something stood before: the first new one of its hunk, or what follows."""
        shift = 0
        for hunk in self.hunks:
            if hunk.before.start > offset:
                break
            if offset < hunk.before.end:
                return self._line(hunk.after.start)
            shift = hunk.after.end - hunk.before.end
        return self._line(offset + shift)

    def _line(self, at: int) -> Span:
        """A line with something in it, at or behind a place; or else the last such one."""
        content = self.after
        first = content.line_at(max(min(at, len(content.text)), 0))
        for line in (*range(first, len(content.line_starts)), *range(first - 1, -1, -1)):
            span = content.line_span(line)
            bare = content.slice(span)
            if bare.strip():
                return Span(span.start + len(bare) - len(bare.lstrip()), span.end)
        return Span(0, 0)


def split(text: str) -> list[str]:
    """The lines of a part of a text, as an editor counts them."""
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def line_of(content: Content, number: int) -> Span:
    """A line without the space before it."""
    span = content.line_span(number)
    bare = content.slice(span)
    return Span(span.start + len(bare) - len(bare.lstrip()), span.end)


def _lines(content: Content, span: Span) -> Iterator[tuple[int, str]]:
    if span.start == span.end:
        return
    first, last = content.line_at(span.start), content.line_at(span.end - 1)
    for number in range(first, last + 1):
        yield number, content.slice(content.line_span(number))
