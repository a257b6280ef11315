"""Lines that say who wrote them, and what editors and formatters do to lines."""

# ruff: noqa: PLR2004 - how likely things are

from __future__ import annotations

import random

from attrs import define, field

from countermark.provenance.lines import squeezed

_COMMON = ("}", "", "else:", "return None", "pass", "try:", "import os", "    )", "end")
_WORDS = (
    "alpha beta gamma delta omega total count user path value item list page node edge size name kind rate time".split()
)


@define
class Texts:
    """Makes lines and changes them by chance. ``truth`` names the author, ``ai`` or ``human``, of each telling line's squeezed text."""

    random: random.Random
    truth: dict[str, str] = field(factory=dict)
    serial: int = 0

    def number(self) -> int:
        """A number that nothing else in the session has."""
        self.serial += 1
        return self.serial

    def lines(self, author: str, count: int) -> list[str]:
        """New lines, of which the first and the last tell who wrote those between."""
        return [self._line(author, telling=at in {0, count - 1}) for at in range(count)]

    def edited(self, lines: list[str], author: str) -> list[str]:
        """The lines after one edit by an author: mostly text of their own; at times a block moves, or a formatter runs."""
        how = self.random.random()
        if how < 0.1:
            return self._moved(lines)
        return self._formatted(lines) if how < 0.2 else self._changed(lines, author)

    def _line(self, author: str, *, telling: bool) -> str:
        if not telling and self.random.random() < 0.4:
            return self.random.choice(_COMMON)
        one, two, three = (self.random.choice(_WORDS) for _ in range(3))
        indent = "    " * self.random.randint(0, 3)
        text = f"{indent}{one}_{self.number()} = {two}({three}, {self.random.randint(0, 9)})"
        self.truth[squeezed(text)] = author
        return text

    def _changed(self, lines: list[str], author: str) -> list[str]:
        lines = list(lines)
        at = self.random.randint(0, len(lines))
        kind = self.random.random()
        if kind < 0.55 or not lines:
            lines[at:at] = self.lines(author, self.random.choice((1, 1, 2, 3, 5, 8, 12)))
        else:
            start, end = self._apart(lines, at, at + self.random.randint(1, 4))
            lines[start:end] = self.lines(author, self.random.randint(1, 4)) if kind < 0.8 else []
        return lines

    def _apart(self, lines: list[str], start: int, end: int) -> tuple[int, int]:
        """A part with the common lines at its edges: left alone they would tell of whoever writes around them."""
        while start > 0 and squeezed(lines[start - 1]) not in self.truth:
            start -= 1
        while end < len(lines) and squeezed(lines[end]) not in self.truth:
            end += 1
        return start, end

    def _moved(self, lines: list[str]) -> list[str]:
        """The lines with one block somewhere else."""
        if len(lines) < 8:
            return lines
        start = self.random.randrange(len(lines) - 4)
        block = lines[start : start + self.random.randint(3, 6)]
        rest = lines[:start] + lines[start + len(block) :]
        at = self.random.randint(0, len(rest))
        return rest[:at] + block + rest[at:]

    def _formatted(self, lines: list[str]) -> list[str]:
        """The lines as another formatter would write them."""
        start = self.random.randint(0, len(lines))
        end = min(len(lines), start + self.random.randint(1, 20))
        return [
            ("  " + line.replace(" = ", "=") if start <= at < end and line.strip() else line)
            for at, line in enumerate(lines)
        ]
