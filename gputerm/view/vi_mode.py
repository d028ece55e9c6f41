"""Vi mode: a cursor of the user's own in history and screen, moved by keys.

The program goes on meanwhile and sees none of them. Cursor and viewport stay on their lines while
output comes. The cursor is a stable point: output doesn't change its number, a reflow takes it
along (`anchors`, `moved`), and what was evicted moves it to the oldest line. On the alternate
screen it moves on what is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gputerm.actions import Action
from gputerm.view.motions import MOTIONS, Ground, to_character, to_row
from gputerm.view.rows import last_line
from gputerm.vt.core.cells import CHAR, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.finding.finder import Match
    from gputerm.view.viewport import Viewport
    from gputerm.vt import Point, Snapshot, Terminal
    from gputerm.vt.snapshot import CursorView


class InlineSearch(NamedTuple):
    """What was last looked for in a line."""

    forward: bool
    short: bool  #: the cursor stops before the character
    character: str = ""  #: "" = still to be typed


class ViMode:
    """The vi mode of one View."""

    def __init__(
        self,
        terminal: Terminal,
        viewport: Viewport,
        *,
        separators: Callable[[], str],
        when_moved: Callable[[], None],
    ) -> None:
        """`separators` are asked for when it begins to look for words; `when_moved` is called when
        the cursor has been moved, and when the mode begins or ends."""
        self._terminal = terminal
        self._viewport = viewport
        self._separators = separators
        self._when_moved = when_moved
        self._point: Point = (0, 0)
        self._inline: InlineSearch | None = None
        self.active = False
        self.seeks_stop = False  #: it goes to the end of the match that is looked for
        self.when_toggled: Callable[[], None] = lambda: None  #: called when it begins or ends

    @property
    def _ground(self) -> Ground:
        return Ground(self._terminal, self._viewport.first_line, self._separators())

    @property
    def point(self) -> Point:
        """The cell of the cursor, (stable line, column)."""
        self._point = self._ground.clamped(self._point)
        return self._point

    @property
    def lines_back(self) -> int:
        """How many lines there are below the cursor's."""
        return last_line(self._terminal) - self.point[0]

    @property
    def lines_in_all(self) -> int:
        """How many lines it can be on."""
        ground = self._ground
        return ground.last - ground.first + 1

    def toggle(self) -> None:
        """Begin at the terminal's cursor, or the viewport's first cell if that is out of sight;
        or end."""
        self.active = not self.active
        self._inline = None
        if self.active:
            terminal, top = self._terminal, self._viewport.first_line
            line = terminal.cursor_line
            seen = top <= line < top + terminal.lines
            self._point = (line, terminal.cursor[1]) if seen else (top, 0)
        self._viewport.hold(self.active)
        self.when_toggled()
        self._when_moved()

    def seen(self, snapshot: Snapshot, shape: str | None, colors: tuple[int, int]) -> CursorView:
        """The cursor in what is shown, in its colours (CursorView); None: the terminal's shape."""
        line, column = self.point
        wide = bool(self._terminal.cells(line)[column, CHAR] & WIDE)
        return snapshot.cursor._replace(
            line=line - snapshot.top,
            column=column,
            visible=True,
            shape=shape or snapshot.cursor.shape,
            wide=wide,
            colors=colors,
        )

    # ── moving ───────────────────────────────────────────────────────────────────────────────────

    def goto(self, point: Point) -> None:
        """Move to a cell, wherever it is, and show it."""
        self._point = self._ground.clamped(point)
        self._viewport.show(self._point[0])
        self._when_moved()

    def goto_match(self, match: Match, *, at_stop: bool) -> None:
        """Move to the first character of a match, or to the last one."""
        line, column = match.stop
        self.goto((line, column - 1) if at_stop else match.start)

    def put(self, point: Point) -> None:
        """Be on a cell of the viewport that the user has pointed at; nothing is selected by
        that."""
        self._point = self._ground.clamped(point)

    def move(self, motion: Action) -> None:
        """One of MOTIONS."""
        self.goto(MOTIONS[motion](self._ground, self.point))

    def keep_in_sight(self) -> None:
        """The viewport has been scrolled: the cursor stays in it."""
        line, column = self.point
        top = self._viewport.first_line
        seen = min(max(line, top), top + self._terminal.lines - 1)
        if seen != line:
            self._point = self._ground.clamped((seen, column))
            self._when_moved()

    def scroll(self, lines: int) -> None:
        """Scroll, up if positive, and take the cursor along to where there is text."""
        self._point = to_row(self._ground, self.point[0] - lines)
        self._viewport.scroll_lines(lines)
        self.goto(self._point)

    def to_end(self, *, top: bool) -> None:
        """To the text of the oldest line or the last one."""
        ground = self._ground
        line = ground.first if top else ground.last
        while not top and ground.continued(line):
            line -= 1
        self.goto(to_row(ground, line))
        self._viewport.scroll_to(ground.first if top else ground.last)

    def center(self) -> None:
        """Scroll until the cursor is in the middle."""
        self._viewport.scroll_to(self.point[0] - max(self._terminal.lines // 2 - 1, 0))

    # ── looking for a character in the line ──────────────────────────────────────────────────────

    @property
    def awaits_character(self) -> bool:
        """Whether the next character typed is the one to look for."""
        return self._inline is not None and not self._inline.character

    def find_inline(self, *, forward: bool, short: bool) -> None:
        """Look for the character that is typed next; `short`: stop before it."""
        self._inline = InlineSearch(forward, short)

    def character(self, text: str) -> None:
        """The user has typed what to look for; "" = a key that types nothing calls it off."""
        assert self._inline is not None, "find_inline first"
        if not text:
            self._inline = None
            return
        self._inline = self._inline._replace(character=text[0])
        self._find(forward=self._inline.forward, again=False)

    def find_again(self, *, back: bool) -> None:
        """Look for the same character again, in the direction of before or the other one."""
        if self._inline is not None and self._inline.character:
            self._find(forward=self._inline.forward is not back, again=True)

    def _find(self, *, forward: bool, again: bool) -> None:
        assert self._inline is not None
        short, character, ground = self._inline.short, self._inline.character, self._ground
        onward = MOTIONS[Action.RIGHT if forward else Action.LEFT]
        start = self.point
        if short and again:  # or it would find what it stands before
            start = onward(ground, start)
        if (found := to_character(ground, start, character, forward=forward)) is None:
            return
        if short:
            found = MOTIONS[Action.LEFT if forward else Action.RIGHT](ground, found)
        self.goto(found)

    # ── other widths ─────────────────────────────────────────────────────────────────────────────

    def anchors(self) -> list[Point]:
        """The points to pass through `Terminal.resize`, back to `moved` afterwards."""
        return [self.point] if self.active else []

    def moved(self, points: Sequence[Point]) -> None:
        """Reflow has taken the points of `anchors` to these places."""
        if points:
            self._point = points[0]
