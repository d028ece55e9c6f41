"""What the user sees and has marked of one terminal: a viewport, a selection, a search,
a cursor in vi mode.

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

    from gputerm.finding.finder import Match
    from gputerm.finding.slices import Aside
    from gputerm.view.search import Search
    from gputerm.view.vi_mode import ViMode
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
        self._vi: ViMode | None = None
        self.viewport = Viewport(terminal, self._scrolled)
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

    def toggle_selection(self, kind: SelectionKind) -> None:
        """Begin a selection at the cursor of vi mode; give the one that there is another kind, or
        drop it if it has that."""
        if self._selection is None or self._selection.range is None:
            self._selection = None
            self.select(kind, self.vi.point, Side.LEFT)
        elif self._selection.kind is kind:
            self.clear_selection()
            return
        assert self._selection is not None
        self._selection.cover(self.vi.point, kind)

    def _select_to_cursor(self) -> None:
        """What is selected ends at the cursor of vi mode."""
        if self._selection is not None and self._selection.range is not None:
            self._selection.cover(self.vi.point)
        self._when_changed()

    def clear_selection(self) -> None:
        """Select nothing."""
        if self._selection is not None:
            self._selection = None
            self._when_changed()

    @property
    def vi(self) -> ViMode:
        """Vi mode, be it on or off."""
        if self._vi is None:
            from gputerm.view.vi_mode import ViMode  # which a start doesn't need

            self._vi = ViMode(
                self._terminal,
                self.viewport,
                separators=lambda: self.word_separators,
                when_moved=self._select_to_cursor,
            )
        return self._vi

    @property
    def in_vi_mode(self) -> bool:
        """Whether the user moves the cursor of vi mode."""
        return self._vi is not None and self._vi.active

    def toggle_vi_mode(self) -> None:
        """Enter vi mode with nothing selected, or leave it with no match marked."""
        if self.searching:
            self.search.end()
        if not self.in_vi_mode:
            self.clear_selection()
        elif self._search is not None:
            self._search.end()
        self.vi.toggle()

    def scroll_pages(self, count: int) -> None:
        """Scroll by whole screens, up if positive, and take the cursor of vi mode along."""
        if self.in_vi_mode:
            self.vi.scroll(count * self._terminal.lines)
        else:
            self.viewport.scroll_pages(count)

    def scroll_half_pages(self, count: int) -> None:
        """Scroll by half screens."""
        if self.in_vi_mode:
            self.vi.scroll(count * max(self._terminal.lines // 2, 1))
        else:
            self.viewport.scroll_half_pages(count)

    def scroll_to_end(self, *, top: bool) -> None:
        """Show the oldest lines or the live screen; the cursor of vi mode goes there too."""
        if self.in_vi_mode:
            self.vi.to_end(top=top)
        elif top:
            self.viewport.to_top()
        else:
            self.viewport.to_bottom()

    def _scrolled(self) -> None:
        if self.in_vi_mode:
            self.vi.keep_in_sight()
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
            self._search.when_focused = self._focused
        return self._search

    @property
    def searching(self) -> bool:
        """Whether the user types what to search for."""
        return self._search is not None and self._search.active

    @property
    def marked_search(self) -> Search | None:
        """The search, if it marks matches."""
        return self._search if self._search is not None and self._search.marks else None

    def _focused(self, match: Match | None) -> None:
        """The search has come to a match; its cursor in vi mode goes there, or back."""
        if not self.in_vi_mode:
            return
        if match is not None:
            self.vi.goto_match(match, at_stop=self.vi.seeks_stop)
        elif self.searching:
            self.vi.goto(self.search.origin)
        self.vi.seeks_stop = False

    def end_search(self) -> bool:
        """End the search and select the match in focus; whether there was one."""
        if (match := self.search.focus) is not None:
            line, column = match.stop
            self.select(SelectionKind.SIMPLE, match.start, Side.LEFT)
            self.extend_selection((line, column - 1), Side.RIGHT)
        self.search.end()
        return match is not None

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
            for holder in (self.viewport, self._selection, self._search, self._vi)
            if holder is not None
        ]
        anchors = [holder.anchors() for holder in holders]
        moved = change([point for points in anchors for point in points])
        for holder, points in zip(holders, anchors, strict=True):
            holder.moved(moved[: len(points)])
            del moved[: len(points)]
        if self.in_vi_mode:
            self.viewport.show(self.vi.point[0])
        self._when_changed()
