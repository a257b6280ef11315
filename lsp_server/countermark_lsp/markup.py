"""The explanation of a finding, as Markdown or as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types as lsp

from countermark.display import escape
from countermark.provenance.model import State
from countermark.verdict import Judged

from .job import APPROVED, MISSING, Mark

# A message may name what a stranger wrote: no link, picture, heading, list or tag of theirs may appear. Nothing else is escaped, for
# some clients show the backslashes.
_MARKDOWN = re.compile(r"^(?:[#+=>-]|\d+(?=[.)]))|[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])")

_ORIGINS = {
    State.AI: "AI-assisted",
    State.SUSPECTED: "Perhaps AI-assisted",
    State.UNTRACKED: "Of unknown origin",
    State.HUMAN: "A person's",
}


def explain(items: Sequence[Judged], marks: Sequence[Mark] = (), *, markdown: bool) -> lsp.MarkupContent:
    """Why each finding matters, what to do, and why it has the verdict that it has; who wrote each hunk, and who answers for it."""
    texts = [_markdown(item) if markdown else _plain(item) for item in items]
    texts += [_quoted(_told(mark)) if markdown else escape(_told(mark)) for mark in marks]
    kind = lsp.MarkupKind.Markdown if markdown else lsp.MarkupKind.PlainText
    return lsp.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(texts))


def stands(mark: Mark) -> str:
    """In one short line who wrote a hunk, and where it stands."""
    lines = mark.last - mark.first + 1
    said = {APPROVED: "reviewed", MISSING: "unreviewed"}.get(mark.standing, mark.standing)
    by = f" by {', '.join(map(escape, mark.by[:3]))}" if mark.by and mark.standing != MISSING else ""
    return f"{_ORIGINS[mark.state]} ({mark.author}) · {said}{by} · {lines} line{'s' if lines > 1 else ''}"


def _told(mark: Mark) -> str:
    lines = f"Line {mark.first}" if mark.first == mark.last else f"Lines {mark.first} to {mark.last}"
    return f"{lines}: {stands(mark)}" + (f"; {mark.why}" if mark.why else "")


def _plain(item: Judged) -> str:
    finding = item.finding
    lines = [
        f"{finding.rule.title} ({finding.rule.id})",
        finding.message,
        finding.rule.remedy,
        *([f"Lifetime: {finding.lifetime.value}"] if finding.lifetime else []),
        f"Verdict: {_verdict(item)}",
        *finding.rule.references,
    ]
    return "\n".join(escape(line) for line in lines)


def _markdown(item: Judged) -> str:
    finding = item.finding
    parts = [
        f"**{_quoted(finding.rule.title)}** `{finding.rule.id}`",
        _quoted(finding.message),
        f"**What to do:** {_quoted(finding.rule.remedy)}",
        *([f"**Lifetime:** {finding.lifetime.value}"] if finding.lifetime else []),
        f"**Verdict:** {_quoted(_verdict(item))}",
        " · ".join(f"<{url}>" for url in finding.rule.references if url.startswith("https://")),
    ]
    return "\n\n".join(part for part in parts if part)


def _verdict(item: Judged) -> str:
    return f"{item.verdict.level.name.lower()} ({item.verdict.reason})"


def _quoted(text: str) -> str:
    return _MARKDOWN.sub(_backslashed, escape(text).strip())


def _backslashed(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"
