"""The colours of a terminal: 256 indexed, the dynamic ones of OSC 10-19, the special ones of OSC 5.

    0-255    palette: 16 ANSI, 6x6x6 cube, 24 greys     OSC 4, 104
    256-266  dynamic colours                            OSC 10-19, 110-119
    267-271  special colours (bold, underline, ...)     OSC 5, 105, and OSC 4 from 256 on

A value is 0xRRGGBB or UNSET, which leaves the choice to the painter. The defaults come from the
configuration; what the program changes lies above them and can be reset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSET = 0xFFFFFFFF

FOREGROUND = 256
BACKGROUND = 257
CURSOR = 258  #: UNSET: the colours of the cell, swapped
CURSOR_TEXT = 259
SELECTION_BACKGROUND = 260
SELECTION_FOREGROUND = 261
POINTER_FOREGROUND = 262
POINTER_BACKGROUND = 263
TEK_FOREGROUND = 264
TEK_BACKGROUND = 265
TEK_CURSOR = 266
SPECIAL = 267  #: bold, underline, blink, reverse, italic
SPECIAL_COUNT = 5
SIZE = 272

MAX_STACK = 10  # xterm's limit for XTPUSHCOLORS.

#: OSC number -> index
DYNAMIC = {
    10: FOREGROUND,
    11: BACKGROUND,
    12: CURSOR,
    13: POINTER_FOREGROUND,
    14: POINTER_BACKGROUND,
    15: TEK_FOREGROUND,
    16: TEK_BACKGROUND,
    17: SELECTION_BACKGROUND,
    18: TEK_CURSOR,
    19: SELECTION_FOREGROUND,
}

#: What a query of an unset colour is told: the colour that is used in its place.
_STANDS_IN = {
    CURSOR_TEXT: BACKGROUND,
    SELECTION_FOREGROUND: BACKGROUND,
    POINTER_BACKGROUND: BACKGROUND,
    TEK_BACKGROUND: BACKGROUND,
}

# The names of CGA, the values of xterm.
_ANSI = (
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
)  # fmt: skip


def default_colors() -> NDArray[np.uint32]:
    """uint32[SIZE]: xterm's 256 colours, light grey on near black, everything else unset."""
    colors = np.full(SIZE, UNSET, np.uint32)
    colors[:16] = _ANSI
    levels = (0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF)
    colors[16:232] = [r << 16 | g << 8 | b for r in levels for g in levels for b in levels]
    colors[232:256] = [(8 + 10 * i) * 0x010101 for i in range(24)]
    colors[FOREGROUND], colors[BACKGROUND] = 0xD8D8D8, 0x181818
    return colors


class Palette:
    """Defaults, what the program put over them, and a stack of saved states."""

    def __init__(self) -> None:
        self._defaults = default_colors()
        self._changed: set[int] = set()  # indexes that the program set
        self._stored: dict[int, tuple[NDArray[np.uint32], frozenset[int]]] = {}
        self.position = 0  #: on XTPUSHCOLORS' stack, 1 to MAX_STACK; 0: nothing pushed
        self.pushed = 0  #: the highest position that a push has reached
        self.seqno = 1  #: grows with every change
        self._values = self._defaults.copy()
        self._view = self._values.view()
        self._view.flags.writeable = False

    @property
    def values(self) -> NDArray[np.uint32]:
        """uint32[SIZE], read-only, current."""
        return self._view

    def set_defaults(self, colors: Sequence[int]) -> None:
        """New defaults, at most SIZE from index 0 on; colours that the program set stay."""
        self._defaults = default_colors()
        self._defaults[: len(colors)] = colors
        keep = sorted(self._changed)
        kept = self._values[keep]
        self._values[:] = self._defaults
        self._values[keep] = kept
        self.seqno += 1

    def get(self, index: int) -> int:
        """The colour in use: that of its stand-in where it is unset."""
        color = int(self._values[index])
        if color == UNSET:
            color = int(self._values[_STANDS_IN.get(index, FOREGROUND)])
        return color

    @property
    def dark(self) -> bool:
        """Whether the configured background is nearer to black than to white. [ITU-R BT.601]"""
        color = int(self._defaults[BACKGROUND])
        red, green, blue = color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF
        return 299 * red + 587 * green + 114 * blue < 127_500

    def set(self, index: int, color: int) -> None:
        self._values[index] = color
        self._changed.add(index)
        self.seqno += 1

    def is_set(self, index: int) -> bool:
        """Whether the colour has a value of its own."""
        return int(self._values[index]) != UNSET

    def reset(self, indexes: Iterable[int]) -> None:
        wanted = list(indexes)
        self._values[wanted] = self._defaults[wanted]
        self._changed.difference_update(wanted)
        self.seqno += 1

    def reset_all(self) -> None:
        """RIS: the defaults, and an empty stack."""
        self._values[:] = self._defaults
        self._changed.clear()
        self.seqno += 1
        self._stored.clear()
        self.position = self.pushed = 0

    def push(self, slot: int = 0) -> None:
        """XTPUSHCOLORS: saves on top, or in position `slot` (from 1); beyond the limit nothing.

        Pushes and pops go on from the position used last, as in xterm.
        """
        position = slot or self.position + 1
        if position <= MAX_STACK:
            self._stored[position] = self._values.copy(), frozenset(self._changed)
            self.position = position
            if not slot:
                self.pushed = max(self.pushed, position)

    def pop(self, slot: int = 0) -> bool:
        """XTPOPCOLORS: restores the top, or position `slot`; False when nothing is there."""
        position = slot or self.position
        if position not in self._stored:
            return False
        values, changed = self._stored[position]
        self._values[:] = values
        self._changed = set(changed)
        self.seqno += 1
        self.position = position - 1
        return True
