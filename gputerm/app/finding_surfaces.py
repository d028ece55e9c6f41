"""The surfaces of searching and of vi mode in one window, made when they are needed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.view import View
    from gputerm.view.surfaces import Surface, Surfaces


class FindingSurfaces:
    """What a window shows of its pane's search and vi mode, besides the marks in the text."""

    def __init__(self, surfaces: Surfaces) -> None:
        self._surfaces = surfaces
        self._added: dict[str, Surface] = {}

    def follow(self, view: View) -> None:
        """Show what there is of another view."""
        for surface in self._added.values():
            self._surfaces.remove(surface)
        self._added.clear()
        if view.searching:
            self.have_search_bar(view)
        if view.in_vi_mode:
            self.have_line_indicator(view)

    def have_search_bar(self, view: View) -> None:
        """Have a row for the view's search while the user searches."""

        def make() -> Surface:
            from gputerm.view.search_bar import SearchBar  # which a start doesn't need

            return SearchBar(view.search)

        self._have("search bar", make)

    def have_line_indicator(self, view: View) -> None:
        """Say where the cursor of vi mode is while there is one."""

        def make() -> Surface:
            from gputerm.view.line_indicator import LineIndicator

            return LineIndicator(view.vi)

        self._have("line indicator", make)

    def _have(self, name: str, make: Callable[[], Surface]) -> None:
        if name not in self._added:
            self._added[name] = make()
            self._surfaces.add(self._added[name], lowest=True)
