"""The line indicator: how far up the cursor of vi mode is, at the top right of the pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.bar import blank_row, put
from gputerm.view.overlay import TextCells
from gputerm.view.surfaces import NOTHING, Laid, Surface

if TYPE_CHECKING:
    from gputerm.view.surfaces import Room
    from gputerm.view.vi_mode import ViMode


class LineIndicator(Surface):
    """Says `[lines below the cursor/lines that it can go up]`; makes way for the cursor."""

    def __init__(self, vi: ViMode) -> None:
        super().__init__()
        self._vi = vi
        vi.when_toggled = lambda: self.changed()

    @property
    def shown(self) -> bool:
        """While the user is in vi mode."""
        return self._vi.active

    def lay_out(self, room: Room) -> Laid:
        """A few cells of the first row."""
        vi = self._vi
        text = f"[{vi.lines_back}/{vi.lines_in_all - 1}]"
        start = room.columns - len(text)
        if start < 0 or (room.cursor_row == room.top and vi.point[1] + 1 >= start):
            return NOTHING
        cells = blank_row(len(text), room.colors.indicator)
        put(cells, 0, text)
        return Laid((TextCells(room.top, start, cells.tobytes()),))
