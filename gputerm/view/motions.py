"""Where the motions of vi mode lead: from a point of a terminal to another, and nothing is changed.

What each does is what Alacritty's motion of that name does. A motion ends on a character, never on
the right half of a wide one. Those that look for something look at `MAX_ROWS_SEARCHED` rows at
most, and end there if they find nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from gputerm.actions import Action
from gputerm.records import Record
from gputerm.view.rows import (
    MAX_ROWS_SEARCHED,
    bracket_partner,
    content_width,
    first_row,
    last_line,
    last_row,
    letters,
    wraps,
)
from gputerm.vt.core.cells import CHAR, CLUSTER, CODEPOINT, FILLER, TAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gputerm.vt import Point, Terminal

    Mask: TypeAlias = NDArray[np.bool_]  #: of the columns of a row

_BLANK, _SEPARATOR, _WORD = range(3)


class Ground(Record):
    """What a motion moves over."""

    terminal: Terminal
    top: int  #: the stable line in the viewport's first row
    separators: str  #: the characters that end a word

    @property
    def first(self) -> int:
        """The first line that can be reached; above the alternate screen there is none."""
        terminal = self.terminal
        return terminal.screen_top if terminal.alternate else terminal.first_line

    @property
    def last(self) -> int:
        """The last one."""
        return last_line(self.terminal)

    def clamped(self, point: Point) -> Point:
        """The character nearest to a point that may be nowhere by now."""
        line, column = point
        line = min(max(line, self.first), self.last)
        column = min(max(column, 0), self.terminal.columns - 1)
        words = self.terminal.cells(line)[:, CHAR]
        while column and int(words[column]) & (TAIL | FILLER):
            column -= 1
        return line, column

    def continues(self, line: int) -> bool:
        """Whether the row is one with the row below it."""
        return wraps(self.terminal, line)

    def continued(self, line: int) -> bool:
        """Whether it is one with the row above it."""
        return line > self.first and wraps(self.terminal, line - 1)


Motion: TypeAlias = "Callable[[Ground, Point], Point]"


# ── cells and rows ───────────────────────────────────────────────────────────────────────────────


def _up(ground: Ground, point: Point) -> Point:
    return ground.clamped((point[0] - 1, point[1]))


def _down(ground: Ground, point: Point) -> Point:
    return ground.clamped((point[0] + 1, point[1]))


def _left(ground: Ground, point: Point) -> Point:
    line, column = point
    if column == 0 and ground.continued(line):
        return ground.clamped((line - 1, ground.terminal.columns - 1))
    return ground.clamped((line, column - 1))


def _right(ground: Ground, point: Point) -> Point:
    line, column = point
    words = ground.terminal.cells(line)[:, CHAR]
    column += 1
    while column < len(words) and int(words[column]) & (TAIL | FILLER):
        column += 1
    if column < len(words):
        return line, column
    return (line + 1, 0) if ground.continues(line) else point


def _occupied(ground: Ground, line: int) -> tuple[int, int] | None:
    """The columns of the first and the last character of a row that are no blanks."""
    cells = ground.terminal.cells(line)
    used = np.flatnonzero(letters(cells) != 0x20)
    return (int(used[0]), int(used[-1])) if used.size else None


def _first(ground: Ground, point: Point) -> Point:
    line, column = point
    return (line, 0) if column else (max(first_row(ground.terminal, line), ground.first), 0)


def _last(ground: Ground, point: Point) -> Point:
    """To the last character of the row; from there to that of the logical line; to the margin."""
    line = point[0]
    occupied = _occupied(ground, line)
    if occupied is not None and point < (end := ground.clamped((line, occupied[1]))):
        return end
    if ground.continues(line):
        line = last_row(ground.terminal, line)
        occupied = _occupied(ground, line)
        return ground.clamped((line, occupied[1] if occupied is not None else 0))
    return ground.clamped((line, ground.terminal.columns - 1))


def _first_occupied(ground: Ground, point: Point) -> Point:
    """To the first character of the row; from there to that of the logical line."""
    line = point[0]
    occupied = _occupied(ground, line)
    if occupied is not None and point[1] != occupied[0]:
        return line, occupied[0]
    start = max(first_row(ground.terminal, line), ground.first)
    for row in range(start, last_row(ground.terminal, line) + 1):
        if (occupied := _occupied(ground, row)) is not None:
            return row, occupied[0]
    return ground.clamped((last_row(ground.terminal, line), ground.terminal.columns - 1))


def to_row(ground: Ground, line: int) -> Point:
    """The first character of a row that is no blank, else its first cell."""
    line = min(max(line, ground.first), ground.last)
    occupied = _occupied(ground, line)
    return line, occupied[0] if occupied is not None else 0


def _high(ground: Ground, point: Point) -> Point:
    return to_row(ground, ground.top)


def _middle(ground: Ground, point: Point) -> Point:
    return to_row(ground, ground.top + max(ground.terminal.lines // 2 - 1, 0))


def _low(ground: Ground, point: Point) -> Point:
    return to_row(ground, ground.top + ground.terminal.lines - 1)


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _kinds(ground: Ground, line: int, *, separate: bool) -> NDArray[np.uint8]:
    """uint8[columns]: what each cell of a row is, right halves and fillers what is before them.
    Without `separate` a separator is a part of words as well."""
    cells = ground.terminal.cells(line)
    codes = letters(cells)
    kinds = np.full(len(codes), _WORD, np.uint8)
    if separate:
        kinds[np.isin(codes, np.array([ord(c) for c in ground.separators], np.uint32))] = _SEPARATOR
    kinds[codes <= 0x20] = _BLANK
    if cells[-1, CHAR] & np.uint32(FILLER) and len(kinds) > 1:
        kinds[-1] = kinds[-2]
    return kinds


def _heads(ground: Ground, line: int) -> Mask:
    """Where characters begin."""
    heads: Mask = (ground.terminal.cells(line)[:, CHAR] & np.uint32(TAIL | FILLER)) == 0
    return heads


def _starts(ground: Ground, line: int, *, separate: bool) -> Mask:
    """Where words begin; each separator is one by itself."""
    kinds = _kinds(ground, line, separate=separate)
    before = np.empty_like(kinds)
    before[1:] = kinds[:-1]
    continued = ground.continued(line)
    before[0] = _kinds(ground, line - 1, separate=separate)[-1] if continued else _BLANK
    begins: Mask = (kinds == _SEPARATOR) | (kinds != before)
    begins &= (kinds != _BLANK) & _heads(ground, line)
    return begins


def _stops(ground: Ground, line: int, *, separate: bool) -> Mask:
    """Where the last characters of words begin."""
    kinds = _kinds(ground, line, separate=separate)
    after = np.empty_like(kinds)
    after[:-1] = kinds[1:]
    continues = ground.continues(line)
    after[-1] = _kinds(ground, line + 1, separate=separate)[0] if continues else _BLANK
    heads = _heads(ground, line)
    ends = (kinds != _BLANK) & ((kinds != after) | (heads & (kinds == _SEPARATOR)))
    character = np.maximum.accumulate(np.where(heads, np.arange(len(kinds)), 0))
    stops = np.zeros_like(heads)
    stops[character[ends]] = True
    return stops


def _nearest(ground: Ground, point: Point, marks: Callable[[int], Mask], step: int) -> Point:
    """The next marked cell after a point (`step` 1), or before it (-1); where there is none, the
    end of what was searched."""
    line, column = point
    end = ground.last if step > 0 else ground.first
    row = line
    for row in range(line, end + step, step)[:MAX_ROWS_SEARCHED]:
        columns = np.flatnonzero(marks(row))
        if row == line:
            columns = columns[columns > column] if step > 0 else columns[columns < column]
        if columns.size:
            return row, int(columns[0 if step > 0 else -1])
    return ground.clamped((row, ground.terminal.columns - 1 if step > 0 else 0))


def _to_word(marks: Callable[..., Mask], step: int, *, separate: bool) -> Motion:
    def motion(ground: Ground, point: Point) -> Point:
        return _nearest(ground, point, lambda line: marks(ground, line, separate=separate), step)

    return motion


# ── further ──────────────────────────────────────────────────────────────────────────────────────


def _bracket(ground: Ground, point: Point) -> Point:
    partner = bracket_partner(ground.terminal, point)
    return point if partner is None else ground.clamped(partner)


def _empty(ground: Ground, line: int) -> bool:
    return content_width(ground.terminal.cells(line)) == 0


def _to_empty(ground: Ground, lines: range) -> Point:
    """The first empty row behind one that isn't, else the last of the lines."""
    line, inside = lines[0], False
    for line in lines[:MAX_ROWS_SEARCHED]:
        empty = _empty(ground, line)
        if inside and empty:
            break
        inside |= not empty
    return line, 0


def _paragraph_up(ground: Ground, point: Point) -> Point:
    if point[0] <= ground.first:
        return point[0], 0
    return _to_empty(ground, range(point[0] - 1, ground.first - 1, -1))


def _paragraph_down(ground: Ground, point: Point) -> Point:
    return _to_empty(ground, range(point[0], ground.last + 1))


MOTIONS: dict[Action, Motion] = {
    Action.UP: _up,
    Action.DOWN: _down,
    Action.LEFT: _left,
    Action.RIGHT: _right,
    Action.FIRST: _first,
    Action.LAST: _last,
    Action.FIRST_OCCUPIED: _first_occupied,
    Action.HIGH: _high,
    Action.MIDDLE: _middle,
    Action.LOW: _low,
    Action.SEMANTIC_LEFT: _to_word(_starts, -1, separate=True),
    Action.SEMANTIC_RIGHT: _to_word(_starts, 1, separate=True),
    Action.SEMANTIC_LEFT_END: _to_word(_stops, -1, separate=True),
    Action.SEMANTIC_RIGHT_END: _to_word(_stops, 1, separate=True),
    Action.WORD_LEFT: _to_word(_starts, -1, separate=False),
    Action.WORD_RIGHT: _to_word(_starts, 1, separate=False),
    Action.WORD_LEFT_END: _to_word(_stops, -1, separate=False),
    Action.WORD_RIGHT_END: _to_word(_stops, 1, separate=False),
    Action.BRACKET: _bracket,
    Action.PARAGRAPH_UP: _paragraph_up,
    Action.PARAGRAPH_DOWN: _paragraph_down,
}


def to_character(ground: Ground, point: Point, character: str, *, forward: bool) -> Point | None:
    """The next such character in the point's logical line, after or before the point."""
    line, terminal = point[0], ground.terminal
    first, last = max(first_row(terminal, line), ground.first), last_row(terminal, line)

    def same(row: int) -> Mask:
        words = terminal.cells(row)[:, CHAR]
        codes = words & np.uint32(CODEPOINT | CLUSTER)
        found: Mask = codes == ord(character)
        if character == " ":
            found |= codes == 0
        for column in np.flatnonzero(words & np.uint32(CLUSTER)).tolist():
            text = terminal.cluster_text(int(words[column]) & CODEPOINT)
            found[column] = text.startswith(character)
        found &= _heads(ground, row)
        return found

    for row in range(line, last + 1) if forward else range(line, first - 1, -1):
        columns = np.flatnonzero(same(row))
        if row == line:
            columns = columns[columns > point[1]] if forward else columns[columns < point[1]]
        if columns.size:
            return row, int(columns[0 if forward else -1])
    return None
