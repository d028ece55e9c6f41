"""The text area of a window: how many cells fill it, where they are, what the program may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.app.xtwinops import facts
from gputerm.configured.geometry import layout, window_size
from gputerm.policy.privileges import Privilege
from gputerm.vt import WindowFacts

if TYPE_CHECKING:
    from gputerm.app.interfaces import PaneWindow
    from gputerm.text import Glyphs


class TextArea:
    """The cells of one window. All in pixels but for lines and columns."""

    def __init__(self, window: PaneWindow, glyphs: Glyphs) -> None:
        self._window = window
        native = window.native
        self._layout = layout(window.config, glyphs.metrics, native.scale, *native.size)

    @property
    def cell_size(self) -> tuple[int, int]:
        """(width, height) of a cell."""
        metrics = self._window.presenter.glyphs.metrics
        return metrics.cell_width, metrics.cell_height

    @property
    def padding(self) -> tuple[int, int]:
        """Where the pane's top left cell is, (x, y)."""
        left, top = self._layout.padding
        return left, top + self._window.surfaces.above * self.cell_size[1]

    @property
    def around(self) -> tuple[int, int]:
        """How much larger than the pane the window is, (across, down)."""
        left, top = self._layout.padding
        return 2 * left, 2 * top + self._rows_beside * self.cell_size[1]

    @property
    def _rows_beside(self) -> int:
        return self._window.surfaces.above + self._window.surfaces.below

    def lay_out(self, glyphs: Glyphs) -> None:
        """Fill the native window, as large as it is, with cells of these glyphs."""
        window = self._window
        width, height = window.native.size
        before = self._layout
        whole = layout(window.config, glyphs.metrics, window.native.scale, width, height)
        self._layout = whole._replace(lines=window.surfaces.take_rows(whole.lines))
        lines, columns, padding = self._layout
        window.presenter.resize(width, height, padding, glyphs)
        window.pane.resize(lines, columns, self.facts())
        if before[:2] != self._layout[:2]:
            window.owner.happened("resize", window, lines=lines, columns=columns)

    def facts(self) -> WindowFacts:
        """What the program may know of the window."""
        window = self._window
        lines, columns, _ = self._layout
        width, height = columns * self.cell_size[0], lines * self.cell_size[1]
        if window.pane.grants(Privilege.WINDOW_REPORT):
            return facts(window.native, width, height)
        return WindowFacts(width, height, screen_width=width, screen_height=height)

    def ask_for(self, lines: int, columns: int) -> None:
        """Ask the window system for a pane of so many cells, or of as many as the display has."""
        window = self._window
        lines += self._rows_beside
        metrics = window.presenter.glyphs.metrics
        width, height = window_size(window.config, metrics, window.native.scale, lines, columns)
        window.native.set_size(*window.native.monitor.fitting(width, height))
