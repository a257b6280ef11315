"""A file's bytes, the text they decode to, and where each line of it begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add

from attrs import define, frozen

# An editor's line ends here and nowhere else (Language Server Protocol 3.17, "Text Documents"). str.splitlines also cuts at
# form feed, NEL and U+2028, which would shift every finding behind such a character and hide code from a reader.
_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@frozen
class Span:
    """A half-open range of a text, in code points from 0."""

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        """The order of the text; what attrs would write for it takes five times as long, and all findings are sorted."""
        return (self.start, self.end) < (other.start, other.end)

    def overlaps(self, other: Span) -> bool:
        """Whether both cover a common character; an empty span lies within what surrounds it."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


@frozen(order=True)
class Position:
    """A place for people and reports: line and column from 1, the column in code points."""

    line: int
    column: int


@define(frozen=True, eq=False)
class Content:
    """What one version of a file holds. Decoding never fails: bytes that are no text become lone surrogates, one for one."""

    data: bytes

    @classmethod
    def of_text(cls, text: str) -> Content:
        """The content of an editor's buffer, offsets and all; a lone surrogate that stands for no byte becomes U+FFFD."""
        marked = "\ufeff" + text if text.startswith("\ufeff") else text  # the first one will be taken for a mark
        try:
            return cls(marked.encode())
        except UnicodeEncodeError:
            plain = _SURROGATE.sub("\ufffd", marked)
        content = cls(_NO_BYTE.sub("\ufffd", marked).encode("utf-8", "surrogateescape"))
        # Bytes that stood apart may mean something side by side.
        return content if len(content.text) == len(text) else cls(plain.encode())

    def with_text(self, text: str) -> Content | None:
        """The content of another text in the same encoding and with the same mark; None where more than text is in the bytes."""
        mark, encoding = next((each for each in _BOMS if self.data.startswith(each[0])), (b"", "utf-8"))
        errors = "surrogateescape" if encoding == "utf-8" else "strict"
        if mark + self.text.encode(encoding, errors) != self.data:
            return None
        return Content(mark + text.encode(encoding, errors))

    @cached_property
    def text(self) -> str:
        """The decoded text, without a byte order mark."""
        for mark, encoding in _BOMS:
            if self.data.startswith(mark):
                return self.data[len(mark) :].decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
        return self.data.decode("utf-8", "surrogateescape")

    @cached_property
    def is_binary(self) -> bool:
        """Whether git and people would call it binary: a NUL byte early on, and no byte order mark that explains it."""
        return b"\0" in self.data[:8000] and not self.data.startswith(tuple(mark for mark, _ in _BOMS))

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of the first character of each line."""
        if "\r" not in self.text:
            *lines, _ = self.text.split("\n")
            return (0, *map(add, accumulate(map(len, lines)), count(1)))  # the line ends count, too
        return (0, *(end.end() for end in _LINE_END.finditer(self.text)))

    def line_at(self, offset: int) -> int:
        """The number, from 0, of the line that holds an offset."""
        return bisect_right(self.line_starts, offset) - 1

    def position(self, offset: int) -> Position:
        """The place of an offset as people count."""
        line = self.line_at(offset)
        return Position(line + 1, offset - self.line_starts[line] + 1)

    def line_span(self, line: int) -> Span:
        """A line's extent, its number counted from 0, without its line end."""
        start = self.line_starts[line]
        end = self.line_starts[line + 1] if line + 1 < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]
