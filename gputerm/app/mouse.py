"""The mouse in one window: reports to the program, selection, scrolling, pasting.

Who gets an event is decided as in Alacritty and xterm: the program when it tracks the mouse, unless
Shift is held; otherwise the user selects and scrolls. Positions arrive in pixels of the window.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.app.perform import perform
from gputerm.input import Button, Mods, MouseEvent, MouseKind, encode_alternate_scroll
from gputerm.view import SelectionKind, Side

if TYPE_CHECKING:
    from gputerm.app.interfaces import PaneWindow
    from gputerm.view.hints import HintTarget
    from gputerm.vt import Snapshot

#: Presses on the same cell within this time make a double or triple click.
MULTI_CLICK = 0.4

#: While a selection is dragged past the edge the view scrolls a line this often.
AUTOSCROLL_INTERVAL = 0.015

#: Pixels beyond the edge for each further line of an autoscroll step.
AUTOSCROLL_STEP_PX = 20

#: Seconds after a window was opened.
_LOOKS_AFTER = 0.5

#: The lowest button held names a motion.
_DRAG_ORDER = (Button.LEFT, Button.MIDDLE, Button.RIGHT)


class Pointer:
    """What the mouse does in one Window."""

    def __init__(self, window: PaneWindow) -> None:
        self._window = window
        self._x = self._y = 0  # where it is, in window pixels
        self._held: set[Button] = set()
        self._told: set[Button] = set()  # pressed, and the program knows
        self._over = False  # the window, as far as we know
        self._mods = Mods.NONE  # at the last event
        self._link: HintTarget | None = None  # under the pointer, as last looked for
        self._link_place: tuple[int, int] | None = None
        self._selecting = False
        self._clicks = 0
        self._unselected = False  # the last press dropped a selection
        #: From then on it is looked for links: what that takes at first would hold up the start.
        self.looks_from = time.monotonic() + _LOOKS_AFTER
        self._missed_look = False  # the pointer came before
        self._last_press: tuple[float, tuple[int, int]] | None = None
        self._wheel_rest = [0.0, 0.0]  # parts of a line not yet scrolled: across, down
        self._autoscroll_at: float | None = None

    # ── where ────────────────────────────────────────────────────────────────────────────────────

    def _inside(self) -> tuple[float, float]:
        """Pixels from the pane's top left."""
        left, top = self._window.text_area.padding
        return self._x - left, self._y - top

    def _place(self) -> tuple[int, int]:
        """(row, column) of the viewport, or in the rows beside it; clamped to all of these."""
        x, y = self._inside()
        width, height = self._window.text_area.cell_size
        terminal, surfaces = self._window.pane.terminal, self._window.surfaces
        row = min(max(int(y // height), -surfaces.above), terminal.lines + surfaces.below - 1)
        column = min(max(int(x // width), 0), terminal.columns - 1)
        return row, column

    def _cell(self) -> tuple[int, int]:
        """(row of the viewport, column), clamped to the pane."""
        row, column = self._place()
        return min(max(row, 0), self._window.pane.terminal.lines - 1), column

    def _point(self) -> tuple[int, int]:
        """(stable line, column) under the pointer."""
        row, column = self._cell()
        return self._window.pane.view.viewport.line_at(row), column

    def _side(self) -> Side:
        x, _ = self._inside()
        width = self._window.text_area.cell_size[0]
        columns = self._window.pane.terminal.columns
        if x < 0:
            return Side.LEFT
        if x >= columns * width:
            return Side.RIGHT
        return Side.LEFT if x % width < width / 2 else Side.RIGHT

    def _event(self, kind: MouseKind, button: Button, mods: Mods) -> MouseEvent:
        row, column = self._cell()
        x, y = self._inside()
        terminal = self._window.pane.terminal
        width, height = self._window.text_area.cell_size
        return MouseEvent(
            kind,
            button,
            row,
            column,
            min(max(int(x), 0), terminal.columns * width - 1),
            min(max(int(y), 0), terminal.lines * height - 1),
            mods,
        )

    def _report(self, kind: MouseKind, button: Button, mods: Mods) -> bool:
        """Tell the program; True when the event is its own, reported or not."""
        pane = self._window.pane
        # A scrolled-back view shows lines that the program doesn't know.
        if not self._is_programs(mods) or pane.view.viewport.top is not None:
            return False
        pane.typing.mouse(self._event(kind, button, mods))
        return True

    # ── events ───────────────────────────────────────────────────────────────────────────────────

    def pressed(self, button: Button, x: int, y: int, mods: Mods, now: float) -> None:
        """A button went down at pixel (x, y)."""
        self._x, self._y = x, y
        if self._window.surfaces.click(*self._place()):
            return
        self._held.add(button)
        if self._report(MouseKind.PRESS, button, mods):
            self._told.add(button)
            return
        match button:
            case Button.LEFT:
                self._start_selection(mods, now)
            case Button.MIDDLE:
                perform(self._window, Action.PASTE_SELECTION)
            case Button.RIGHT:
                if self._window.pane.view.selection is not None:
                    self._selecting = True
                    self._drag()

    def _start_selection(self, mods: Mods, now: float) -> None:
        view, point = self._window.pane.view, self._point()
        again = (
            self._last_press is not None
            and now - self._last_press[0] < MULTI_CLICK
            and self._last_press[1] == point
        )
        self._clicks = self._clicks % 3 + 1 if again else 1
        self._last_press = (now, point)
        self._selecting = True
        if mods & Mods.SHIFT and view.selection is not None and self._clicks == 1:
            self._drag()
            return
        self._unselected = bool(view.selected_text())
        kind = (SelectionKind.SIMPLE, SelectionKind.WORD, SelectionKind.LINES)[self._clicks - 1]
        if self._clicks == 1 and mods & Mods.CTRL:
            kind = SelectionKind.BLOCK
        if self._clicks == 3 and mods & Mods.CTRL and self._select_output(point[0]):
            return
        view.select(kind, point, self._side())
        self._take_vi_cursor(point)

    def _select_output(self, line: int) -> bool:
        """Select what the command that a line belongs to has written, if anything."""
        from gputerm.view.prompts import command_at, select_output

        pane = self._window.pane
        if not select_output(pane.view, pane.terminal, command_at(pane.terminal, line)):
            return False
        self._selecting = False  # A drag would make other lines of it.
        self._window.desktop.selected()
        return True

    def _moves_cursor(self, button: Button, mods: Mods) -> bool:
        """Whether this was a click in what is typed at a prompt; the cursor is then sent there."""
        view, terminal = self._window.pane.view, self._window.pane.terminal
        if button is not Button.LEFT or mods or self._clicks != 1 or self._unselected:
            return False
        if view.viewport.top is not None or view.in_vi_mode or view.selected_text():
            return False
        if not terminal.blocks.current:
            return False
        from gputerm.view.prompts import steps_to

        if not (steps := steps_to(terminal, self._point())):
            return False
        arrow = Button.WHEEL_RIGHT if steps > 0 else Button.WHEEL_LEFT
        app_cursor = terminal.key_options.app_cursor
        self._window.pane.typing.send(
            encode_alternate_scroll(arrow, abs(steps), app_cursor=app_cursor)
        )
        return True

    def released(self, button: Button, x: int, y: int, mods: Mods) -> None:
        """A button came up at pixel (x, y)."""
        self._x, self._y = x, y
        self._held.discard(button)
        if self._selecting and button in (Button.LEFT, Button.RIGHT):
            self._selecting = False
            self._autoscroll_at = None
            if self._opens_link(button, mods) or self._moves_cursor(button, mods):
                return
            self._window.desktop.selected()
            return
        if button in self._told:
            # Whatever has happened since: for the program it is pressed until we say otherwise.
            self._told.discard(button)
            self._window.pane.typing.mouse(self._event(MouseKind.RELEASE, button, mods))

    def moved(self, x: int, y: int, mods: Mods, now: float) -> None:
        """The pointer is at pixel (x, y)."""
        self._x, self._y = x, y
        self._over = True
        self._mods = mods
        window = self._window
        self._follow_link()
        window.owner.display.set_pointer(self._shape())
        if self._selecting:
            self._drag()
            if self._beyond() and self._autoscroll_at is None:
                self._autoscroll_at = now
                window.woken()
            return
        button = next((held for held in _DRAG_ORDER if held in self._held), Button.NONE)
        if button is Button.NONE and window.surfaces.covers(*self._place()):
            return
        self._report(MouseKind.MOTION, button, mods)

    def _shape(self) -> str:
        surfaces, place = self._window.surfaces, self._place()
        if self._link is not None or surfaces.area_at(*place) is not None:
            return "hand"
        if self._tracked or surfaces.covers(*place):
            return "arrow"
        return "text"

    def left(self) -> None:
        """The pointer is over another window."""
        self._over = False
        self._link_place = None
        if self._link is not None:
            self._link = None
            self._window.finding.preview(None, 0)
            self._window.presenter.damage()

    # ── links ────────────────────────────────────────────────────────────────────────────────────

    def find_link(self, snapshot: Snapshot) -> HintTarget | None:
        """The link, or what else a hint finds, under the pointer in what is about to be painted."""
        self._link = None
        place, finding = self._place(), self._window.finding
        if (
            self._over
            and not self._is_programs(self._mods)
            and not self._window.surfaces.covers(*place)
        ):
            if time.monotonic() >= self.looks_from:
                self._link = finding.at(self._window.pane, snapshot, place)
            elif not self._missed_look:
                self._missed_look = True
                self._window.woken()
        finding.preview(self._link, place[0])
        return self._link

    def _is_programs(self, mods: Mods) -> bool:
        """Whether the program tracks the mouse, and the user doesn't overrule that by Shift."""
        return self._tracked and not mods & Mods.SHIFT

    @property
    def _tracked(self) -> bool:
        pane = self._window.pane
        return pane.typing.wants_mouse and not pane.view.in_vi_mode

    def _follow_link(self) -> None:
        """Underline the link that the pointer came to, not the one it left."""
        if (place := self._place()) == self._link_place:
            return
        self._link_place = place
        before = self._link
        if self.find_link(self._window.pane.view.snapshot()) != before:
            self._window.presenter.damage()

    def _opens_link(self, button: Button, mods: Mods) -> bool:
        """Whether a release ends a click on a link, with what is to be held, rather than a drag;
        then it is opened."""
        view = self._window.pane.view
        if button is not Button.LEFT or self._clicks != 1 or self._unselected:
            return False
        self.looks_from = 0.0
        link = self.find_link(view.snapshot())
        wanted = link.hint.mouse if link is not None else None
        if link is None or wanted is None or mods & wanted != wanted or view.selected_text():
            return False
        from gputerm.app.hinting import act  # which a start doesn't need

        view.clear_selection()
        act(self._window, link)
        return True

    # ── wheel ────────────────────────────────────────────────────────────────────────────────────

    def wheel(self, across: float, down: float, mods: Mods) -> None:
        """The wheel turned: steps to the right and towards the user (fractions for touchpads)."""
        window = self._window
        pane = window.pane
        if self._is_programs(mods) and pane.view.viewport.top is None:
            for button in self._wheel_steps(across, down, 1):
                self._report(MouseKind.PRESS, button, mods)
            return
        steps = self._wheel_steps(across, down, window.config.scrolling.multiplier)
        terminal = pane.terminal
        arrows = terminal.mouse_options.alternate_scroll and not pane.view.in_vi_mode
        if arrows and not mods & Mods.SHIFT:
            app_cursor = terminal.key_options.app_cursor
            for button in steps:
                pane.far_end.write(encode_alternate_scroll(button, 1, app_cursor=app_cursor))
            return
        lines = steps.count(Button.WHEEL_UP) - steps.count(Button.WHEEL_DOWN)
        pane.view.viewport.scroll_lines(lines)

    def _wheel_steps(self, across: float, down: float, multiplier: int) -> list[Button]:
        """Whole steps; the rest is kept for the next event."""
        steps: list[Button] = []
        buttons = ((Button.WHEEL_LEFT, Button.WHEEL_RIGHT), (Button.WHEEL_UP, Button.WHEEL_DOWN))
        for axis, amount in enumerate((across, down)):
            total = self._wheel_rest[axis] + amount * multiplier
            whole = math.trunc(total)
            self._wheel_rest[axis] = total - whole
            steps += [buttons[axis][whole > 0]] * abs(whole)
        return steps

    def _drag(self) -> None:
        """Move the free end of the selection here; the program may have wiped it out meanwhile."""
        point = self._point()
        self._window.pane.view.extend_selection(point, self._side())
        self._take_vi_cursor(point)

    def _take_vi_cursor(self, point: tuple[int, int]) -> None:
        view = self._window.pane.view
        if view.in_vi_mode:
            view.vi.put(point)

    # ── dragging past the edge ───────────────────────────────────────────────────────────────────

    def _beyond(self) -> int:
        """Lines to scroll at each step, up positive; 0 while the pointer is over the text."""
        _, y = self._inside()
        height = self._window.pane.terminal.lines * self._window.text_area.cell_size[1]
        if y < 0:
            return 1 + int(-y // AUTOSCROLL_STEP_PX)
        if y >= height:
            return -1 - int((y - height) // AUTOSCROLL_STEP_PX)
        return 0

    def next_deadline(self) -> float:
        """When the next autoscroll step or a look for links is due; infinity when none is."""
        look = self.looks_from if self._missed_look else math.inf
        return min(self._autoscroll_at if self._autoscroll_at is not None else math.inf, look)

    def tick(self, now: float) -> None:
        """Scroll along with a selection dragged past the edge; make up for a look."""
        if self._missed_look and now >= self.looks_from:
            self._missed_look, self._link_place = False, None
            self._follow_link()
        if self._autoscroll_at is None or now < self._autoscroll_at:
            return
        lines = self._beyond()
        if not self._selecting or not lines:
            self._autoscroll_at = None
            return
        self._window.pane.view.viewport.scroll_lines(lines)
        self._drag()
        self._autoscroll_at = now + AUTOSCROLL_INTERVAL
