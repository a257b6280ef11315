"""Complete what detectors report: places, fingerprints, and excerpts from which every known secret of the file is masked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import evolve

from .change import FileChange
from .content import Content, Span
from .finding import Edit, Excerpt, Finding
from .fingerprint import fingerprint

# What stands for a secret. Its length says nothing about the secret's.
MASK = "********"
_WIDEST = 160  # characters of a line that an excerpt shows; minified code has longer ones
_LONG_LINE = 400  # characters; a longer line is data or minified, and no whole to know a finding by


def place(file: FileChange, findings: Iterable[Finding], secrets: Sequence[Span] | None = None) -> tuple[Finding, ...]:
    """The findings in the order of the text, complete. ``secrets`` are spans to mask besides those that the findings name.

    Raises IndexError for a finding that lies outside the text.
    """
    ordered = sorted(findings, key=lambda finding: (finding.span, finding.rule.id))
    masks = merged([*(secrets or ()), *(span for finding in ordered for span in finding.secrets)])
    twins: Counter[tuple[str, str, str | None]] = Counter()
    return tuple(_placed(file, finding, masks, twins) for finding in ordered)


def _placed(
    file: FileChange, finding: Finding, masks: Sequence[Span], twins: Counter[tuple[str, str, str | None]]
) -> Finding:
    content = file.after
    if not 0 <= finding.span.start <= finding.span.end <= len(content.text):
        raise IndexError
    line = content.line_span(content.line_at(finding.span.start))
    whole = masked(content, _context(line, finding.span), masks)
    value = content.slice(finding.secrets[0]) if finding.secrets else None
    twin = (finding.rule.id, " ".join(whole.split()), value)
    twins[twin] += 1
    return evolve(
        finding,
        start=content.position(finding.span.start),
        end=content.position(finding.span.end),
        excerpt=_excerpt(content, line, finding.span, masks),
        fingerprint=fingerprint(finding.rule.id, whole, value, twins[twin] - 1),
        touched=file.touches(finding.span) or any(other.before for other in finding.related),
        commit=file.commit,
        fixes=tuple(
            evolve(fix, edits=tuple(_positioned(content, edit) for edit in fix.edits)) for fix in finding.fixes
        ),
        related=tuple(
            evolve(other, start=content.position(other.span.start), end=content.position(other.span.end))
            if other.path == file.path and not other.before
            else other
            for other in finding.related
        ),
    )


def _positioned(content: Content, edit: Edit) -> Edit:
    return evolve(edit, start=content.position(edit.span.start), end=content.position(edit.span.end))


def masked(content: Content, span: Span, masks: Sequence[Span]) -> str:
    """The text of a span with a mask in the place of every secret; ``masks`` are in order and apart from each other."""
    parts, at = [], span.start
    for mask in islice(masks, bisect_right(masks, span.start, key=_end), None):
        if max(at, mask.start) >= span.end:
            break
        parts += [content.text[at : max(at, mask.start)], MASK]
        at = mask.end
    return "".join(parts) + content.text[at : span.end]


def _context(line: Span, span: Span) -> Span:
    """What a fingerprint knows a finding by: its line, or of a long line the part around it, which stays when the rest changes."""
    if line.end - line.start <= _LONG_LINE:
        return line
    return Span(
        max(line.start, span.start - _WIDEST), min(line.end, max(span.start, min(span.end, line.end)) + _WIDEST)
    )


def _excerpt(content: Content, line: Span, span: Span, masks: Sequence[Span]) -> Excerpt:
    """A window of the line around the finding, and where in it the finding lies once secrets are masked.

    A mask counts as a whole, wherever the finding or the window begins or ends: half of a secret would show.
    """
    marked_from = _over(masks, span.start).start
    marked_to = min(_over(masks, min(span.end, line.end)).end, line.end)
    first, last = line.start, line.end
    if line.end - line.start > _WIDEST:
        first = max(line.start, _over(masks, max(line.start, marked_from - _WIDEST // 2)).start)
        last = min(line.end, max(first + _WIDEST, min(marked_to, first + _WIDEST) + _WIDEST // 2))
        last = min(line.end, _over(masks, last).end)
    marked_to = min(marked_to, last)
    before = masked(content, Span(first, marked_from), masks)
    marked = masked(content, Span(marked_from, marked_to), masks)
    after = masked(content, Span(marked_to, last), masks)
    head, tail = ("…" if first > line.start else ""), ("…" if last < line.end else "")
    start = len(head) + len(before)
    return Excerpt(head + before + marked + after + tail, start, start + max(len(marked), 1))


def _over(masks: Sequence[Span], offset: int) -> Span:
    """The mask that an offset lies within, or else the empty span there."""
    at = bisect_right(masks, offset, key=_end)
    return masks[at] if at < len(masks) and masks[at].start < offset else Span(offset, offset)


def _end(span: Span) -> int:
    return span.end


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


__all__ = ["MASK", "masked", "merged", "place"]
