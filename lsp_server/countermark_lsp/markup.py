"""The explanation of a finding, as Markdown or as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types as lsp

from countermark.display import escape
from countermark.verdict import Judged

# A message may name what a stranger wrote: no link, picture, heading, list or tag of theirs may appear. Nothing else is escaped, for
# some clients show the backslashes.
_MARKDOWN = re.compile(r"^(?:[#+=>-]|\d+(?=[.)]))|[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])")


def explain(items: Sequence[Judged], *, markdown: bool) -> lsp.MarkupContent:
    """Why each finding matters, what to do, and why it has the verdict that it has."""
    texts = [_markdown(item) if markdown else _plain(item) for item in items]
    kind = lsp.MarkupKind.Markdown if markdown else lsp.MarkupKind.PlainText
    return lsp.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(texts))


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
