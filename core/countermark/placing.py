"""Complete what detectors report: places, fingerprints, and excerpts from which every known secret of the file is masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import evolve

from .change import FileChange
from .content import Content, Span
from .finding import Edit, Excerpt, Finding
from .fingerprint import fingerprint

# What stands for a secret. Its length says nothing about the secret's.
MASK = "********"
_WIDEST = 160  # characters of a line that an excerpt shows; minified code has longer ones


def place(file: FileChange, findings: Iterable[Finding], secrets: Sequence[Span] | None = None) -> tuple[Finding, ...]:
    """The findings in the order of the text, complete. ``secrets`` are spans to mask besides those that the findings name.

    Raises IndexError for a finding that lies outside the text.
    """
    ordered = sorted(findings, key=lambda finding: (finding.span, finding.rule.id))
    masks = _merge([*(secrets or ()), *(span for finding in ordered for span in finding.secrets)])
    twins: Counter[tuple[str, str, str | None]] = Counter()
    return tuple(_placed(file, finding, masks, twins) for finding in ordered)


def _placed(
    file: FileChange, finding: Finding, masks: Sequence[Span], twins: Counter[tuple[str, str, str | None]]
) -> Finding:
    content = file.after
    if not 0 <= finding.span.start <= finding.span.end <= len(content.text):
        raise IndexError
    line = content.line_span(content.line_at(finding.span.start))
    whole = masked(content, line, masks)
    value = content.slice(finding.secrets[0]) if finding.secrets else None
    twin = (finding.rule.id, " ".join(whole.split()), value)
    twins[twin] += 1
    return evolve(
        finding,
        start=content.position(finding.span.start),
        end=content.position(finding.span.end),
        excerpt=_excerpt(content, line, finding.span, masks),
        fingerprint=fingerprint(finding.rule.id, whole, value, twins[twin] - 1),
        touched=file.touches(finding.span),
        commit=file.commit,
        fixes=tuple(
            evolve(fix, edits=tuple(_positioned(content, edit) for edit in fix.edits)) for fix in finding.fixes
        ),
        related=tuple(
            evolve(other, start=content.position(other.span.start), end=content.position(other.span.end))
            if other.path == file.path
            else other
            for other in finding.related
        ),
    )


def _positioned(content: Content, edit: Edit) -> Edit:
    return evolve(edit, start=content.position(edit.span.start), end=content.position(edit.span.end))


def masked(content: Content, span: Span, masks: Sequence[Span]) -> str:
    """The text of a span with a mask in the place of every secret."""
    parts, at = [], span.start
    for mask in masks:
        if mask.end <= at or max(at, mask.start) >= span.end:
            continue
        parts += [content.text[at : max(at, mask.start)], MASK]
        at = mask.end
    return "".join(parts) + content.text[at : span.end]


def _excerpt(content: Content, line: Span, span: Span, masks: Sequence[Span]) -> Excerpt:
    """A window of the line around the finding, and where in it the finding lies once secrets are masked."""
    end = min(span.end, line.end)
    # A mask that the finding begins or ends within counts as a whole.
    for mask in masks:
        if mask.start < span.start < mask.end:
            span = Span(mask.start, span.end)
        if mask.start < end < mask.end:
            end = min(mask.end, line.end)
    first = max(line.start, span.start - _WIDEST // 2) if line.end - line.start > _WIDEST else line.start
    last = (
        min(line.end, first + _WIDEST, max(end + _WIDEST // 2, first)) if line.end - line.start > _WIDEST else line.end
    )
    for mask in masks:  # never cut a mask in two: half of a secret would show
        if mask.start < first < mask.end:
            first = max(mask.start, line.start)
        if mask.start < last < mask.end:
            last = min(mask.end, line.end)
    before = masked(content, Span(first, span.start), masks)
    marked = masked(content, Span(span.start, min(end, last)), masks)
    after = masked(content, Span(min(end, last), last), masks)
    head, tail = ("…" if first > line.start else ""), ("…" if last < line.end else "")
    start = len(head) + len(before)
    return Excerpt(head + before + marked + after + tail, start, start + max(len(marked), 1))


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


__all__ = ["MASK", "masked", "place"]
