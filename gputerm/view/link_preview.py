"""Where the link under the pointer leads, in a corner of the pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.bar import MAX_LENGTH, Bar, blank_row, cut, put, width_of
from gputerm.view.overlay import TextCells
from gputerm.view.surfaces import Laid
from gputerm.view.visible import look_of

if TYPE_CHECKING:
    from gputerm.view.surfaces import Room


class LinkPreview(Bar):
    """The address, with all that is hidden in it; makes way for pointer and cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._row = 0

    @property
    def shown(self) -> bool:
        """While the pointer is over a link."""
        return bool(self._text)

    def say(self, text: str, row: int) -> None:
        """Show an address; the pointer is in `row`. "" = show nothing."""
        text = "".join(map(look_of, text[:MAX_LENGTH]))
        if (text, row) != (self._text, self._row):
            changed = bool(text or self._text)
            self._text, self._row = text, row
            if changed:
                self.changed()

    def lay_out(self, room: Room) -> Laid:
        """As many cells as it needs."""
        (row,) = self.place(room, 1)
        if row == self._row:
            self._at_top = not self._at_top
            (row,) = self._edge(room, 1)
        text = self._text
        if width_of(text) > room.columns:
            text = cut(text, room.columns - 1) + "…"
        cells = blank_row(width_of(text), room.colors.footer)
        put(cells, 0, text)
        return Laid((TextCells(row, 0, cells.tobytes()),))
