"""One version of an open document. Handlers get this and give a value back; nothing that they do can change the document."""

from __future__ import annotations

from attrs import frozen
from lsprotocol import types as lsp

from countermark.content import Position

from .encoding import Encoding, column, units


@frozen(eq=False)
class Snapshot:
    """A text by lines, each with its line end; the last one has none, so it is empty where the text ends with a line end.

    ``version`` is the client's, ``encoding`` what it counts columns in. Two snapshots are the same only if they are one object.
    """

    uri: str
    version: int
    language: str
    encoding: Encoding
    lines: tuple[str, ...]

    def text(self) -> str:
        """The whole text, joined anew: it is wanted once for each scan and would double the memory."""
        return "".join(self.lines)

    def place(self, position: Position) -> tuple[int, int]:
        """Line and code point, from 0, of a place in the text; a place outside is moved to the nearest one inside."""
        line = max(min(position.line - 1, len(self.lines) - 1), 0)
        return line, max(min(position.column - 1, len(self.lines[line])), 0)

    def to_client(self, position: Position) -> lsp.Position:
        """Where the client sees a place in the text."""
        line, at = self.place(position)
        return lsp.Position(line, units(self.lines[line][:at], self.encoding))

    def from_client(self, position: lsp.Position) -> Position:
        """The place in the text that a client means."""
        line = min(position.line, len(self.lines) - 1)
        at = column(self.lines[line].rstrip("\r\n"), position.character, self.encoding)
        return Position(line + 1, at + 1)

    def range(self, start: Position, end: Position) -> lsp.Range:
        """A range for the client."""
        return lsp.Range(self.to_client(start), self.to_client(end))
