"""The message bar: what gputerm has to say, over the edge of a pane that is away from the cursor.

It holds text and lays it out in rows of cells; whoever owns it paints them as an overlay, and takes
a click on one of them for "seen".
"""

from __future__ import annotations

import numpy as np

from gputerm.view.overlay import TextRow
from gputerm.vt.core.cells import BG, CHAR, FG, TAIL, WIDE
from gputerm.vt.core.width import cell_width

CLOSE = "[x]"  #: at the end of the first row
MAX_MESSAGES = 5  #: the newest ones
MAX_LENGTH = 1000  #: characters of one


class MessageBar:
    """The messages of one pane. Empty ones take no room."""

    def __init__(self) -> None:
        self._messages: list[str] = []
        self._at_top = False
        self._rows = range(0)

    @property
    def messages(self) -> tuple[str, ...]:
        """What it says, oldest first."""
        return tuple(self._messages)

    def show(self, message: str) -> None:
        """Say something more, in one line; what it says already isn't said twice."""
        line = "".join(char if char.isprintable() else " " for char in message[:MAX_LENGTH])
        if line in self._messages:
            self._messages.remove(line)
        self._messages = [*self._messages, line][-MAX_MESSAGES:]

    def clear(self) -> bool:
        """Say nothing any more; whether there was something."""
        said = bool(self._messages)
        self._messages.clear()
        self._rows = range(0)
        return said

    def covers(self, row: int) -> bool:
        """Whether the viewport row shows a part of it."""
        return row in self._rows

    def lay_out(
        self, lines: int, columns: int, cursor_row: int, colors: tuple[int, int]
    ) -> tuple[TextRow, ...]:
        """The rows for a viewport of lines × columns, at most half of them.

        `colors` are words of cells, text and ground. The bar changes sides when the cursor's row
        comes to lie under it.
        """
        if not self._messages:
            return ()
        wrapped = [row for message in self._messages for row in _wrap(message, columns)]
        most = max(lines // 2, 1)
        if len(wrapped) > most:
            wrapped = wrapped[:most]
            wrapped[-1] = _cut(wrapped[-1], columns - len(CLOSE) - 2) + "…"
        if cursor_row in self._place(lines, len(wrapped)):
            self._at_top = not self._at_top
        self._rows = self._place(lines, len(wrapped))
        return tuple(
            TextRow(row, _cells(text, columns, colors, close=not i))
            for i, (row, text) in enumerate(zip(self._rows, wrapped, strict=True))
        )

    def _place(self, lines: int, count: int) -> range:
        return range(count) if self._at_top else range(lines - count, lines)


def _wrap(message: str, columns: int) -> list[str]:
    """Pieces of a message that fit a row each, with room for CLOSE; broken at blanks where
    there are any."""
    room = max(columns - len(CLOSE) - 1, 1)
    rows = []
    rest = message
    while rest:
        row = _cut(rest, room) or rest[0]  # A wide character may find no room at all.
        if len(row) < len(rest) and rest[len(row)] != " " and " " in row.strip(" "):
            row = row[: row.rindex(" ") + 1]
        rows.append(row.rstrip(" "))
        rest = rest[len(row) :].lstrip(" ")
    return rows or [""]


def _cut(text: str, columns: int) -> str:
    """The longest beginning of `text` that takes at most so many cells."""
    width = 0
    for i, char in enumerate(text):
        width += cell_width(ord(char))
        if width > columns:
            return text[:i]
    return text


def _cells(text: str, columns: int, colors: tuple[int, int], *, close: bool) -> bytes:
    """uint32[columns, 4] of one row. Characters without a width are left out."""
    cells = np.zeros((columns, 4), np.uint32)
    cells[:, FG], cells[:, BG] = colors
    column = 0
    for char in text:
        width = cell_width(ord(char))
        if not width or column + width > columns:
            continue
        cells[column, CHAR] = ord(char) | (WIDE if width == 2 else 0)
        if width == 2:
            cells[column + 1, CHAR] = TAIL
        column += width
    if close and columns > len(CLOSE):
        cells[columns - len(CLOSE) :, CHAR] = [ord(char) for char in CLOSE]
    return cells.tobytes()
