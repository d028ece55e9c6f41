"""The surfaces of searching, of vi mode and of hints in one window, made when they are needed
first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.config import Config
    from gputerm.pane.pane import Pane
    from gputerm.view import View
    from gputerm.view.hint_labels import HintLabels
    from gputerm.view.hints import Hint, HintTarget, Hover
    from gputerm.view.link_preview import LinkPreview
    from gputerm.view.surfaces import Surface, Surfaces
    from gputerm.vt import Snapshot, Terminal


class FindingSurfaces:
    """What a window shows of its pane's search, vi mode and hints, besides the marks in the
    text."""

    def __init__(self, surfaces: Surfaces, config: Config) -> None:
        self._surfaces = surfaces
        self._added: dict[str, Surface] = {}
        self._labels: HintLabels | None = None
        self._preview: LinkPreview | None = None
        self._hover: Hover | None = None
        self.configure(config)

    def configure(self, config: Config) -> None:
        """Follow the hints of another configuration."""
        self._config = config
        self._hints: tuple[Hint, ...] | None = None
        self._pointed = any(hint.mouse and hint.mouse.enabled for hint in config.hints.shown)
        self.end_hints()

    def follow(self, view: View) -> None:
        """Show what there is of another view."""
        self.end_hints()
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

    def have_command_line(self, view: View, terminal: Terminal) -> None:
        """Keep the command line of output in sight that is scrolled through, if that is wanted."""

        def make() -> Surface:
            from gputerm.view.command_line import CommandLine

            return CommandLine(view, terminal)

        if self._config.scrolling.command_line:
            self._have("command line", make)
        elif (surface := self._added.pop("command line", None)) is not None:
            self._surfaces.remove(surface)

    def _have(self, name: str, make: Callable[[], Surface]) -> None:
        if name not in self._added:
            self._added[name] = make()
            self._surfaces.add(self._added[name], lowest=True)

    # ── hints ────────────────────────────────────────────────────────────────────────────────────

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What is looked for."""
        if self._hints is None:
            from gputerm.configured.hints import hints_of

            self._hints = hints_of(self._config)
        return self._hints

    def label(
        self, pane: Pane, hints: Sequence[Hint], chosen: Callable[[HintTarget], object]
    ) -> None:
        """Have the user choose what some hints find, if that is anything."""
        from gputerm.view.hint_labels import HintLabels

        self.end_hints()
        alphabet = self._config.hints.alphabet
        self._labels = HintLabels(pane.view, pane.terminal, hints, alphabet, chosen)
        self._surfaces.add(self._labels)

    def end_hints(self) -> None:
        """Label nothing any more."""
        if self._labels is not None:
            self._surfaces.remove(self._labels)
            self._labels = None

    def at(self, pane: Pane, snapshot: Snapshot, place: tuple[int, int]) -> HintTarget | None:
        """What a hint that the mouse serves finds at a (row, column)."""
        if not self._pointed:
            return None
        if self._hover is None:
            from gputerm.view.hints import Hover  # with the first look at text under the pointer

            self._hover = Hover()
        return self._hover.at(pane.terminal, snapshot, self.hints, place)

    def preview(self, target: HintTarget | None, row: int) -> None:
        """Say where the link under the pointer, in `row`, leads."""
        if self._preview is None:
            if target is None:
                return
            from gputerm.view.link_preview import LinkPreview

            self._preview = LinkPreview()
            self._surfaces.add(self._preview, lowest=True)
        self._preview.say(target.text if target is not None else "", row)
