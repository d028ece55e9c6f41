"""Rows of text along an edge of a pane, which make way for the cursor.

Text of ours becomes cells here: made printable, broken into rows, coloured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from gputerm.view.overlay import TextCells
from gputerm.view.surfaces import Surface
from gputerm.vt.core.cells import BG, CHAR, FG, TAIL, WIDE
from gputerm.vt.core.width import cell_width

if TYPE_CHECKING:
    from gputerm.view.surfaces import CellColors, Room

Cells: TypeAlias = np.ndarray[Any, Any]  #: uint32[columns, 4] of one row

MAX_LENGTH = 1000  #: characters of one text


class Bar(Surface):
    """A surface that keeps to an edge: the bottom, until the cursor comes to lie under it."""

    def __init__(self) -> None:
        super().__init__()
        self._at_top = False

    def place(self, room: Room, count: int) -> range:
        """The rows for a bar of `count` rows, as many as there are at most."""
        if room.cursor_row in self._edge(room, count):
            self._at_top = not self._at_top
        return self._edge(room, count)

    def _edge(self, room: Room, count: int) -> range:
        if self._at_top:
            return range(room.top, min(room.top + count, room.bottom))
        return range(max(room.bottom - count, room.top), room.bottom)


def printable(text: str) -> str:
    """One line, not too long, of characters that have a look."""
    return "".join(char if char.isprintable() else " " for char in text[:MAX_LENGTH])


def width_of(text: str) -> int:
    """How many cells the text takes."""
    return sum(cell_width(ord(char)) for char in text)


def cut(text: str, columns: int) -> str:
    """The longest beginning of `text` that takes at most so many cells."""
    width = 0
    for i, char in enumerate(text):
        width += cell_width(ord(char))
        if width > columns:
            return text[:i]
    return text


def wrap(text: str, columns: int) -> list[str]:
    """Pieces that take at most so many cells each; broken at blanks where there are any."""
    rows = []
    rest = text
    while rest:
        row = cut(rest, columns) or rest[0]  # A wide character may find no room at all.
        if len(row) < len(rest) and rest[len(row)] != " " and " " in row.strip(" "):
            row = row[: row.rindex(" ") + 1]
        rows.append(row.rstrip(" "))
        rest = rest[len(row) :].lstrip(" ")
    return rows or [""]


def at_most(rows: list[str], count: int, columns: int) -> list[str]:
    """The first rows; an ellipsis says that there were more."""
    if len(rows) <= count:
        return rows
    rows = rows[:count]
    if rows:
        rows[-1] = cut(rows[-1], columns - 1) + "…"
    return rows


def blank_row(columns: int, colors: CellColors) -> Cells:
    """A row without text."""
    cells = np.zeros((columns, 4), np.uint32)
    cells[:, FG], cells[:, BG] = colors
    return cells


def put(cells: Cells, column: int, text: str, colors: CellColors | None = None) -> int:
    """Write text into a row, in its own colours if it has any; the column behind it.

    Characters without a width, and what goes beyond the row, are left out.
    """
    start = column
    for char in text:
        width = cell_width(ord(char))
        if not width or column + width > len(cells):
            continue
        cells[column, CHAR] = ord(char) | (WIDE if width == 2 else 0)
        if width == 2:
            cells[column + 1, CHAR] = TAIL
        column += width
    if colors is not None:
        cells[start:column, FG], cells[start:column, BG] = colors
    return column


def whole_row(row: int, cells: Cells) -> TextCells:
    """A row of ours at its place."""
    return TextCells(row, 0, cells.tobytes())
