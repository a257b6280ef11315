"""Suppressions in the source: `# countermark: allow …` on a line, the line before, or around a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark.finding import Finding

from .comments import Style, opener, styles
from .directive import Allow, End, Fault, parse
from .mark import MARK
from .rules import MALFORMED

_MOST = 500  # suppressions of one file; whoever needs more wants a block, or a baseline
_LONGEST = 1_000  # characters of one suppression that are read
_BLANK = re.compile(r"[ \t]*")
_INDENT = re.compile(r'[ \t]*(?:"(?=[#/]))?')  # a notebook keeps its lines in quotes


@frozen
class Directive:
    """One suppression of a file, and which lines it speaks of: numbers from 0, the last one included."""

    span: Span
    said: Allow | Fault
    first: int
    last: int
    block: bool = False

    def covers(self, finding: Finding, content: Content) -> bool:
        """Whether a finding lies where this suppression counts, and is of a rule that it names."""
        if not isinstance(self.said, Allow) or not self.said.names(finding.rule):
            return False
        lines = range(self.first, self.last + 1)
        ends = [line in lines for line in lines_of(finding, content)]
        return all(ends) if self.block else any(ends)


@frozen
class _Comment:
    line: int
    span: Span
    said: Allow | End | Fault
    alone: bool


def lines_of(finding: Finding, content: Content) -> tuple[int, int]:
    """The first and the last line of a finding, from 0."""
    span = finding.span
    return content.line_at(span.start), content.line_at(max(span.start, span.end - 1))


def directives(file: FileChange, *, today: date, longest: int | None) -> tuple[Directive, ...]:
    """The suppressions of a file, those that do not hold too."""
    return tuple(_ranges(list(_comments(file.after, styles(file.path), today, longest))))


def _comments(content: Content, known: Sequence[Style], today: date, longest: int | None) -> Iterator[_Comment]:
    count = 0
    for line, lead, mark in _marks(content):
        found = opener(content.text, lead, mark.start, known)
        if not found:
            continue
        style, start = found
        count += 1
        if count > _MOST:
            rest = Fault(MALFORMED, f"There are more than {_MOST} suppressions in this file; the rest was not read.")
            yield _Comment(line, Span(start, mark.start + len(MARK)), rest, alone=False)
            return
        stop, closed = _stop(content, line, style, mark)
        said = parse(content.text, Span(mark.start + len(MARK), stop), today=today, longest=longest)
        yield _Comment(line, Span(start, stop), said, closed and start == lead)


def _marks(content: Content) -> Iterator[tuple[int, int, Span]]:
    """Each place of the mark: its line, where that line's indent ends, and the text that may belong to it."""
    text = content.text
    at = text.find(MARK)
    line = lead = -1
    while at >= 0:
        if line != (line := content.line_at(at)):
            indent = _INDENT.match(text, content.line_starts[line])
            lead = indent.end() if indent else at
        following = text.find(MARK, at + 1)
        end = content.line_span(line).end
        yield line, lead, Span(at, following if 0 <= following < end else end)
        at = following


def _stop(content: Content, line: int, style: Style, said: Span) -> tuple[int, bool]:
    """Where a comment ends, as far as it is read, and whether nothing stands behind it."""
    close = content.text.find(style.closes, said.start, said.end) if style.closes else -1
    stop = min(close if close >= 0 else said.end, said.start + _LONGEST)
    if close < 0:
        return stop, True
    blank = _BLANK.match(content.text, close + len(style.closes))
    return stop, blank is not None and blank.end() == content.line_span(line).end


def _ranges(comments: Sequence[_Comment]) -> Iterator[Directive]:
    """Which lines each comment speaks of."""
    alone = {comment.line for comment in comments if comment.alone}
    open_blocks: list[_Comment] = []
    for comment in comments:
        if isinstance(comment.said, End):
            if open_blocks:
                begin = open_blocks.pop()
                assert not isinstance(begin.said, End)  # noqa: S101 - only what begins is put there
                yield Directive(begin.span, begin.said, begin.line, comment.line, block=True)
            else:
                said = Fault(MALFORMED, "No `begin allow` stands before this.")
                yield Directive(comment.span, said, comment.line, comment.line)
        elif comment.said.begins:
            open_blocks.append(comment)
        else:
            yield Directive(comment.span, comment.said, comment.line, _reach(comment, alone))
    for begin in open_blocks:
        unended = Fault(MALFORMED, "No `end allow` stands behind this, so nobody knows how far it should reach.")
        yield Directive(begin.span, unended, begin.line, begin.line)


def _reach(comment: _Comment, alone: set[int]) -> int:
    """The last line that a comment speaks of: its own, or, where it stands alone, the next that is no such comment."""
    line = comment.line
    while line in alone:
        line += 1
    return line
