"""Snapshot: what a painter may know of a terminal, for one viewport.

A view, not a copy: it is valid until the terminal is fed or resized. What was painted before is
recognised by pairs of numbers: row i needs painting again if (row_ids[i], row_seqnos[i]) differs
from the pair painted there last time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gputerm.vt.core import cells
from gputerm.vt.modes import DecMode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gputerm.vt.machine import Machine

#: Row ids of history lines are HISTORY_ROW + stable line; those of the screens are small.
HISTORY_ROW = 1 << 40


class CursorView(NamedTuple):
    """The cursor in viewport coordinates; its line may be outside the viewport."""

    line: int
    column: int
    visible: bool  #: DECTCEM
    shape: str  #: block, underline, beam
    blinking: bool
    wide: bool  #: stands on a character of two cells
    #: it and the character under it, as in the palette; None: as the palette says
    colors: tuple[int, int] | None = None


class Snapshot:
    """The viewport that starts at stable line `top`."""

    def __init__(self, terminal: Machine, top: int) -> None:
        screen = terminal.screen
        self._terminal = terminal
        self.lines = screen.lines
        self.columns = screen.columns
        self.top = top  #: stable line of row 0
        self.seqno = screen.observe()  #: grows with every change of the text
        kept = min(max(screen.screen_top - top, 0), self.lines)
        self._kept = kept  # how many rows of the viewport are history
        shown = self.lines - kept
        #: uint64[lines]: the storage that a row shows
        self.row_ids: NDArray[np.uint64]
        #: uint64[lines]: when it last changed
        self.row_seqnos: NDArray[np.uint64]
        #: uint8[lines]: cells.ROW_*
        self.row_flags: NDArray[np.uint8]
        self.row_ids, self.row_seqnos, self.row_flags = screen.grid.look(shown)
        if kept:
            ids = np.arange(top, top + kept, dtype=np.uint64) + np.uint64(HISTORY_ROW)
            seqnos = np.full(kept, screen.history.seqno, np.uint64)
            flags = np.array([screen.history.flags(top + i) for i in range(kept)], np.uint8)
            self.row_ids = np.concatenate([ids, self.row_ids])
            self.row_seqnos = np.concatenate([seqnos, self.row_seqnos])
            self.row_flags = np.concatenate([flags, self.row_flags])
        self.palette = terminal.palette.values  #: uint32[palette.SIZE], read-only
        self.palette_seqno = terminal.palette.seqno
        self.reverse = terminal.modes.get_mode(DecMode.DECSCNM)
        self.underline_colors = screen.extras.underline_colors  #: uint32[extras]; 0: use fg
        self.link_ids = screen.extras.link_ids  #: uint32[extras]; 0: no link
        self.cursor = self._cursor()

    def _cursor(self) -> CursorView:
        terminal, screen = self._terminal, self._terminal.screen
        grid = screen.grid
        word = grid.array.item(grid.slot(screen.line), screen.column, cells.CHAR)
        return CursorView(
            screen.screen_top + screen.line - self.top,
            screen.column,
            screen.cursor_visible,
            terminal.cursor_shape,
            terminal.cursor_blinking,
            bool(word & cells.WIDE),
        )

    def take(self, rows: NDArray[np.integer] | list[int]) -> NDArray[np.uint32]:
        """uint32[n, columns, 4]: a copy of these viewport rows."""
        screen = self._terminal.screen
        if not self._kept:  # The ordinary case: nothing scrolled back.
            return screen.grid.array.take(screen.grid.index.take(rows), axis=0)
        wanted = np.asarray(rows, np.intp)
        result = np.empty((len(wanted), self.columns, 4), np.uint32)
        for i, row in enumerate(wanted.tolist()):
            if row < self._kept:
                result[i] = screen.history.cells(self.top + row)
            else:
                result[i] = screen.grid.row(row - self._kept)
        return result

    def cluster_text(self, index: int) -> str:
        """The text of a cell with the CLUSTER bit."""
        return self._terminal.cluster_text(index)
