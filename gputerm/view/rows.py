"""What rows hold: the logical lines, words and bracket pairs that selecting and searching need.

Everything works on stable lines of a Terminal and sees history and screen as one. A row whose
WRAPPED flag is set continues in the next one. Searches look at no more than `MAX_ROWS_SEARCHED`
rows, so that a file without a line break cannot hold up the pointer. Nothing here is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gputerm.vt.core.cells import CHAR, CLUSTER, CODEPOINT, FILLER, ROW_WRAPPED, TAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gputerm.vt import Point, Terminal

    Words = NDArray[np.uint32]

#: 200,000 characters of a wide window; a minified file of 10 MB has 50,000 rows.
MAX_ROWS_SEARCHED = 1000

_OPENING = {ord(opening): ord(closing) for opening, closing in ("()", "[]", "{}", "<>")}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}


def content_width(cells: NDArray[np.uint32]) -> int:
    """The columns of a row up to its last character that is no blank."""
    used = np.flatnonzero(letters(cells) != 0x20)
    return int(used[-1]) + 1 if used.size else 0


def wraps(terminal: Terminal, line: int) -> bool:
    """True when the logical line goes on below `line`."""
    return line < last_line(terminal) and bool(terminal.row_flags(line) & ROW_WRAPPED)


def last_line(terminal: Terminal) -> int:
    """The stable line of the screen's last row."""
    return terminal.screen_top + terminal.lines - 1


def first_row(terminal: Terminal, line: int) -> int:
    """The row that begins the logical line of which `line` is a part."""
    oldest = max(terminal.first_line, line - MAX_ROWS_SEARCHED)
    while line > oldest and wraps(terminal, line - 1):
        line -= 1
    return line


def last_row(terminal: Terminal, line: int) -> int:
    """The row that ends the logical line of which `line` is a part."""
    limit = line + MAX_ROWS_SEARCHED
    while line < limit and wraps(terminal, line):
        line += 1
    return line


def word_start(terminal: Terminal, point: Point, separators: str) -> Point:
    """The first cell of the word at `point`; see `_is_member` for what a word is."""
    line, column = point
    member = _is_member(terminal, point, separators)
    first = first_row(terminal, line)
    while True:
        others = np.flatnonzero(~member(line)[: column + 1])
        if others.size:
            start = int(others[-1]) + 1
            return (line, start) if start < terminal.columns else (line + 1, 0)
        if line == first:
            return line, 0
        line, column = line - 1, terminal.columns - 1


def word_stop(terminal: Terminal, point: Point, separators: str) -> Point:
    """One past the last cell of the word at `point`, in that cell's row."""
    line, column = point
    member = _is_member(terminal, point, separators)
    last = last_row(terminal, line)
    while True:
        others = np.flatnonzero(~member(line)[column:])
        if others.size:
            stop = column + int(others[0])
            return (line, stop) if stop > 0 else (line - 1, terminal.columns)
        if line == last:
            return line, terminal.columns
        line, column = line + 1, 0


def bracket_partner(terminal: Terminal, point: Point) -> Point | None:
    """Where the bracket at `point` has its partner; None when it has none or is no bracket."""
    line, column = point
    own = int(letters(terminal.cells(line))[column])
    forward = own in _OPENING
    partner = _OPENING.get(own) or _CLOSING.get(own)
    if partner is None:
        return None
    step = 1 if forward else -1
    end = last_line(terminal) + 1 if forward else terminal.first_line - 1
    depth = 1
    for row in range(line, end, step)[:MAX_ROWS_SEARCHED]:
        found = letters(terminal.cells(row))
        columns = np.arange(len(found))[::step]
        if row == line:
            columns = columns[columns > column] if forward else columns[columns < column]
        found = found[columns]
        depths = depth + np.cumsum((found == own).astype(np.int64) - (found == partner))
        closed = np.flatnonzero(depths == 0)
        if closed.size:
            return row, int(columns[closed[0]])
        depth = int(depths[-1]) if depths.size else depth
    return None


def _is_member(
    terminal: Terminal, point: Point, separators: str
) -> Callable[[int], NDArray[np.bool_]]:
    """For a row, which of its cells belong to the same word as `point`, adjoining it or not.

    A word is made of characters that are no separators. On a separator it is made of that one:
    a run of blanks, or the three dashes of a rule.
    """
    codes = np.array([ord(c) for c in separators], np.uint32)
    own = letters(terminal.cells(point[0]))[point[1]]
    if np.isin(own, codes):
        return lambda line: letters(terminal.cells(line), filler=int(own)) == own
    return lambda line: ~np.isin(letters(terminal.cells(line), filler=0), codes)


def letters(cells: NDArray[np.uint32], filler: int = 0x20) -> Words:
    """uint32[columns]: each cell's codepoint, or for a cluster a number that is none.

    Blanks read as spaces, right halves as the character they belong to, and the cell that a wide
    character left empty when it wrapped as `filler`.
    """
    words = cells[:, CHAR]
    codes = words & np.uint32(CODEPOINT | CLUSTER)
    codes[codes == 0] = 0x20
    codes[(words & np.uint32(FILLER)) != 0] = filler
    tails = np.flatnonzero(words & np.uint32(TAIL))
    codes[tails] = codes[tails - 1]
    return codes
