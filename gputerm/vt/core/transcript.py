# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Transcript: some lines of a screen and its history as UTF-8, and which cell each byte is of.

Made for searching: a page of history becomes text in one go, without its cells. Rows of a logical
line follow each other, and a line feed ends it; line_text.py says what is text and what a blank. A
logical line of very many rows is cut into pieces, always at the same rows, wherever reading began:
before each `PIECE`-th line that has `PIECE` / 2 rows of it on both sides.

A transcript is a copy: it stays right about what stood there when the terminal goes on.
"""

import bisect

import cython
import numpy as np

if not cython.compiled:
    from gputerm.vt.core.cells import CODEPOINT, FILLER, ROW_WRAPPED, TAIL, WIDE

PIECE = 1024  #: rows
MAX_ROWS = 2 * PIECE  #: of one piece

_PIECE = PIECE  # an int of C
_WIDE = 0x8000  # Of a byte's column: its cell is the left half of two.
_TEXT = 80  # Bytes at most that a cell takes: sixteen codepoints of a cluster, and to spare.

if not cython.compiled:

    def copy_text(page, p, data, at, count):
        """Bytes of a page as text, where 0 is a blank; all of them together by or."""
        together = 0
        for i in range(count):
            byte = page[p + i]
            together |= byte
            data[at + i] = byte or 0x20
        return together


class Transcript:
    """The text of the lines `first` <= line < `stop` of a Screen; `read` says which.

    Lines are stable ones. What stands above the alternate screen is not a part of its lines.
    """

    def __init__(self, screen) -> None:
        self.history = screen.history
        self.grid = screen.grid
        self.clusters = screen.clusters
        self.last = self.history.stop + self.grid.lines  #: one past the last line there is
        self.first = self.stop = 0
        self.text = b""  #: UTF-8
        self.end = 0
        self.page_first = self.page_stop = 0  # the lines of the page at hand
        self.page_begin = self.page_width = 0

    def open(self, line):
        """Has the page of a line of history at hand; where the record of the line begins."""
        if not self.page_first <= line < self.page_stop:
            history = self.history
            k = bisect.bisect_right(history.firsts, line) - 1
            self.page = memoryview(history.pages[k])
            self.page_first = history.firsts[k]
            self.page_stop = history.end_of(k)
            self.page_begin = history.begins[k]
            self.page_width = history.widths[k]
        return self.history.offset(self.page, self.page_begin + line - self.page_first)

    def wrapped(self, line):
        """Whether a row goes on in the next."""
        p: cython.int
        if line < self.history.first or line + 1 >= self.last:
            return False
        if line < self.history.stop:
            if line + 1 == self.history.stop and self.grid.number:
                return False
            p = self.open(line)
            return self.page[p] & ROW_WRAPPED != 0
        return self.grid.flag[self.grid.slots[line - self.history.stop]] & ROW_WRAPPED != 0

    def joined(self, line):
        """Whether a row and the next are of one piece."""
        other: cython.longlong
        if not self.wrapped(line):
            return False
        if (line + 1) % _PIECE:
            return True
        for other in range(line + 1 - _PIECE // 2, line + _PIECE // 2):
            if not self.wrapped(other):
                return True
        return False

    def size(self, line):
        """How many cells of a row may be text."""
        p: cython.int
        if line < self.history.stop:
            p = self.open(line)
            return self.page[p + 2] | self.page[p + 3] << 8
        return self.grid.used[self.grid.slots[line - self.history.stop]]

    # Which lines to read. `cells` is how many there are to be, more or less.

    def start_of(self, line):
        """The first row of the piece that a row is of."""
        while self.joined(line - 1):
            line -= 1
        return line

    def stop_of(self, line):
        """One past the last row of the piece that a row is of."""
        while self.joined(line):
            line += 1
        return line + 1

    def start_above(self, stop, cells, lowest):
        """Where to begin, to read whole pieces up to before `stop`, not beginning above `lowest`
        unless the last one does."""
        taken: cython.longlong = 0
        line: cython.longlong = stop - 1
        while True:
            taken += self.size(line) + 1
            if not self.joined(line - 1) and (taken >= cells or line <= lowest):
                return line
            line -= 1

    def stop_below(self, start, cells, highest):
        """Where to end, to read whole pieces from `start` on, as start_above does upwards."""
        taken: cython.longlong = 0
        line: cython.longlong = start
        while True:
            taken += self.size(line) + 1
            line += 1
            if not self.joined(line - 1) and (taken >= cells or line >= highest):
                return line

    # Reading.

    def read(self, first, stop):
        """Has the text of these lines, which must exist. Raises IndexError."""
        line: cython.longlong
        number: cython.int = 0
        if not self.history.first <= first <= stop <= self.last:
            raise IndexError(f"lines {first}..{stop} are not all there")
        self.first = first
        self.stop = stop
        self.starts = memoryview(np.zeros(stop - first + 1, np.int32))
        self.plain = memoryview(np.zeros(stop - first, np.uint8))
        self.data = memoryview(np.empty(4096, np.uint8))
        self.columns = memoryview(np.empty(0, np.uint16))
        self.end = 0
        for line in range(first, stop):
            self.starts[number] = self.end
            if line < self.history.stop:
                self.take_record(line, number)
            else:
                self.take_row(line, number)
            if not self.wrapped(line):
                while self.end > self.starts[number] and self.data[self.end - 1] == 0x20:
                    self.end -= 1
            if not self.joined(line):
                self.data[self.end] = 0x0A
                self.end += 1
            number += 1
        self.starts[number] = self.end
        self.text = bytes(self.data[: self.end])

    def make_room(self, need):
        """Has room for so many bytes more, and a line feed."""
        size: cython.Py_ssize_t = len(self.data)
        if self.end + need + 1 > size:
            grown = np.empty(2 * (size + need), np.uint8)
            grown[: self.end] = self.data[: self.end]
            self.data = memoryview(grown)
        if len(self.columns) and len(self.columns) < len(self.data):
            self.note_columns()

    def note_columns(self):
        """Notes the column of each byte from here on; rows of ASCII don't need it."""
        columns = np.empty(len(self.data), np.uint16)
        columns[: len(self.columns)] = self.columns
        self.columns = memoryview(columns)

    def take_record(self, line, number):
        """Adds a line of history."""
        p: cython.int = self.open(line)
        page: cython.uchar[::1] = self.page
        goes_on: cython.bint = page[p] & ROW_WRAPPED
        kind: cython.int = page[p + 1] & 3
        count: cython.int = page[p + 2] | page[p + 3] << 8
        width: cython.int = self.page_width
        i: cython.int
        word: cython.uint
        high: cython.uint
        p += 4
        if kind == 0:
            self.make_room(2 * width)
            if copy_text(page, p, self.data, self.end, count) < 0x80:
                self.end += count
                self.plain[number] = 1
            else:
                for i in range(count):
                    self.put(page[p + i], i)
        elif kind == 1:
            self.make_room(3 * width)
            for i in range(count):
                word = page[p + 2 * i] | page[p + 2 * i + 1] << 8
                if word == 0xD800 or word == 0xD801:  # TAIL, FILLER
                    continue
                if i + 1 < count and page[p + 2 * i + 2] == 0 and page[p + 2 * i + 3] == 0xD8:
                    word |= WIDE
                self.put(word, i)
        else:
            self.make_room(_TEXT * width)
            for i in range(count):
                high = page[p + 4 * i + 3]
                word = page[p + 4 * i] | page[p + 4 * i + 1] << 8 | page[p + 4 * i + 2] << 16
                self.put(word | high << 24, i)
        if goes_on:
            self.pad(count, width, number)

    def take_row(self, line, number):
        """Adds a line of the screen."""
        slot: cython.int = self.grid.slots[line - self.history.stop]
        count: cython.int = self.grid.used[slot]
        width: cython.int = self.grid.columns
        at: cython.Py_ssize_t = slot * cython.cast(cython.Py_ssize_t, width) * 4
        i: cython.int
        together: cython.uint = 0
        for i in range(count):
            together |= self.grid.cells[at + 4 * i]
        if together >> 31 == 0 and together & (CODEPOINT | TAIL | FILLER) < 0x80:
            self.make_room(width)
            self.plain[number] = 1
            for i in range(count):
                together = self.grid.cells[at + 4 * i] & 0x7F
                self.data[self.end + i] = together if together else 0x20
            self.end += count
        else:
            self.make_room((_TEXT if together >> 31 else 4) * width)
            for i in range(count):
                self.put(self.grid.cells[at + 4 * i], i)
        if self.grid.flag[slot] & ROW_WRAPPED:
            self.pad(count, width, number)

    def pad(self, count, width, number):
        """The blanks at the end of a row that goes on."""
        i: cython.int
        if self.plain[number]:
            for i in range(width - count):
                self.data[self.end + i] = 0x20
            self.end += max(width - count, 0)
        else:
            for i in range(count, width):
                self.put(0x20, i)

    def put(self, word, column):
        """Adds the text of a cell; there is room for it, but for its column."""
        codepoint: cython.uint = word & CODEPOINT
        if word & (TAIL | FILLER):
            return
        if len(self.columns) == 0:
            self.note_columns()
        if word & WIDE:
            column |= _WIDE
        if word >> 31:  # CLUSTER
            for joined in self.clusters.codepoints(codepoint):
                self.encode(joined, column)
        else:
            self.encode(codepoint if codepoint else 0x20, column)

    def encode(self, codepoint, column):
        """Adds a codepoint of the cell in a column."""
        at: cython.Py_ssize_t = self.end
        length: cython.int
        i: cython.int
        if codepoint < 0x80:
            length = 1
            self.data[at] = codepoint
        elif codepoint < 0x800:
            length = 2
            self.data[at] = 0xC0 | codepoint >> 6
        elif codepoint < 0x10000:
            length = 3
            self.data[at] = 0xE0 | codepoint >> 12
        else:
            length = 4
            self.data[at] = 0xF0 | (codepoint >> 18 & 7)
        self.columns[at] = column
        for i in range(1, length):
            self.data[at + i] = 0x80 | (codepoint >> (6 * (length - 1 - i)) & 0x3F)
            self.columns[at + i] = column
        self.end = at + length

    # Places.

    def row_of(self, offset):
        """Which of the rows read has a byte of the text."""
        low: cython.int = 0
        high: cython.int = len(self.plain)
        middle: cython.int
        while high - low > 1:
            middle = (low + high) // 2
            if self.starts[middle] <= offset:
                low = middle
            else:
                high = middle
        return low

    def cells(self, start, stop):
        """The cells of text[start:stop]: (line, column) of the first, and (line, column + 1) of the
        last. A part of a cluster means its cell. Raises IndexError.
        """
        row: cython.int
        column: cython.int
        if not 0 <= start < stop <= self.end:
            raise IndexError(f"bytes {start}..{stop} of {self.end}")
        row = self.row_of(start)
        column = start - self.starts[row] if self.plain[row] else self.columns[start] & ~_WIDE
        first = self.first + row, column
        stop -= 1
        row = self.row_of(stop)
        if self.plain[row]:
            column = stop - self.starts[row] + 1
        else:
            column = self.columns[stop]
            column = (column & ~_WIDE) + (2 if column & _WIDE else 1)
        return first, (self.first + row, column)
