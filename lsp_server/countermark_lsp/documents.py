"""Open documents, kept in step with the editor at a cost that follows from the edit, not from the size of the file.

pygls has a document class, but it ends lines where str.splitlines does (form feed, NEL, U+2028 among others), so that one such
character shifts every later edit, and it copies the whole text for each key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define, field
from lsprotocol import types as lsp

from .encoding import Encoding, column
from .shifting import LineEdit
from .snapshot import Snapshot
from .uris import CELL

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # U+DC80 to U+DCFF stand for bytes that are no UTF-8: see wire.py


def split(text: str) -> list[str]:
    """The lines of a text with their line ends, and what follows the last line end, were it nothing: never an empty list."""
    if "\r" not in text:
        *lines, last = text.split("\n")
        return [*(line + "\n" for line in lines), last]
    lines = _LINE.findall(text)
    return [*lines, text[sum(map(len, lines)) :]]


@define(eq=False)
class Document:
    """A text that its editor changes. It belongs to the event loop; everybody else gets a Snapshot."""

    uri: str
    version: int
    language: str
    encoding: Encoding
    _lines: list[str] = field(alias="lines")
    _snapshot: Snapshot | None = None

    @classmethod
    def of(cls, item: lsp.TextDocumentItem, encoding: Encoding) -> Document:
        """The document that a client opens."""
        return cls(item.uri, item.version, item.language_id, encoding, split(_clean(item.text)))

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def view(self) -> Sequence[str]:
        """The lines as they are now, for who looks at once and changes nothing."""
        return self._lines

    def snapshot(self) -> Snapshot:
        """The document as it is now."""
        if self._snapshot is None:
            self._snapshot = Snapshot(self.uri, self.version, self.language, self.encoding, tuple(self._lines))
        return self._snapshot

    def apply(self, version: int, changes: Sequence[lsp.TextDocumentContentChangeEvent]) -> list[LineEdit]:
        """Bring the text to the client's next version; each change speaks of the text that the one before it left.

        Gives which lines that replaced, in the same order.
        """
        self.version, self._snapshot = version, None
        return [self._changed(change) for change in changes]

    def _changed(self, change: lsp.TextDocumentContentChangeEvent) -> LineEdit:
        if isinstance(change, lsp.TextDocumentContentChangePartial):
            return self._splice(change.range, change.text)
        old, self._lines = self._lines, split(_clean(change.text))
        return LineEdit.of(0, old, self._lines)

    def _splice(self, where: lsp.Range, text: str) -> LineEdit:
        (first, start), (last, end) = sorted((self._place(where.start), self._place(where.end)))
        new = self._lines[first][:start] + _clean(text) + self._lines[last][end:]
        if first > 0 and new.startswith("\n") and self._lines[first - 1].endswith("\r"):
            first -= 1  # a lone CR becomes the first half of a CRLF
            new = self._lines[first] + new
        lines = split(new)
        if last + 1 < len(self._lines):
            lines.pop()  # the line end of the last line was part of it
        edit = LineEdit.of(first, self._lines[first : last + 1], lines)
        self._lines[first : last + 1] = lines
        return edit

    def _place(self, position: lsp.Position) -> tuple[int, int]:
        """Line and code point of a position; beyond a line is its end, beyond the text is its end."""
        if position.line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = self._lines[position.line].rstrip("\r\n")
        return position.line, column(line, position.character, self.encoding)


_SCHEMES = (
    "file:",
    "untitled:",
    f"{CELL}:",
)  # git:, output: and the like are views of something, not what will be committed


class Documents:
    """What the client has open, by uri; documents of other schemes are not taken."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._open))

    def open(self, item: lsp.TextDocumentItem, encoding: Encoding) -> None:
        """Take a document, in the place of any with its uri."""
        if item.uri.startswith(_SCHEMES):
            self._open[item.uri] = Document.of(item, encoding)

    def get(self, uri: str) -> Document | None:
        """The document, if it is open and ours."""
        return self._open.get(uri)

    def close(self, uri: str) -> bool:
        """Forget a document; whether there was one."""
        return self._open.pop(uri, None) is not None

    def snapshot(self, uri: str) -> Snapshot | None:
        """The document as it is now."""
        document = self._open.get(uri)
        return None if document is None else document.snapshot()


def _clean(text: str) -> str:
    """The text without halves of surrogate pairs. What stands for them is as wide as they are, so that columns still agree."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)
