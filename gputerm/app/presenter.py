"""Frames of one window: when one is due, what it is made of, how it is shown.

    View.snapshot ─┐
    overlay ───────┼─▶ Canvas.draw ─▶ present ─▶ swap, or a part of the window
    blinking ──────┘

Times are monotonic seconds. What draws directs OpenGL to the window first.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from gputerm.app.pacer import FramePacer
from gputerm.configured.appearance import (
    look_of,
    search_colors,
    selection_colors,
    surface_colors,
    vi_cursor,
)
from gputerm.errors import GLError
from gputerm.view import INVERT, NO_OVERLAY, Overlay, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.app.perf_log import PerfLog
    from gputerm.config import Config
    from gputerm.pane.pane import Pane
    from gputerm.render.canvas import Canvas
    from gputerm.render.paint import Array
    from gputerm.text import Glyphs
    from gputerm.view.hints import HintTarget
    from gputerm.view.surfaces import Surfaces
    from gputerm.view.surrounded import Surrounded
    from gputerm.vt import Snapshot
    from gputerm.window.native import NativeWindow


class DrawingProcess(Protocol):
    """What a presenter asks of its process."""

    perf_log: PerfLog | None

    def make_current(self, native: NativeWindow) -> None: ...
    def report_once(self, lines: Sequence[str]) -> None: ...


class Presenter:
    """What one window shows: a pane, and over and beside it what gputerm has to say."""

    def __init__(
        self,
        number: int,
        owner: DrawingProcess,
        config: Config,
        *,
        native: NativeWindow,
        canvas: Canvas,
        pane: Pane,
        surfaces: Surfaces,
        glyphs: Glyphs,
        find_link: Callable[[Snapshot], HintTarget | None],
        when_due: Callable[[], None],
    ) -> None:
        """`find_link` finds what the pointer is over; `when_due` is called when a frame may have
        become due.
        """
        self.visible = True
        self.glyphs = glyphs
        self.pane = pane  #: what is shown; after a change it is to be given its size
        self._number = number
        self._owner = owner
        self._native = native
        self._canvas = canvas
        self._surfaces = surfaces
        self._find_link = find_link
        self._pacer = FramePacer(when_due)
        self._lost = False  # the window shows something else than the canvas
        self.restyle(config)

    # ── what changes the picture ─────────────────────────────────────────────────────────────────

    def damage(self) -> None:
        """Something visible may have changed."""
        self._pacer.damage()

    def output(self, size: int, now: float, *, more: bool) -> None:
        """The program wrote `size` bytes, parsed by `now`; `more` are waiting to be parsed."""
        self._pacer.output(size, now, more=more)

    def key_pressed(self, now: float) -> None:
        """The user typed: what comes next is drawn without delay."""
        self._pacer.key_pressed(now)

    def restyle(self, config: Config) -> None:
        """Paint with the colours of another configuration."""
        self._look = look_of(config)
        self._selection_colors = selection_colors(config)
        self._vi_cursor = vi_cursor(config)
        self._surface_colors = surface_colors(config)
        self._search_colors = search_colors(config)

    def resize(self, width: int, height: int, padding: tuple[int, int], glyphs: Glyphs) -> None:
        """Another size in pixels, padding or font; everything is painted anew."""
        self.glyphs = glyphs
        try:
            self._owner.make_current(self._native)
            self._canvas.resize(width, height, padding, glyphs)
        except GLError as error:  # the picture keeps its size
            self._owner.report_once([str(error)])
        self.expose()

    def expose(self) -> None:
        """The window system lost what the window showed."""
        self._lost = True
        self.damage()

    def forget(self) -> None:
        """Drawing may have failed half-way: paint everything anew."""
        self._canvas.forget()
        self.expose()

    # ── frames ───────────────────────────────────────────────────────────────────────────────────

    def due(self, now: float) -> float | None:
        """When the next frame is to be drawn; None: nothing has changed, or nobody sees it."""
        due = self._pacer.due() if self.visible else None
        if due is None:
            return None
        held = self.pane.held_until(now)
        return due if held is None else max(due, held)

    def is_due(self, now: float) -> bool:
        """Whether `draw` should be called now."""
        due = self.due(now)
        return due is not None and due <= now

    def open(self, activation_token: str | None) -> None:
        """Map the window with its first frame."""
        self._owner.make_current(self._native)
        # Painted before, so that what is shown first follows the mapping at once; shown after,
        # because nobody keeps what is drawn into a window that isn't mapped.
        self._paint(time.monotonic())
        self._native.show(activation_token=activation_token)
        self._lost = True
        self.draw()

    def draw(self) -> None:
        """Paint what changed and show it. Raises GLError when the window has been destroyed."""
        self._owner.make_current(self._native)
        pane, started = self.pane, time.monotonic()
        pane.far_end.pause()
        self._pacer.begin()
        shown = self._paint(started) or self._lost
        drawn = time.monotonic()
        if shown:
            self._show()
        if self._canvas.blinks:
            pane.blinking.text_blinks(started)
        ended = time.monotonic()
        if pane.received:  # The program's first output mustn't wait for an empty screen.
            self._pacer.drawn(started, ended)
        waited = pane.meter.frame(started, ended, pane.received, shown=shown)
        if shown and self._owner.perf_log is not None:
            self._owner.perf_log.frame(
                self._number,
                received=pane.received,
                parsing=pane.parsing,
                times=(started, self._canvas.painted, drawn, ended),
                waited=waited,
            )

    def _show(self) -> None:
        if self._native.shows_parts and not self._lost:
            self._native.show_part(*self._canvas.present(part=True))
        else:
            self._native.renew()
            self._canvas.present()
            self._native.swap()
        self._lost = False

    def picture(self) -> Array:
        """uint8[height, width, 4]: what the window shows, or would if it weren't covered."""
        self._owner.make_current(self._native)
        if self._paint(time.monotonic()):
            self.expose()  # The canvas is ahead of the window.
        return self._canvas.pixels()

    def _paint(self, now: float) -> bool:
        """Bring the canvas up to date; whether that changed it."""
        pane, surfaces = self.pane, self._surfaces
        snapshot = pane.view.snapshot()
        if pane.view.in_vi_mode:
            snapshot.cursor = pane.view.vi.seen(snapshot, *self._vi_cursor)
        overlay = self._overlay(snapshot, flashing=pane.blinking.flashing(now))
        seen: Snapshot | Surrounded = snapshot
        if surfaces.above or surfaces.below:
            from gputerm.view.surrounded import Surrounded  # seldom needed

            seen = Surrounded(snapshot, surfaces.above, surfaces.below)
            overlay = overlay.moved(surfaces.above)
        try:
            changed = self._canvas.draw(
                seen,
                overlay,
                focused=pane.focused,
                cursor_on=pane.blinking.cursor_on and not pane.view.searching,
                blink_on=pane.blinking.text_on,
                look=self._look,
            )
        except GLError as error:  # no memory for glyphs: what is shown stays
            self._owner.report_once([str(error)])
            return False
        if changed and self.glyphs.problems:
            self._owner.report_once(self.glyphs.problems)
        return changed

    def _overlay(self, snapshot: Snapshot, *, flashing: bool) -> Overlay:
        """What lies over the cells."""
        lines, columns = snapshot.lines, snapshot.columns
        link = self._find_link(snapshot)  # A surface says where it leads, so before they are laid.
        texts = self._surfaces.lay_out(lines, columns, snapshot.cursor.line, self._surface_colors)
        if flashing:
            flash = (Span(row, 0, columns, INVERT, INVERT) for row in range(lines))
            return Overlay.merged(flash).replace(texts=texts)
        selection = self.pane.view.selection
        search = self.pane.view.marked_search
        if link is None and selection is None and search is None and not texts:
            return NO_OVERLAY
        spans: list[Span] = list(link.spans(snapshot)) if link is not None else []
        if selection is not None:
            spans += selection.spans(snapshot.top, **self._selection_colors)
        if search is not None:
            spans += search.spans(snapshot, *self._search_colors)
        return Overlay.merged(spans).replace(texts=texts)

    def close(self) -> None:
        """Free the picture."""
        with suppress(GLError):  # Somebody else may have destroyed it; any context will do then.
            self._owner.make_current(self._native)
        self._canvas.close()
