"""Rectangular editing of the VT420: copy, fill, erase, and change attributes in a rectangle.

Positions are those of the screen, counted from the margins' corner when DECOM is set; margins
otherwise don't matter. A rectangle whose end lies before its start does nothing; one that sticks
out is cut. Writes go through Grid, which keeps wide characters whole. [VT510; DEC STD 070 for the
details]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gputerm.vt import charset
from gputerm.vt.core import cells
from gputerm.vt.core.budget import ITEM

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.core.screen import Screen
    from gputerm.vt.machine import Machine

# SGR parameters that DECCARA and DECRARA know, and the attribute each switches. [VT510 adds 8]
_SWITCHES = {
    1: cells.BOLD,
    4: 1 << cells.UNDERLINE_SHIFT,
    5: cells.BLINK,
    7: cells.INVERSE,
    8: cells.HIDDEN,
}
_ALL_SWITCHES = cells.BOLD | cells.UNDERLINE | cells.BLINK | cells.INVERSE | cells.HIDDEN
_RESETS = {
    22: cells.BOLD,
    24: cells.UNDERLINE,
    25: cells.BLINK,
    27: cells.INVERSE,
    28: cells.HIDDEN,
}


class Rectangle(NamedTuple):
    """Half-open, 0-based, inside the screen."""

    top: int
    left: int
    bottom: int
    right: int


def _origin(screen: Screen) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of what rectangles count from and may cover."""
    if screen.origin:
        return screen.top, screen.left, screen.bottom, screen.right
    return 0, 0, screen.lines, screen.columns


def parse(screen: Screen, params: Params, start: int = 0) -> Rectangle | None:
    """Pt ; Pl ; Pb ; Pr from parameter `start` on; None for an empty or reversed rectangle."""
    top, left, bottom, right = _origin(screen)

    def given(i: int, default: int) -> int:
        value = params[start + i][0] if start + i < len(params) else 0
        return value if value > 0 else default

    rectangle = Rectangle(
        top + given(0, 1) - 1,
        left + given(1, 1) - 1,
        min(top + given(2, bottom - top), bottom),
        min(left + given(3, right - left), right),
    )
    if rectangle.top >= rectangle.bottom or rectangle.left >= rectangle.right:
        return None
    return rectangle


def copy(terminal: Machine, params: Params) -> None:
    """DECCRA — Pt ; Pl ; Pb ; Pr ; page ; Pt ; Pl ; page $ v; the pages are always this one."""
    screen = terminal.screen
    source = parse(screen, params)
    if source is None:
        return
    top, left, bottom, right = _origin(screen)

    def given(i: int) -> int:
        return max(params[i][0], 1) if i < len(params) else 1

    to_line, to_column = top + given(5) - 1, left + given(6) - 1
    height = min(source.bottom - source.top, bottom - to_line)
    width = min(source.right - source.left, right - to_column)
    if height <= 0 or width <= 0:
        return
    grid = screen.grid
    terminal.spend(height * (ITEM + width))
    # All rows are read before any is written: source and destination may overlap.
    rows = [
        grid.row(source.top + i)[source.left : source.left + width].copy() for i in range(height)
    ]
    for i, row in enumerate(rows):
        line = to_line + i
        _mend_edges(row)
        grid.split_wide(line, to_column)
        grid.split_wide(line, to_column + width)
        grid.row(line)[to_column : to_column + width] = row
        grid.touch(line)


def _mend_edges(row: np.ndarray[tuple[int, ...], np.dtype[np.uint32]]) -> None:
    """Blanks halves of wide characters whose other half was not copied along."""
    if row[0, cells.CHAR] & cells.TAIL:
        row[0, cells.CHAR] = 0
    if row[-1, cells.CHAR] & cells.WIDE:
        row[-1, cells.CHAR] = 0


def fill(terminal: Machine, params: Params) -> None:
    """DECFRA — Pch ; Pt ; Pl ; Pb ; Pr $ x; with the pen's rendition, through GL or GR."""
    screen = terminal.screen
    code = params[0][0] if params and params[0][0] > 0 else 0x20
    if 0x20 <= code <= 0x7E:
        table = screen.charset_tables[screen.charsets[screen.gl]]
        code = int(table[code - 0x20])
    elif 0xA0 <= code <= 0xFF:
        if screen.charsets[screen.gr] != charset.ASCII:
            code = int(screen.charset_tables[screen.charsets[screen.gr]][code - 0xA0])
    else:
        return
    rectangle = parse(screen, params, 1)
    if rectangle is None:
        return
    terminal.spend((rectangle.bottom - rectangle.top) * ITEM // 10)
    pen = screen.pen
    char = code | (cells.PROTECTED if screen.protected else 0)
    attrs = pen.attrs | screen.extra << cells.EXTRA_SHIFT
    for line in range(rectangle.top, rectangle.bottom):
        screen.grid.split_wide(line, rectangle.left)
        screen.grid.split_wide(line, rectangle.right)
        screen.grid.fill(line, rectangle.left, rectangle.right, char, pen.fg, pen.bg, attrs)


def erase(terminal: Machine, params: Params) -> None:
    """DECERA — Pt ; Pl ; Pb ; Pr $ z"""
    _erase(terminal, parse(terminal.screen, params), keep_protected=False)


def selective_erase(terminal: Machine, params: Params) -> None:
    """DECSERA — Pt ; Pl ; Pb ; Pr $ {; leaves what DECSCA protects, but not what SPA does."""
    screen = terminal.screen
    keep_protected = screen.protect_mode == cells.PROTECT_DEC
    _erase(terminal, parse(screen, params), keep_protected=keep_protected)


def _erase(terminal: Machine, rectangle: Rectangle | None, *, keep_protected: bool) -> None:
    screen = terminal.screen
    if rectangle is not None:
        terminal.spend((rectangle.bottom - rectangle.top) * ITEM // 10)
        for line in range(rectangle.top, rectangle.bottom):
            screen.grid.erase(line, rectangle.left, rectangle.right, screen.pen.bg, keep_protected)


def change_attributes(terminal: Machine, params: Params) -> None:
    """DECCARA — Pt ; Pl ; Pb ; Pr ; SGR... $ r"""
    clear = flip = 0
    for code in _codes(params):
        if code == 0:
            clear, flip = _ALL_SWITCHES, 0
        elif code in _RESETS:
            clear |= _RESETS[code]
            flip &= ~_RESETS[code]
        elif code in _SWITCHES:
            clear |= _SWITCHES[code] if code != 4 else cells.UNDERLINE
            flip |= _SWITCHES[code]
    _change(terminal, params, clear, flip)


def reverse_attributes(terminal: Machine, params: Params) -> None:
    """DECRARA — Pt ; Pl ; Pb ; Pr ; SGR... $ t; 0 reverses them all."""
    flip = 0
    for code in _codes(params):
        flip ^= sum(_SWITCHES.values()) if code == 0 else _SWITCHES.get(code, 0)
    _change(terminal, params, 0, flip)


def _codes(params: Params) -> list[int]:
    """The SGR parameters; none at all means 0."""
    return [max(param[0], 0) for param in params[4:]] or [0]


def _change(terminal: Machine, params: Params, clear: int, flip: int) -> None:
    """Clears and flips attribute bits, in the rectangle or, after DECSACE 0/1, in the stream.

    The stream runs from the first corner to the last, over whole lines in between, and leaves cells
    that hold no character.
    """
    screen = terminal.screen
    rectangle = parse(screen, params)
    if rectangle is None:
        return
    top, left, bottom, right = rectangle
    grid = screen.grid
    terminal.spend((bottom - top) * (ITEM // 10 + 2 * screen.columns))
    slots = grid.index[top:bottom]
    rows = grid.array[slots]
    if terminal.attribute_change_is_rectangle:
        part = rows[:, left:right]
        changed: np.ndarray[tuple[int, ...], np.dtype[np.bool]] | bool = True
    else:
        part = rows.reshape(-1, 4)[left : (bottom - top - 1) * screen.columns + right]
        changed = part[..., cells.CHAR] & np.uint32(~cells.PROTECTED & 0xFFFFFFFF) != 0
    attrs = (part[..., cells.ATTRS] & np.uint32(~clear & 0xFFFFFFFF)) ^ np.uint32(flip)
    np.copyto(part[..., cells.ATTRS], attrs, where=changed)
    grid.array[slots] = rows
    for line in range(top, bottom):
        grid.touch(line)


# XTCHECKSUM's flags, each a difference from DEC's way of summing.
_POSITIVE, _NO_ATTRIBUTES, _NO_TRIM, _DRAWN, _WHOLE_CHARACTER = 1, 2, 4, 8, 16
_WEIGHTS = (
    (cells.HIDDEN, 0x08),
    (cells.UNDERLINE, 0x10),
    (cells.INVERSE, 0x20),
    (cells.BLINK, 0x40),
    (cells.BOLD, 0x80),
)


def checksum(terminal: Machine, params: Params, flags: int) -> int:
    """DECRQCRA's sum over Pid ; page ; Pt ; Pl ; Pb ; Pr, as xterm computes it with `flags`."""
    screen = terminal.screen
    rectangle = parse(screen, params, 2)
    if rectangle is None:
        return 0
    total = 0
    first = True
    terminal.spend((rectangle.bottom - rectangle.top) * (rectangle.right - rectangle.left) * 100)
    for line in range(rectangle.top, rectangle.bottom):
        for char, _, _, attrs in screen.grid.row(line)[rectangle.left : rectangle.right].tolist():
            if char & cells.TAIL:
                continue
            value = char & cells.CODEPOINT
            if value == 0:
                if not flags & (_NO_TRIM | _DRAWN):
                    continue
                value = 0x20
            elif char & cells.CLUSTER:
                value = ord(terminal.cluster_text(value)[0])
            if not flags & _WHOLE_CHARACTER:
                value = value & 0xFF if value < 0x100 else 0x1B
            if not flags & _NO_ATTRIBUTES:
                value += sum(weight for bit, weight in _WEIGHTS if attrs & bit)
                value += 0x04 if char & cells.PROTECTED else 0
            if first or value != 0x20 or flags & _NO_TRIM:
                total += value
            first = False
        first = False
    return total if flags & _POSITIVE else -total
