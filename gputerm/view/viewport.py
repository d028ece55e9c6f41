"""The viewport: which lines of history and screen the user looks at.

Live, it shows the screen. Scrolled back, its top is a stable line, so what is read stays in place
while output arrives; only when history evicts that very line does the viewport move, by clamping.
Held, it stays in place when it was live as well.
The alternate screen has no history and is always live; the place in the primary screen's history is
kept meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.vt import Point, Terminal


class Viewport:
    """The scroll position of one view of a terminal."""

    def __init__(self, terminal: Terminal, when_changed: Callable[[], None] = lambda: None) -> None:
        """`when_changed` is called when it has been moved."""
        self._terminal = terminal
        self._when_changed = when_changed
        self._top: int | None = None  #: stable line; None = live. May have been evicted meanwhile
        self._held = False

    @property
    def top(self) -> int | None:
        """The stable line in the viewport's first row, for `Terminal.snapshot`; None = live."""
        terminal = self._terminal
        if self._top is None or terminal.alternate:
            return None
        # What was evicted is forgotten here, so that after ED 3 the viewport is live for good.
        self._top = max(self._top, terminal.first_line)
        if self._top >= terminal.screen_top:
            self._top = self._lowest
            return None
        return self._top

    @property
    def _lowest(self) -> int | None:
        return self._terminal.screen_top if self._held else None

    def hold(self, held: bool) -> None:
        """Stay in place while output comes, also when this is the live screen; or don't."""
        self._held = held
        if self._top is None:
            self._top = self._lowest

    @property
    def first_line(self) -> int:
        """The stable line in the viewport's first row, live or not."""
        return self._terminal.screen_top if self.top is None else self.top

    @property
    def lines_back(self) -> int:
        """How many lines the viewport is scrolled back; 0 = live."""
        return self._terminal.screen_top - self.first_line

    def scroll_lines(self, count: int) -> bool:
        """Moves `count` lines towards the oldest, or the newest if negative; True if it moved."""
        return self.scroll_to(self.first_line - count)

    def scroll_pages(self, count: int) -> bool:
        """Moves by whole screens."""
        return self.scroll_lines(count * self._terminal.lines)

    def scroll_half_pages(self, count: int) -> bool:
        """Moves by half screens."""
        return self.scroll_lines(count * max(self._terminal.lines // 2, 1))

    def to_top(self) -> bool:
        """Shows the oldest lines."""
        return self.scroll_to(self._terminal.first_line)

    def to_bottom(self) -> bool:
        """Shows the live screen."""
        return self.scroll_to(self._terminal.screen_top)

    def scroll_to(self, line: int) -> bool:
        """Brings a stable line into the first row, as far as there are lines; True if it moved."""
        terminal = self._terminal
        if terminal.alternate:
            return False
        before = self.top
        self._place(line)
        moved = self.top != before
        if moved:
            self._when_changed()
        return moved

    def _place(self, line: int) -> None:
        live = line >= self._terminal.screen_top
        self._top = self._lowest if live else max(line, self._terminal.first_line)

    def show(self, line: int) -> bool:
        """Scrolls until a stable line can be seen, no further than that; True if it moved."""
        if line < self.first_line:
            return self.scroll_to(line)
        return self.scroll_to(max(line - self._terminal.lines + 1, self.first_line))

    def line_at(self, row: int) -> int:
        """The stable line in a viewport row; a row out of sight gives the nearest in sight."""
        return self.first_line + min(max(row, 0), self._terminal.lines - 1)

    def anchors(self) -> list[Point]:
        """The points to pass through `Terminal.resize`, back to `moved` afterwards."""
        return [] if self.top is None else [(self.first_line, 0)]

    def moved(self, points: Sequence[Point]) -> None:
        """Reflow has taken the points of `anchors` to these places. `when_changed` isn't called."""
        if not self._terminal.alternate:
            self._place(points[0][0] if points else self._terminal.screen_top)
