# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Grid: the cells of one screen, primary or alternate. It knows no cursor and keeps no history.

    index     line  0 1 2 3        array   slot 0 |cell|cell|…|   uint32[lines, columns, 4]
              slot  2 3 0 1                slot 1 |cell|cell|…|
                    └──────────── line 0 is stored in slot 2

Scrolling whole lines rotates `index`; no cell moves, and a row keeps its slot, its seqno and its
flags. The layout of a cell is in cells.py. A wide character is always WIDE followed by TAIL:
whoever writes half of one blanks the other half first (`split_wide`).
"""

import cython
import numpy as np

from gputerm.vt.core.budget import Budget

if not cython.compiled:
    from gputerm.vt.core.cells import CODEPOINT, PROTECTED, ROW_SIZE, ROW_WRAPPED, TAIL, WIDE

if not cython.compiled:

    def move_words(words, target, source, count):
        """words[source:] to words[target:], `count` of them; the two may overlap."""
        words[target : target + count] = words[source : source + count]

    def clear_words(words, start, count):
        """Zeroes `count` words."""
        words[start : start + count] = memoryview(np.zeros(count, np.uint32))

    move_slots = move_words


class Grid:
    """Rows of cells. Positions are 0-based (line, column), ranges half-open.

    Two hints make rows cheap to clear and to encode: the cells from `used` on are all zero, and a
    `plain` row has only codepoints below 256 in default style. Both may be too pessimistic, never
    too optimistic.
    """

    def __init__(self, lines: int, columns: int, number: int = 0) -> None:
        self.lines = lines
        self.columns = columns
        self.number = number
        self.array = np.zeros((lines, columns, 4), np.uint32)
        slots = np.arange(lines, dtype=np.int32)
        self.index = slots.view()
        self.index.flags.writeable = False
        self.row_flags = np.zeros(lines, np.uint8)
        self.row_seqnos = np.zeros(lines, np.uint64)
        self.cells = memoryview(self.array.reshape(-1))
        self.slots = memoryview(slots)
        self.flag = memoryview(self.row_flags)
        self.seqnos = memoryview(self.row_seqnos)
        self.scratch = memoryview(np.zeros(lines, np.int32))
        self.used = memoryview(np.zeros(lines, np.int32))
        self.plain = memoryview(np.ones(lines, np.uint8))
        self.seqno = 1
        self.budget = Budget()  #: pays for cells that change; Screen's, once it has the grid

    # For callers in Python.

    def slot(self, line):
        """The slot in which a line is stored."""
        return int(self.index[line])

    def row(self, line):
        """Writable uint32[columns, 4] of a line; whoever writes through it calls touch(line)."""
        return self.array[self.index[line]]

    def look(self, lines):
        """Of the first `lines`: uint64[lines], where each is stored (the alternate screen's have
        bit 31 set), uint64[lines], when it last changed, and uint8[lines], its ROW_* flags."""
        line: cython.int
        slot: cython.int
        bit: cython.ulonglong = self.number
        arrays = np.empty(lines, np.uint64), np.empty(lines, np.uint64), np.empty(lines, np.uint8)
        ids: cython.ulonglong[::1] = memoryview(arrays[0])
        seqnos: cython.ulonglong[::1] = memoryview(arrays[1])
        flags: cython.uchar[::1] = memoryview(arrays[2])
        for line in range(lines):
            slot = self.slots[line]
            ids[line] = bit << 31 | slot
            seqnos[line] = self.seqnos[slot]
            flags[line] = self.flag[slot]
        return arrays

    def flags(self, line):
        """ROW_* flags of a line."""
        return int(self.row_flags[self.index[line]])

    def set_flags(self, line, set, clear=0):
        """Changes ROW_* flags of a line."""
        slot = self.index[line]
        self.row_flags[slot] = (int(self.row_flags[slot]) & ~clear) | set
        self.stamp(line)

    def text(self, line):
        """The text of a line without trailing blanks; U+FFFC stands for a cluster."""
        chars = []
        for word in self.row(line)[:, 0].tolist():
            if not word & TAIL:
                code = 0xFFFC if word >> 31 else word & CODEPOINT
                chars.append(chr(code) if code else " ")
        return "".join(chars).rstrip()

    def load(self, line, cells, flags):
        """Replaces a line: cells uint32[columns, 4] and its ROW_* flags."""
        self.row(line)[:] = cells
        self.row_flags[self.index[line]] = flags
        self.touch(line)

    # For the compiled core.

    def begin(self, seqno):
        """Stamps every row: a grid that replaces another one looks different everywhere."""
        self.seqno = seqno
        self.row_seqnos[:] = seqno

    def lines_in_use(self):
        """One past the last line that isn't blank."""
        lines: cython.int = self.lines
        o: cython.Py_ssize_t
        i: cython.int
        while lines > 0:
            o = self.base(lines - 1)
            for i in range(self.used[self.slots[lines - 1]] * 4):
                if self.cells[o + i]:
                    return lines
            lines -= 1
        return 0

    def need(self, top, bottom, left, right):
        """Raises IndexError unless these cells exist; compiled code would scribble over others."""
        # top <= self.lines by itself: bottom may be top + 1, which wraps.
        inside: cython.bint = 0 <= top <= self.lines and top <= bottom <= self.lines
        if not (inside and 0 <= left <= right <= self.columns):
            with cython.gil:
                raise IndexError(
                    f"lines {top}..{bottom}, columns {left}..{right} "
                    f"aren't within {self.lines} x {self.columns}"
                )

    def base(self, line):
        """Where the words of a line begin in `cells`."""
        return self.slots[line] * self.columns * 4

    def stamp(self, line):
        """Marks a line as changed."""
        self.seqnos[self.slots[line]] = self.seqno

    def make_single(self):
        """No line is of double width or height any more."""
        line: cython.int
        for line in range(self.lines):
            if self.flag[self.slots[line]] & ROW_SIZE:
                self.flag[self.slots[line]] &= ~ROW_SIZE
                self.stamp(line)

    def touch(self, line):
        """Marks a line as changed by someone who doesn't keep the hints."""
        self.need(line, line + 1, 0, 0)
        slot: cython.int = self.slots[line]
        self.seqnos[slot] = self.seqno
        self.used[slot] = self.columns
        self.plain[slot] = 0

    def write_blank(self, slot, start, stop, bg):
        """Blanks cells of a slot without looking at wide characters or flags."""
        at: cython.Py_ssize_t = (slot * self.columns + start) * 4
        used: cython.int = self.used[slot]
        _: cython.int
        self.seqnos[slot] = self.seqno
        if bg:
            self.budget.stop -= stop - start
            for _ in range(start, stop):
                self.cells[at] = 0
                self.cells[at + 1] = 0
                self.cells[at + 2] = bg
                self.cells[at + 3] = 0
                at += 4
            self.plain[slot] = 0
            if used < stop:
                self.used[slot] = stop
        elif start < used:  # What lies beyond is blank already. What was used has paid for this.
            if stop < used:
                clear_words(self.cells, at, (stop - start) * 4)
            else:
                clear_words(self.cells, at, (used - start) * 4)
                self.used[slot] = start

    def write_cells(self, slot, start, stop, word, other, fg, bg, attrs):
        """Writes cells into start..stop, `word` and `other` by turns, whatever was there."""
        at: cython.Py_ssize_t = (slot * self.columns + start) * 4
        _: cython.int
        self.budget.stop -= stop - start
        for _ in range(start, stop):
            self.cells[at] = word
            self.cells[at + 1] = fg
            self.cells[at + 2] = bg
            self.cells[at + 3] = attrs
            at += 4
            word, other = other, word
        self.seqnos[slot] = self.seqno
        if (word | other) >= 0x100 or fg | bg | attrs:
            self.plain[slot] = 0
        if self.used[slot] < stop:
            self.used[slot] = stop

    def clear_slot(self, slot, bg):
        """Makes a slot a fresh row."""
        self.write_blank(slot, 0, self.columns, bg)
        self.flag[slot] = 0
        if not bg:
            self.plain[slot] = 1

    def copy_cells(self, source, target, left, right):
        """Copies cells left..right from slot to slot."""
        at: cython.Py_ssize_t = (source * self.columns + left) * 4
        to: cython.Py_ssize_t = (target * self.columns + left) * 4
        move_words(self.cells, to, at, (right - left) * 4)
        self.budget.stop -= (right - left) >> 1
        if not self.plain[source]:
            self.plain[target] = 0
        if self.used[target] < right:
            self.used[target] = right
        self.seqnos[target] = self.seqno

    def move_cells(self, slot, source, target, count):
        """Moves `count` cells within a slot, from column `source` to column `target`."""
        at: cython.Py_ssize_t = (slot * self.columns + source) * 4
        to: cython.Py_ssize_t = (slot * self.columns + target) * 4
        move_words(self.cells, to, at, count * 4)
        self.budget.stop -= count >> 1
        if self.used[slot] < target + count:
            self.used[slot] = target + count
        self.seqnos[slot] = self.seqno

    def split_wide(self, line, column):
        """Blanks the wide character that lies across the edge between column - 1 and column."""
        at: cython.Py_ssize_t
        self.need(line, line + 1, 0, 0)
        if 0 < column < self.columns and not self.plain[self.slots[line]]:
            at = self.base(line) + column * 4
            if self.cells[at] & TAIL:
                self.cells[at] = 0
                self.cells[at - 4] = 0
                self.seqnos[self.slots[line]] = self.seqno

    def erase(self, line, start, stop, bg, skip_protected):
        """Blanks cells start..stop in background bg, keeping protected ones if asked to."""
        column: cython.int
        at: cython.Py_ssize_t
        self.budget.stop -= 6
        self.need(line, line + 1, start, stop)
        if start >= stop:
            return 0
        if skip_protected and not self.plain[self.slots[line]]:
            at = self.base(line)
            self.budget.stop -= (stop - start) * 2
            for column in range(start, stop):
                # A wide character's TAIL carries PROTECTED too, so both halves stay or go.
                if not self.cells[at + column * 4] & PROTECTED:
                    self.split_wide(line, column)
                    self.split_wide(line, column + 1)
                    self.write_blank(self.slots[line], column, column + 1, bg)
        else:
            self.split_wide(line, start)
            self.split_wide(line, stop)
            self.write_blank(self.slots[line], start, stop, bg)
        if stop == self.columns:
            self.flag[self.slots[line]] &= ~ROW_WRAPPED

    def erase_lines(self, top, bottom, bg):
        """Makes lines top..bottom fresh rows in background bg."""
        line: cython.int
        self.need(top, bottom, 0, self.columns)
        for line in range(top, bottom):
            self.clear_slot(self.slots[line], bg)

    def fill(self, line, start, stop, word, fg, bg, attrs):
        """Writes the same cell into start..stop."""
        self.need(line, line + 1, start, stop)
        self.split_wide(line, start)
        self.split_wide(line, stop)
        self.write_cells(self.slots[line], start, stop, word, word, fg, bg, attrs)
        if stop == self.columns:
            self.flag[self.slots[line]] &= ~ROW_WRAPPED

    def scroll_up(self, top, bottom, left, right, count, bg):
        """Moves the content of a rectangle up by count lines; blank lines enter at the bottom."""
        line: cython.int
        self.need(top, bottom, left, right)
        if count > bottom - top:
            count = bottom - top
        if count <= 0 or left >= right:
            return 0
        if left == 0 and right == self.columns:
            self.budget.stop -= (self.lines >> 3) + count * 8
            if count == 1:  # A line feed, far more often than all the rest.
                line = self.slots[top]
                self.clear_slot(line, bg)
                move_slots(self.slots, top, top + 1, bottom - top - 1)
                self.slots[bottom - 1] = line
                return 0
            for line in range(count):
                self.scratch[line] = self.slots[top + line]
                self.clear_slot(self.slots[top + line], bg)
            move_slots(self.slots, top, top + count, bottom - top - count)
            for line in range(count):
                self.slots[bottom - count + line] = self.scratch[line]
            return 0
        self.budget.stop -= (bottom - top) * 4
        for line in range(top, bottom):
            self.split_wide(line, left)
            self.split_wide(line, right)
            if right == self.columns:
                self.flag[self.slots[line]] &= ~ROW_WRAPPED
        for line in range(top, bottom - count):
            self.copy_cells(self.slots[line + count], self.slots[line], left, right)
        for line in range(bottom - count, bottom):
            self.write_blank(self.slots[line], left, right, bg)

    def scroll_down(self, top, bottom, left, right, count, bg):
        """Moves the content of a rectangle down by count lines; blank lines enter at the top."""
        line: cython.int
        self.need(top, bottom, left, right)
        if count > bottom - top:
            count = bottom - top
        if count <= 0 or left >= right:
            return 0
        if left == 0 and right == self.columns:
            self.budget.stop -= (self.lines >> 3) + count * 8
            for line in range(count):
                self.scratch[line] = self.slots[bottom - count + line]
                self.clear_slot(self.slots[bottom - count + line], bg)
            move_slots(self.slots, top + count, top, bottom - top - count)
            for line in range(count):
                self.slots[top + line] = self.scratch[line]
            return 0
        self.budget.stop -= (bottom - top) * 4
        for line in range(top, bottom):
            self.split_wide(line, left)
            self.split_wide(line, right)
            if right == self.columns:
                self.flag[self.slots[line]] &= ~ROW_WRAPPED
        for line in range(bottom - 1, top + count - 1, -1):
            self.copy_cells(self.slots[line - count], self.slots[line], left, right)
        for line in range(top, top + count):
            self.write_blank(self.slots[line], left, right, bg)

    def insert_cells(self, line, column, right, count, bg):
        """ICH within one line: cells column..right move right by count, blanks enter at column."""
        self.need(line, line + 1, column, right)
        slot: cython.int = self.slots[line]
        if count > right - column:
            count = right - column
        if count <= 0:
            return 0
        self.split_wide(line, column)
        self.split_wide(line, right - count)
        self.split_wide(line, right)
        self.move_cells(slot, column, column + count, right - column - count)
        self.write_blank(slot, column, column + count, bg)
        if right == self.columns:
            self.flag[slot] &= ~ROW_WRAPPED

    def delete_cells(self, line, column, right, count, bg):
        """DCH within one line: cells column+count..right move left, blanks enter at the right."""
        self.need(line, line + 1, column, right)
        slot: cython.int = self.slots[line]
        if count > right - column:
            count = right - column
        if count <= 0:
            return 0
        self.split_wide(line, column)
        self.split_wide(line, column + count)
        self.split_wide(line, right)
        self.move_cells(slot, column + count, column, right - column - count)
        self.write_blank(slot, right - count, right, bg)
        if right == self.columns:
            self.flag[slot] &= ~ROW_WRAPPED

    def check(self):
        """Asserts the invariants; for tests."""
        assert sorted(self.index.tolist()) == list(range(self.lines)), self.index
        assert (self.row_seqnos <= self.seqno).all(), (self.row_seqnos, self.seqno)
        chars = self.array[:, :, 0]
        wide = (chars & WIDE) != 0
        tail = (chars & TAIL) != 0
        assert not wide[:, -1].any(), "WIDE in the last column"
        assert not tail[:, 0].any(), "TAIL in the first column"
        assert (wide[:, :-1] == tail[:, 1:]).all(), np.argwhere(wide[:, :-1] != tail[:, 1:])
        assert not (wide & tail).any()
        for slot in range(self.lines):
            used = self.used[slot]
            assert not self.array[slot, used:].any(), f"slot {slot} has cells beyond {used}"
            if self.plain[slot]:
                assert not self.array[slot, :, 1:].any(), f"slot {slot} isn't plain"
                assert (self.array[slot, :, 0] < 256).all(), f"slot {slot} isn't plain"
            assert self.row_flags[slot] <= 0x1F, (slot, self.row_flags[slot])
