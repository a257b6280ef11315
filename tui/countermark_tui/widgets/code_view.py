"""Code of a stranger as a widget: line numbers, signs for what changed, scrolling both ways, and no markup anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from countermark_tui.highlight import highlight
from countermark_tui.rows import Mark, Row

_STYLES = {
    Mark.ADDED: "code-view--added",
    Mark.REMOVED: "code-view--removed",
    Mark.GAP: "code-view--gap",
    Mark.SAME: "code-view--same",
}


class CodeView(ScrollView, can_focus=True):
    """Rows of code. Arrow keys, page keys and the wheel scroll it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"code-view--number", *_STYLES.values()}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._lines: tuple[Content, ...] = ()
        self._digits = 1

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[Row], path: str = "", *, at: int = 0) -> None:
        """Show other rows, from the row ``at``; ``path`` says which language they are in."""
        self._rows = tuple(rows)
        self._lines = tuple(
            Content(row.text) if row.mark is Mark.GAP else highlight(row.text, path) for row in self._rows
        )
        self._digits = max((len(str(row.number or "")) for row in self._rows), default=1)
        widest = max((line.cell_length for line in self._lines), default=0)
        self.virtual_size = Size(widest + self._digits + 3, len(self._rows))
        self.scroll_to(0, at, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; textual calls it."""
        scroll_x, scroll_y = self.scroll_offset
        at, width = scroll_y + int(y), self.size.width
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[at]
        style = self.get_visual_style(_STYLES[row.mark])
        number = self.get_visual_style(_STYLES[row.mark], "code-view--number")
        head = f"{row.number or '':>{self._digits}} "
        segments = [
            Segment(head, number.rich_style),
            Segment(f"{row.mark.value} ", style.rich_style),
            *self._text(at, style),
        ]
        return Strip(segments).crop_extend(scroll_x, scroll_x + width, style.rich_style)

    def _text(self, at: int, style: Style) -> list[Segment]:
        parse = self.app.stylesheet.parse_style
        return [Segment(text, part.rich_style) for text, part in self._lines[at].render(style, "", parse_style=parse)]
