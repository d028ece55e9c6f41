import numpy as np
from numpy.typing import NDArray

class Grid:
    # Positions are (line, column) on the screen, 0-based; every range is half-open.
    lines: int
    columns: int
    number: int  #: 0 primary, 1 alternate; makes row ids of the two differ
    array: NDArray[np.uint32]  #: [slots, columns, 4]; slots == lines
    index: NDArray[np.int32]  #: [lines] line -> slot
    row_flags: NDArray[np.uint8]  #: [slots] cells.ROW_*
    row_seqnos: NDArray[np.uint64]  #: [slots] Screen.seqno when the row last changed
    def __init__(self, lines: int, columns: int, number: int = 0) -> None: ...
    def slot(self, line: int) -> int: ...
    def row(self, line: int) -> NDArray[np.uint32]:
        """Writable view uint32[columns, 4]; call touch(line) after writing through it."""
    def look(self, lines: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint8]]:
        """Of the first `lines`: uint64[lines], where each is stored (a slot, plus 1 << 31 on the
        alternate screen), uint64[lines], when it last changed, and uint8[lines], its ROW_* flags.
        """
    def touch(self, line: int) -> None:
        """The row was written from outside: stamps its seqno, forgets its hints."""
    def flags(self, line: int) -> int: ...
    def set_flags(self, line: int, set: int, clear: int = 0) -> None: ...
    def text(self, line: int) -> str:
        """Plain text without trailing blanks; U+FFFC stands for a cluster."""
    def erase(self, line: int, start: int, stop: int, bg: int, skip_protected: bool) -> None:
        """Blanks cells in background bg (a BG word); a wide character cut in half goes entirely."""
    def fill(
        self, line: int, start: int, stop: int, word: int, fg: int, bg: int, attrs: int
    ) -> None: ...
    def erase_lines(self, top: int, bottom: int, bg: int) -> None: ...
    def scroll_up(
        self, top: int, bottom: int, left: int, right: int, count: int, bg: int
    ) -> None: ...
    def scroll_down(
        self, top: int, bottom: int, left: int, right: int, count: int, bg: int
    ) -> None: ...
    def insert_cells(self, line: int, column: int, right: int, count: int, bg: int) -> None: ...
    def delete_cells(self, line: int, column: int, right: int, count: int, bg: int) -> None: ...
    def split_wide(self, line: int, column: int) -> None:
        """Blanks the wide character that lies across the edge between column - 1 and column."""
    def load(self, line: int, cells: NDArray[np.uint32], flags: int) -> None:
        """Replaces a line."""
    def begin(self, seqno: int) -> None:
        """Stamps every row."""
    def lines_in_use(self) -> int:
        """One past the last line that isn't blank."""
    def check(self) -> None: ...
