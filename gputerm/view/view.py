"""What the user sees and has marked of one terminal: a viewport, a selection, a search.

They hold stable lines, so a change of width takes them along: the terminal is resized and reflowed
here and not elsewhere. Whoever shows the view is told through `when_changed`, whoever changes it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gputerm.finding.slices import at_once
from gputerm.view.selection import SEPARATORS, Selection, SelectionKind, Side
from gputerm.view.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.finding.slices import Aside
    from gputerm.view.search import Search
    from gputerm.vt import Point, Snapshot, Terminal


class View:
    """One view of a terminal."""

    def __init__(
        self,
        terminal: Terminal,
        when_changed: Callable[[], None] = lambda: None,
        aside: Aside = at_once,
    ) -> None:
        """`when_changed` is called when the viewport has moved or something else is marked; what
        takes long is done `aside`.
        """
        self._terminal = terminal
        self._when_changed = when_changed
        self._aside = aside
        self._search: Search | None = None
        self.viewport = Viewport(terminal, when_changed)
        self._selection: Selection | None = None
        self.word_separators = SEPARATORS  #: the characters that end a word; for new selections

    @property
    def selection(self) -> Selection | None:
        """What is selected, if anything is."""
        return self._selection

    def select(self, kind: SelectionKind, point: Point, side: Side) -> None:
        """Begin a selection at a (stable line, column)."""
        self._selection = Selection(
            self._terminal, kind, point, side, separators=self.word_separators
        )
        self._when_changed()

    def extend_selection(self, point: Point, side: Side) -> None:
        """Move the free end of the selection, if there is one, to a (stable line, column)."""
        if self._selection is not None:
            self._selection.update(point, side)
            self._when_changed()

    def clear_selection(self) -> None:
        """Select nothing."""
        if self._selection is not None:
            self._selection = None
            self._when_changed()

    @property
    def search(self) -> Search:
        """The user's search."""
        if self._search is None:
            from gputerm.view.search import Search  # which a start doesn't need

            self._search = Search(
                self._terminal,
                self.viewport,
                when_changed=self._when_changed,
                reflow=self.reflow,
                aside=self._aside,
            )
        return self._search

    @property
    def searching(self) -> bool:
        """Whether the user types what to search for."""
        return self._search is not None and self._search.active

    @property
    def marked_search(self) -> Search | None:
        """The search, if it marks matches."""
        return self._search if self._search is not None and self._search.marks else None

    def end_search(self) -> None:
        """End the search and select the match in focus."""
        if (match := self.search.focus) is not None:
            line, column = match.stop
            self.select(SelectionKind.SIMPLE, match.start, Side.LEFT)
            self.extend_selection((line, column - 1), Side.RIGHT)
        self.search.end()

    def fed(self) -> None:
        """The program has written something."""
        self.check_selection()
        if self._search is not None:
            self._search.changed()

    def check_selection(self) -> None:
        """Drop a selection whose text is no longer there."""
        if self._selection is not None and not self._selection.intact():
            self.clear_selection()

    def selected_text(self) -> str:
        """What is selected; "" when nothing is."""
        if self._selection is None:
            return ""
        while (selected := self._selection.range) is not None:
            stop = selected.stop[0] + 1
            if self._terminal.reflow_stop(stop) <= selected.start[0]:
                break
            self._reflow_before(stop)
        return self._selection.text()

    def resize(self, lines: int, columns: int) -> None:
        """Give the terminal another size; `reflow` has the rest of its history to do."""
        self._take_along(lambda points: self._terminal.resize(lines, columns, points))

    def reflow(self, deadline: float) -> None:
        """Reflow lines of history until `deadline` (monotonic seconds), a slice at least."""
        while self._terminal.reflowing:
            self._reflow_before(None)
            if time.monotonic() >= deadline:
                break

    def snapshot(self) -> Snapshot:
        """What the viewport shows, reflowed if it isn't yet."""
        terminal, viewport = self._terminal, self.viewport
        while (top := viewport.top) is not None:
            bottom = top + terminal.lines
            if terminal.reflow_stop(bottom) <= top:
                break
            self._reflow_before(bottom)
        return terminal.snapshot(viewport.top)

    def _reflow_before(self, line: int | None) -> None:
        self._take_along(lambda points: self._terminal.reflow(line, points))

    def _take_along(self, change: Callable[[list[Point]], list[Point]]) -> None:
        """Change the terminal in a way that takes points elsewhere."""
        holders = [
            holder
            for holder in (self.viewport, self._selection, self._search)
            if holder is not None
        ]
        anchors = [holder.anchors() for holder in holders]
        moved = change([point for points in anchors for point in points])
        for holder, points in zip(holders, anchors, strict=True):
            holder.moved(moved[: len(points)])
            del moved[: len(points)]
