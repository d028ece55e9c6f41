"""Content: the lines of a terminal, screen and history, under numbers that stay.

A stable line is counted from the first line that ever was. Scrolling doesn't change its number; a
new width does, and whoever holds such numbers then passes them as anchors. Lines are read here;
printing and control functions act on `screen` itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from gputerm.records import Record
from gputerm.vt.blocks import Blocks
from gputerm.vt.core import cells
from gputerm.vt.core.screen import Screen
from gputerm.vt.line_text import row_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Point: TypeAlias = tuple[int, int]  #: (stable line, column)


class Hyperlink(Record):
    uri: str
    id: str


class Content:
    """The lines of a terminal and the command blocks that refer to them."""

    screen: Screen
    blocks: Blocks

    def __init__(self, lines: int, columns: int, history: int) -> None:
        self.screen = Screen(lines, columns, history)
        self.blocks = Blocks()

    # Where things are.

    @property
    def lines(self) -> int:
        return self.screen.lines

    @property
    def columns(self) -> int:
        return self.screen.columns

    @property
    def first_line(self) -> int:
        """Stable line of the oldest line kept."""
        return self.screen.first_line

    @property
    def history_bytes(self) -> int:
        """Memory of the lines above the screen."""
        return self.screen.history.size_bytes

    @property
    def screen_top(self) -> int:
        """Stable line of the top of the screen; the last one is screen_top + lines - 1."""
        return self.screen.screen_top

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self.screen.is_alternate

    @property
    def cursor(self) -> Point:
        """(line, column) on the screen, from 0."""
        return self.screen.line, self.screen.column

    @property
    def cursor_line(self) -> int:
        """Stable line of the cursor."""
        return self.screen.screen_top + self.screen.line

    # What stands there.

    def cells(self, line: int) -> NDArray[np.uint32]:
        """uint32[columns, 4]: a copy of a stable line; IndexError outside of what is kept."""
        if self.first_line <= line < self.screen_top:
            return self.screen.history.cells(line)
        return self.screen.grid.row(self._screen_line(line)).copy()

    def row_flags(self, line: int) -> int:
        """cells.ROW_* of a stable line."""
        if self.first_line <= line < self.screen_top:
            return self.screen.history.flags(line)
        return self.screen.grid.flags(self._screen_line(line))

    def _screen_line(self, line: int) -> int:
        if not self.screen_top <= line < self.screen_top + self.lines:
            raise IndexError(f"line {line} is not kept")
        return line - self.screen_top

    def line_text(self, line: int) -> str:
        """Text of one stable line without blanks at its end."""
        return row_text(self.cells(line), self.cluster_text).rstrip(" ")

    def text(self, start: Point, stop: Point) -> str:
        """Text from start up to, not including, stop; lines that wrapped are joined.

        A hard line end becomes a line feed and loses the blanks before it.
        """
        first, last = max(start[0], self.first_line), min(stop[0], self.screen_top + self.lines - 1)
        parts: list[str] = []
        for line in range(first, last + 1):
            begin = start[1] if line == start[0] else 0
            kept = line < self.screen_top
            row = self.screen.history.whole(line) if kept else self.cells(line)
            end = stop[1] if line == stop[0] and stop[1] != self.columns else len(row)
            part = row_text(row, self.cluster_text, begin, end)
            wrapped = self.row_flags(line) & cells.ROW_WRAPPED
            if not wrapped:
                part = part.rstrip(" ")
            parts.append(part)
            if line != last and not wrapped:
                parts.append("\n")
        return "".join(parts)

    def cluster_text(self, index: int) -> str:
        """The text of a cell with the CLUSTER bit."""
        return self.screen.clusters.text(index)

    def hyperlink(self, extra: int) -> Hyperlink | None:
        """The link of cells with this EXTRA id."""
        link = self.screen.extras.hyperlink(extra)
        return Hyperlink(*link) if link else None

    def mark_row(self, flag: int) -> None:
        """Sets a row flag where the cursor is."""
        self.screen.grid.set_flags(self.screen.line, flag)

    # Other widths.

    def resize(self, lines: int, columns: int, anchors: Sequence[Point] = ()) -> list[Point]:
        """Reflows the primary screen and what is near; returns where the anchors' cells are now.

        Older lines of history stay as they are, wider or narrower, until `reflow` comes to them.
        """
        if (lines, columns) == (self.lines, self.columns):
            return list(anchors)
        self.blocks.forget(self.first_line)
        own = self.blocks.points()
        moved = self.screen.resize(lines, columns, [*anchors, *own])
        self.blocks.move(moved[len(anchors) :])
        return moved[: len(anchors)]

    def reflow_stop(self, before: int | None = None) -> int:
        """One past the newest line before `before` that is still as wide as before a resize;
        `first_line` when there is none. None: of all.
        """
        return self.screen.reflow_stop(self.screen_top if before is None else before)

    @property
    def reflowing(self) -> bool:
        """Whether `reflow` has something to do: such lines, or memory of lines that are no more."""
        history = self.screen.history
        return history.pending_stop > history.first or history.freeing

    def reflow(self, before: int | None = None, anchors: Sequence[Point] = ()) -> list[Point]:
        """Reflows some of them, the newest, for less than a millisecond; returns where the anchors
        are now. No line newer than these gets another number. Frees some memory of history.
        """
        history = self.screen.history
        history.free_some()
        if history.pending_stop <= history.first:
            return list(anchors)
        if before is None:
            before = self.screen_top
        self.blocks.forget(self.first_line)
        own = self.blocks.points(self.reflow_stop(before))
        moved = self.screen.reflow(before, [*anchors, *own])
        self.blocks.move(moved[len(anchors) :])
        return moved[: len(anchors)]

    def settle(self) -> None:
        """Reflows all that is left, however long that takes."""
        while self.reflowing:
            self.reflow()

    def clear_history(self) -> None:
        self.screen.clear_history()
        self.blocks.forget(self.first_line)
