"""What gputerm itself shows over and beside a pane: surfaces of cells, in a stack. No pixels, no
window.

    Surface ─ lay_out ─▶ Laid: cells for the overlay, areas for the mouse
    keys, text ─▶ the topmost surface that takes them, then bindings, then the program
    clicks     ─▶ the topmost surface on the cell, then selection and the program

A surface beside the pane has rows of the window to itself, which the pane then lacks. Rows are
always the viewport's: those above the pane are negative, those below it follow its last.

A surface that has nothing to show is not `shown` and costs nothing. One that changes says so by
`changed`, and whoever paints the stack hears of it: nobody else has to.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from gputerm.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.input.keys import KeyEvent
    from gputerm.view.overlay import TextCells

CellColors: TypeAlias = tuple[int, int]  #: (text, ground), as words of cells (vt/core/cells.py)


class SurfaceColors(Record):
    """What surfaces are coloured with; the two of each pair can be told apart."""

    alarm: CellColors  #: something has gone wrong
    notice: CellColors  #: something is asked or offered
    footer: CellColors = (0, 0)  #: where the user types, and targets of links
    indicator: CellColors = (0, 0)  #: where the cursor of vi mode is
    label: CellColors = (0, 0)  #: the first character of a hint's label
    label_rest: CellColors = (0, 0)  #: the others


class Edge(Enum):
    """Where rows beside a pane lie."""

    TOP = "top"
    BOTTOM = "bottom"


class Room(Record):
    """What a surface may lay itself out in: whole rows."""

    top: int  #: the first free row
    bottom: int  #: the row after the last free one
    columns: int
    cursor_row: int  #: where the user looks; may be outside
    colors: SurfaceColors

    @property
    def lines(self) -> int:
        """How many rows are free, one at least."""
        return self.bottom - self.top


class Area(Record):
    """Cells [start, stop) of a row that do something when they are clicked."""

    row: int
    start: int
    stop: int
    clicked: Callable[[], object]


class Laid(Record):
    """A surface in its place. What its cells don't cover isn't its."""

    texts: tuple[TextCells, ...] = ()  #: none overlaps another
    areas: tuple[Area, ...] = ()

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell is one of the surface's."""
        return any(text.row == row and text.start <= column < text.stop for text in self.texts)

    def area_at(self, row: int, column: int) -> Area | None:
        """What a click on the cell means."""
        for area in self.areas:
            if area.row == row and area.start <= column < area.stop:
                return area
        return None


NOTHING = Laid()


class Surface:
    """Something of our own that can be shown. It calls `changed` when any of this has changed."""

    edge: Edge | None = None  #: where it has rows beside the pane; None: it lies over the pane

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None  #: set by the stack

    @property
    def shown(self) -> bool:
        """Whether there is anything to show."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """How many rows it wants beside the pane; in a small window it gets fewer."""
        return 1

    @property
    def takes_keys(self) -> bool:
        """Whether the keyboard is its while it is shown. May change when it is laid out."""
        return False

    def lay_out(self, room: Room) -> Laid:
        """What it looks like now; called for each frame while it is shown.

        Beside the pane the room is what it got of its `rows`. Over it, rows that it fills from side
        to side at an edge of the room are taken from the surfaces under it; other cells of theirs
        it hides.
        """
        raise NotImplementedError

    def key(self, event: KeyEvent) -> bool:
        """A key went down or repeats. False: it may be a binding's, though not the program's."""
        return True

    def text(self, text: str) -> None:
        """An input method committed text."""

    def paste(self, text: str) -> None:
        """The user pasted or dropped a text while the keyboard was its. Most have no use for it."""

    def program_ended(self) -> None:
        """The pane's program has ended. The window may stay."""

    def close(self) -> None:
        """The window closes; nothing is shown any more."""


class Surfaces:
    """The surfaces of one pane. Over it, those that were added later lie above the others; beside
    it, nearer to it."""

    def __init__(self, when_changed: Callable[[], None]) -> None:
        """`when_changed` is called when anything may look different, or `unsettled`."""
        self.above = self.below = 0  #: rows beside the pane
        self.keyboard: Surface | None = None  #: whose keys and text are; None: nobody's here
        self._when_changed = when_changed
        self._all: list[Surface] = []
        self._shown: list[Surface] = []  # topmost first
        self._beside: list[tuple[Surface, int]] = []  # those beside the pane, and rows they wanted
        self._taken: list[tuple[Surface, int]] = []  # … and got; the outermost first
        self._lines = 0  # of the pane, if there are rows beside it
        self._laid: list[tuple[Surface, Laid]] = []  # as last laid out, topmost first

    def add(self, surface: Surface, *, lowest: bool = False) -> None:
        """Have a surface in the stack, above those that are, or under them."""
        self._all.insert(len(self._all) if lowest else 0, surface)
        surface.changed = self._changed
        if surface.shown:
            self._changed()

    def remove(self, surface: Surface) -> None:
        """Have it in the stack no longer."""
        self._all.remove(surface)
        surface.changed = lambda: None
        self._laid = [(one, laid) for one, laid in self._laid if one is not surface]
        self._changed()

    def _changed(self) -> None:
        self._shown = [surface for surface in self._all if surface.shown]
        self._laid = [(surface, laid) for surface, laid in self._laid if surface.shown]
        self._give_keyboard()
        self._when_changed()

    def _give_keyboard(self) -> None:
        self.keyboard = next((surface for surface in self._shown if surface.takes_keys), None)

    # ── rows beside the pane ─────────────────────────────────────────────────────────────────────

    def _wanted(self) -> list[tuple[Surface, int]]:
        return [(one, one.rows) for one in reversed(self._shown) if one.edge is not None]

    @property
    def unsettled(self) -> bool:
        """Whether `take_rows` would take others now."""
        return self._wanted() != self._beside

    def take_rows(self, lines: int) -> int:
        """Take rows of a window that has so many; how many are left for the pane, one at least."""
        self._beside = self._wanted()
        self._taken = []
        left = lines - 1
        for surface, rows in self._beside:
            self._taken.append((surface, min(rows, left)))
            left -= min(rows, left)
        self.above = sum(rows for surface, rows in self._taken if surface.edge is Edge.TOP)
        self.below = sum(rows for surface, rows in self._taken if surface.edge is Edge.BOTTOM)
        self._lines = left + 1
        return self._lines

    def _lay_out_beside(self, lines: int, columns: int, colors: SurfaceColors) -> None:
        top, bottom = -self.above, lines + self.below
        for surface, rows in self._taken:
            if surface.edge is Edge.TOP:
                start, top = top, top + rows
            else:
                start = bottom = bottom - rows
            if rows:
                room = Room(start, start + rows, columns, start - 1, colors)
                self._laid.append((surface, surface.lay_out(room)))

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def lay_out(
        self, lines: int, columns: int, cursor_row: int, colors: SurfaceColors
    ) -> tuple[TextCells, ...]:
        """All of them around a viewport of lines × columns, lower ones first."""
        if not self._shown:
            return ()
        top, bottom = 0, lines
        self._laid = []
        self._lay_out_beside(lines, columns, colors)
        for surface in self._shown:
            if surface.edge is not None:
                continue
            laid = surface.lay_out(Room(top, bottom, columns, cursor_row, colors))
            self._laid.append((surface, laid))
            taken = {text.row for text in laid.texts if (text.start, text.stop) == (0, columns)}
            while top in taken:
                top += 1
            while bottom - 1 in taken:
                bottom -= 1
            if top >= bottom:
                break
        self._give_keyboard()
        return tuple(text for _, laid in reversed(self._laid) for text in laid.texts)

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell isn't the pane's."""
        beside = row < 0 or (self.below > 0 and row >= self._lines)
        return beside or self._at(row, column) is not None

    def area_at(self, row: int, column: int) -> Area | None:
        """What a click on the cell would do, if it is a surface's and does anything."""
        laid = self._at(row, column)
        return laid.area_at(row, column) if laid is not None else None

    def click(self, row: int, column: int) -> bool:
        """A button went down on a cell; True when the click was a surface's."""
        if (area := self.area_at(row, column)) is not None:
            area.clicked()
            return True
        return self.covers(row, column)

    def _at(self, row: int, column: int) -> Laid | None:
        """The topmost surface on a cell, as last laid out."""
        return next((laid for _, laid in self._laid if laid.covers(row, column)), None)

    def program_ended(self) -> None:
        """The pane's program has ended."""
        for surface in self._all:
            surface.program_ended()

    def close(self) -> None:
        """The window closes."""
        for surface in self._all:
            surface.close()
