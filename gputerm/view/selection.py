"""The selection: what the user marked, as text and as spans for painting.

A selection goes from an anchor to the pointer; each end is a cell and the side of it that was
pointed at, so that half a cell decides whether a character is in. Four kinds, as in Alacritty:
simple (to the half cell), block (a rectangle), word (grown to words, or from a bracket to its
partner) and lines (whole logical lines). Wide characters are taken whole.

The range is worked out when an end moves and then stays with its content, whose stable lines do not
change as it scrolls into history. It is lost (`intact` is False) once the program writes other
characters into it, the other screen is shown, or history has evicted all of it. Scrolling inside
margins moves content to other lines and so loses it as well.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from gputerm.records import Record
from gputerm.view.overlay import INVERT, Span
from gputerm.view.rows import (
    bracket_partner,
    content_width,
    first_row,
    last_line,
    last_row,
    word_start,
    word_stop,
    wraps,
)
from gputerm.vt.core.cells import CHAR, TAIL
from gputerm.vt.line_text import row_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gputerm.vt import Point, Terminal

#: Alacritty's `selection.semantic_escape_chars`: what ends a word.
SEPARATORS = ",│`|:\"' ()[]{}<>\t"


class SelectionKind(Enum):
    SIMPLE = "simple"
    BLOCK = "block"
    WORD = "word"
    LINES = "lines"


class Side(Enum):
    """The half of a cell that was pointed at."""

    LEFT = 0
    RIGHT = 1


class Range(Record):
    """Selected cells: from `start` up to, not including, `stop`; both (stable line, column).

    A block holds the columns [start column, stop column) of each of its lines.
    """

    start: Point
    stop: Point
    block: bool = False

    def columns(self, line: int, width: int) -> tuple[int, int]:
        """The half-open columns selected in a line of the range that is `width` columns wide."""
        assert self.start[0] <= line <= self.stop[0], f"{line} is not in {self}"
        start = self.start[1] if self.block or line == self.start[0] else 0
        stop = self.stop[1] if self.block or line == self.stop[0] else width
        return min(start, width), min(stop, width)


class Selection:
    """One selection in one terminal; `update` moves its free end."""

    def __init__(
        self,
        terminal: Terminal,
        kind: SelectionKind,
        point: Point,
        side: Side,
        *,
        separators: str = SEPARATORS,
    ) -> None:
        self._terminal = terminal
        self._separators = separators
        self._alternate = terminal.alternate
        self._anchor = self._head = (point, side)
        self._range: Range | None = None
        self._content: dict[int, bytes] = {}  #: what was selected in lines that can still change
        self.kind = kind
        self.update(point, side)

    def update(self, point: Point, side: Side, kind: SelectionKind | None = None) -> None:
        """Moves the free end to a cell, and changes the kind if one is given."""
        self.kind = kind or self.kind
        self._head = (self._clamped(point), side)
        self._range = self._grown()
        self._content = dict(self._changeable())

    def cover(self, point: Point, kind: SelectionKind | None = None) -> None:
        """Moves the free end to a cell, and takes in that cell and the first one whole."""
        (anchor, _), head = self._anchor, self._clamped(point)
        by_columns = (kind or self.kind) is SelectionKind.BLOCK
        forward = anchor[1] <= head[1] if by_columns else anchor <= head
        self._anchor = anchor, Side.LEFT if forward else Side.RIGHT
        self.update(head, Side.RIGHT if forward else Side.LEFT, kind)

    @property
    def range(self) -> Range | None:
        """What is selected and still there; None when that is nothing."""
        selected = self._range
        if selected is None or selected.stop[0] < self._terminal.first_line:
            return None
        oldest = self._terminal.first_line
        if selected.start[0] >= oldest:
            return selected
        column = selected.start[1] if selected.block else 0
        return Range((oldest, column), selected.stop, selected.block)

    def intact(self) -> bool:
        """False once what was selected is no longer there; ask after each feed and resize."""
        if self._terminal.alternate != self._alternate:
            return False
        if self._range is None:
            return True
        if self.range is None or self._range.stop[0] > last_line(self._terminal):
            return False
        now = dict(self._changeable())
        if any(self._content.get(line, content) != content for line, content in now.items()):
            return False
        self._content = now  # Lines that have gone into history cannot change any more.
        return True

    def text(self) -> str:
        """The selected text, "" when nothing is selected.

        Blanks at the end of a line are dropped and wrapped rows joined; a block is cut line by
        line, and whole lines end with a line feed.
        """
        selected = self.range
        if selected is None:
            return ""
        return self.text_of(selected, range(selected.start[0], selected.stop[0] + 1))

    def text_of(self, selected: Range, lines: Iterable[int]) -> str:
        """The part of the text that stands in some of the lines of the `range` of before."""
        parts: list[str] = []
        for line in lines:
            cells = self._terminal.cells(line)
            start, stop = self._columns(selected, line)
            joined = not selected.block and stop >= len(cells) and wraps(self._terminal, line)
            if not joined:
                stop = min(stop, content_width(cells))
            parts.append(row_text(cells, self._terminal.cluster_text, start, stop))
            last = line == selected.stop[0]
            if self.kind is SelectionKind.LINES if last else not joined:
                parts.append("\n")
        return "".join(parts)

    def spans(self, top: int, *, fg: int | None = INVERT, bg: int | None = INVERT) -> list[Span]:
        """The selected cells of a viewport whose first row is the stable line `top`."""
        selected = self.range
        if selected is None:
            return []
        first = max(selected.start[0], top)
        stop = min(selected.stop[0] + 1, top + self._terminal.lines)
        places = ((line - top, *self._columns(selected, line)) for line in range(first, stop))
        return [Span(row, start, end, fg, bg) for row, start, end in places if start < end]

    def anchors(self) -> list[Point]:
        """The points to pass through `Terminal.resize`, back to `moved` afterwards."""
        if self._range is None:
            return [self._anchor[0], self._head[0]]
        line, column = self._range.stop
        return [self._anchor[0], self._head[0], self._range.start, (line, max(column - 1, 0))]

    def moved(self, points: Sequence[Point]) -> None:
        """Reflow has taken the points of `anchors` to these places.

        A block is no rectangle any more after its lines broke elsewhere; it selects nothing then.
        """
        broken = any(
            column != old[1] for (_, column), old in zip(points, self.anchors(), strict=True)
        )
        self._anchor = (points[0], self._anchor[1])
        self._head = (points[1], self._head[1])
        if self._range is not None:
            start, (line, column) = points[2:]
            block = self._range.block
            self._range = None if block and broken else Range(start, (line, column + 1), block)
        self._content = dict(self._changeable())

    def _clamped(self, point: Point) -> Point:
        terminal = self._terminal
        line = min(max(point[0], terminal.first_line), last_line(terminal))
        return line, min(max(point[1], 0), terminal.columns - 1)

    def _grown(self) -> Range | None:
        """The range between the two ends, grown as the kind wants it."""
        terminal, separators = self._terminal, self._separators
        first, last = sorted((self._clamped(self._anchor[0]), self._head[0]))
        match self.kind:
            case SelectionKind.SIMPLE:
                return self._simple()
            case SelectionKind.BLOCK:
                return self._block()
            case SelectionKind.WORD:
                if first == last and (partner := bracket_partner(terminal, first)):
                    start, (line, column) = sorted((first, partner))
                    return Range(start, (line, column + 1))
                stop = word_stop(terminal, last, separators)
                return Range(word_start(terminal, first, separators), stop)
            case SelectionKind.LINES:
                bottom = last_row(terminal, last[0])
                return Range((first_row(terminal, first[0]), 0), (bottom, terminal.columns))

    def _simple(self) -> Range | None:
        (line, column), (stop_line, stop_column) = sorted(self._edges())
        width = self._terminal.columns
        if column >= width:
            line, column = line + 1, 0
        if stop_column == 0:
            stop_line, stop_column = stop_line - 1, width
        if (line, column) >= (stop_line, stop_column):
            return None
        column = self._widened(line, column, -1)
        return Range((line, column), (stop_line, self._widened(stop_line, stop_column, 1)))

    def _block(self) -> Range | None:
        one, other = self._edges()
        start, stop = sorted((one[1], other[1]))
        first, last = sorted((one[0], other[0]))
        return Range((first, start), (last, stop), block=True) if start < stop else None

    def _edges(self) -> list[Point]:
        """The two ends as edges between cells: column c is the left edge of cell c."""
        edges = []
        for point, side in (self._anchor, self._head):
            line, column = self._clamped(point)
            edges.append((line, column + side.value))
        return edges

    def _columns(self, selected: Range, line: int) -> tuple[int, int]:
        """What is selected of a line, with no wide character cut in half."""
        start, stop = selected.columns(line, self._terminal.columns)
        if selected.block and start < stop:
            return self._widened(line, start, -1), self._widened(line, stop, 1)
        return start, stop

    def _widened(self, line: int, column: int, step: int) -> int:
        """The edge `column`, moved by `step` when it runs through a wide character."""
        if not 0 < column < self._terminal.columns:
            return column
        return column + step if self._terminal.cells(line)[column, CHAR] & TAIL else column

    def _changeable(self) -> Iterator[tuple[int, bytes]]:
        """The selected characters of each line on the screen, as they are now."""
        selected = self.range
        if selected is None:
            return
        first = max(selected.start[0], self._terminal.screen_top)
        for line in range(first, min(selected.stop[0], last_line(self._terminal)) + 1):
            start, stop = selected.columns(line, self._terminal.columns)
            yield line, self._terminal.cells(line)[start:stop, CHAR].tobytes()
