"""The command line of output that is scrolled through, kept in sight in the top row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.bar import blank_row, cut, printable, put, whole_row
from gputerm.view.prompts import command_meant, output_lines
from gputerm.view.surfaces import NOTHING, Laid, Surface

if TYPE_CHECKING:
    from gputerm.view.surfaces import Room
    from gputerm.view.view import View
    from gputerm.vt import Terminal


class CommandLine(Surface):
    """Shown while the topmost row is output of a command, below its first. [OSC 133]"""

    def __init__(self, view: View, terminal: Terminal) -> None:
        super().__init__()
        self._view = view
        self._terminal = terminal

    @property
    def shown(self) -> bool:
        """Always: scrolling moves the frame anyway, and `lay_out` looks where the viewport is."""
        return True

    def lay_out(self, room: Room) -> Laid:
        """The top row, unless there's no such command or the user's cursor is there."""
        viewport = self._view.viewport
        if viewport.top is None:
            return NOTHING
        block = command_meant(viewport, self._terminal)
        if block is None or not block.command or room.cursor_row == room.top:
            return NOTHING
        if viewport.first_line not in output_lines(self._terminal, block)[1:]:
            return NOTHING
        cells = blank_row(room.columns, room.colors.footer)
        put(cells, 0, cut(printable(block.command), room.columns))
        return Laid((whole_row(room.top, cells),))
