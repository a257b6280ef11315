"""A lot of text that appears at once was perhaps not typed. That is a guess and stays one: lines are suspected, and never more.

What comes back is no news: text that was cut or undone, that stands in another open document, that only changed its white space, or
that another program put into the file on disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from attrs import define, field
from lsprotocol import types as lsp

_LEAST_LINES = 6  # that are not blank
_LEAST_CHARACTERS = 200
_REPLACED = 0.3  # of what is new may be put in the place of something else; a formatter replaces as much as it writes
_KNOWN = 0.5  # of the lines may have been there before
_MOST_REMOVED = 5000  # lines that are remembered
_LONGEST = 400  # characters; longer lines are data


@define
class Suspicion:
    """What went away in this session, and what was asked. ``raising`` turns to False when the person says that it was them."""

    asked: bool = False
    raising: bool = True
    _removed: deque[str] = field(factory=lambda: deque(maxlen=_MOST_REMOVED))

    def raised(
        self,
        before: Sequence[str],
        changes: Iterable[lsp.TextDocumentContentChangeEvent],
        others: Sequence[Sequence[str]],
    ) -> bool:
        """Whether one of the changes to a text (``before``, by lines) brings that much; ``others`` are the other open texts."""
        found = False
        for change in changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                removed = before[change.range.start.line : change.range.end.line + 1]
                found = found or self._is_much(change, removed, others)
                if change.range.start != change.range.end:
                    self._remember(removed)
            else:
                self._remember(before)  # the file was read anew
        return found

    def _remember(self, lines: Sequence[str]) -> None:
        self._removed.extend(line.strip() for line in lines[-_MOST_REMOVED:] if len(line) < _LONGEST)

    def _is_much(
        self, change: lsp.TextDocumentContentChangePartial, removed: Sequence[str], others: Sequence[Sequence[str]]
    ) -> bool:
        lines = [line.strip() for line in change.text.splitlines() if line.strip()]
        size = sum(map(len, lines))
        if len(lines) < _LEAST_LINES or size < _LEAST_CHARACTERS:
            return False
        gone = 0 if change.range.start == change.range.end else sum(len(line.strip()) for line in removed)
        if gone > size * _REPLACED:
            return False
        known = set(self._removed).union(line.strip() for text in others for line in text)
        return sum(line in known for line in lines) < len(lines) * _KNOWN
