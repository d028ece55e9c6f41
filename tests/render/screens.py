"""A screen to paint without a terminal behind it: cells written directly, rows with identities.

It keeps a Snapshot's promises (a row's storage has an id, each change a new seqno), so that tests
of painting don't depend on the parser.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from gputerm.vt.core import cells as c

FOREGROUND, BACKGROUND = 0xD8D8D8, 0x181818
ANSI = (
    *(0x181818, 0xAC4242, 0x90A959, 0xF4BF75, 0x6A9FB5, 0xAA759F, 0x75B5AA, 0xD8D8D8),
    *(0x6B6B6B, 0xC55555, 0xAAC474, 0xFECA88, 0x82B8C8, 0xC28CB8, 0x93D3C3, 0xF8F8F8),
)


def palette() -> np.ndarray:
    """uint32[269] of a dark theme, the xterm cube and greys."""
    colors = np.zeros(269, np.uint32)
    colors[:16] = ANSI
    levels = [0, *range(95, 256, 40)]
    cube = [r << 16 | g << 8 | b for r in levels for g in levels for b in levels]
    colors[16:232] = cube
    colors[232:256] = [(8 + 10 * i) * 0x10101 for i in range(24)]
    colors[256], colors[257] = FOREGROUND, BACKGROUND
    colors[258:260] = 0xFFFFFFFF
    return colors


@dataclass
class FakeCursor:
    line: int = 0
    column: int = 0
    visible: bool = False
    shape: str = "block"
    blinking: bool = False
    wide: bool = False
    colors: tuple[int, int] | None = None

    _replace = replace


@dataclass(frozen=True)
class FakeSpan:
    row: int
    start: int
    stop: int
    fg: int | None
    bg: int | None


@dataclass
class FakeScreen:
    """Cells by row; `scroll` moves identities along with the rows, as a ring does."""

    lines: int
    columns: int
    cursor: FakeCursor = field(default_factory=FakeCursor)
    reverse: bool = False
    palette_seqno: int = 0
    top: int = 0

    def __post_init__(self) -> None:
        self.cells = np.zeros((self.lines, self.columns, 4), np.uint32)
        self.row_ids = np.arange(self.lines, dtype=np.uint64)
        self.row_seqnos = np.zeros(self.lines, np.uint64)
        self.row_flags = np.zeros(self.lines, np.uint8)
        self.palette = palette()
        self.underline_colors = np.zeros(1, np.uint32)
        self.seqno = 0
        self.clusters: list[str] = []
        self.taken: list[int] = []  #: rows that were asked for, for tests of damage

    def take(self, rows: np.ndarray) -> np.ndarray:
        self.taken += rows.tolist()
        return self.cells[rows]

    def cluster_text(self, index: int) -> str:
        return self.clusters[index]

    def touch(self, row: int) -> None:
        self.seqno += 1
        self.row_seqnos[row] = self.seqno

    def write(
        self, row: int, column: int, text: str, *, fg: int = 0, bg: int = 0, attrs: int = 0
    ) -> int:
        """Write `text`; East Asian wide characters take two cells. Returns the column behind it."""
        for character in text:
            code = ord(character)
            wide = 0x1100 <= code <= 0x115F or 0x2E80 <= code <= 0xFF60 or code >= 0x1F300
            self.cells[row, column] = (code | c.WIDE * wide, fg, bg, attrs)
            column += 1
            if wide:
                self.cells[row, column] = (c.TAIL, fg, bg, attrs)
                column += 1
        self.touch(row)
        return column

    def scroll(self, count: int, top: int = 0, bottom: int | None = None) -> None:
        """Rows [top, bottom) go up by `count`, or down if negative; new rows get new identities."""
        bottom = self.lines if bottom is None else bottom
        part = slice(top, bottom)
        for array in (self.cells, self.row_ids, self.row_seqnos, self.row_flags):
            array[part] = np.roll(array[part], -count, axis=0)
        for row in range(bottom - count, bottom) if count > 0 else range(top, top - count):
            self.cells[row] = 0
            self.row_flags[row] = 0
            self.row_ids[row] = int(self.row_ids.max()) + 1
            self.touch(row)
