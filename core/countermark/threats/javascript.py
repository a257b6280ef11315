"""Elements in JavaScript and TypeScript, by patterns of linear cost: a first reading, not a parser's."""

from __future__ import annotations

from pathlib import PurePosixPath

from countermark.content import Content, Span

from .elements import Sighting, Trigger
from .signals import PATTERNS, Pattern

_LONGEST_ROUTE = 200  # lines that a route handler may have; beyond them a change is not seen as the route's
_WIDEST_LINE = 2000


def read(content: Content, path: str) -> tuple[Sighting, ...]:
    """The elements of one file, in the order of the text."""
    name = PurePosixPath(path).name
    seen: list[Sighting] = []
    for row in PATTERNS:
        if (row.files and name.partition(".")[0] != row.files) or row.needs not in content.text:
            continue
        for match in row.regex.finditer(content.text):
            line = content.line_span(content.line_at(match.start()))
            if line.end - line.start > _WIDEST_LINE or _is_comment(content.slice(Span(line.start, match.start()))):
                continue
            span = _block(content, line.start) if row.trigger is Trigger.ENTRY else line
            seen.append(Sighting(row.detector, row.trigger, _symbol(row, match.groupdict(), path), span))
    return tuple(sorted(seen, key=lambda sighting: sighting.span))


def _symbol(row: Pattern, groups: dict[str, str | None], path: str) -> str:
    if row.trigger is not Trigger.ENTRY:
        return f"{groups['call']} call in {PurePosixPath(path).name}"
    return f"{(groups['verb'] or '').upper()} {groups.get('path') or '/' + PurePosixPath(path).parent.name}"


def _is_comment(before: str) -> bool:
    return before.lstrip().startswith(("//", "*", "/*"))


def _block(content: Content, start: int) -> Span:
    """The lines from here until the brackets that the first of them opens are closed again."""
    depth, first = 0, content.line_at(start)
    last = min(first + _LONGEST_ROUTE, len(content.line_starts))
    for line in range(first, last):
        text = content.slice(content.line_span(line))[:_WIDEST_LINE]
        depth += sum(text.count(char) for char in "([{") - sum(text.count(char) for char in ")]}")
        if depth <= 0:
            return Span(start, content.line_span(line).end)
    return Span(start, content.line_span(last - 1).end)
