# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""History: lines that scrolled off the primary screen, encoded line by line into pages of bytes.

    page   | record | record | record |  free  | o2 | o1 | o0 |  64 KiB; a longer record has its own
             ^ offset o0                         └ uint16 offsets, the first line's last

    record  flags u8 | kind u8 | cells u16 | codepoints, 1, 2 or 4 bytes a cell | style runs
    kind    bits 0-1 log2 of the bytes a codepoint takes, 2 has runs, 3 has clusters, 4 has extras
    run     cells u8 | what u8 | fg 0, 1 or 3 bytes | bg likewise | attrs u16 | extra u16
    what    bits 0-1 fg, 2-3 bg: 0 same, 1 default, 2 palette, 3 rgb; 4 attrs and 5 extra follow

A blank end of a line isn't stored, so a line of a log costs its characters and six bytes. With two
bytes the codes D800 and D801, which no text has, stand for TAIL and FILLER, and the WIDE before a
TAIL goes without saying; with four bytes the whole CHAR word is kept. Lines are never changed, only
their flags. Appending is amortised O(line), evicting O(1), finding a line O(log pages).
"""

import bisect

import cython
import numpy as np

PAGE = 1 << 16

if not cython.compiled:

    def put_bytes(page, p, cells, at, count):
        """The lowest bytes of `count` cells' codepoints."""
        page[p : p + count] = bytes(cells[at + i * 4] & 0xFF for i in range(count))


class History:
    """The lines first <= line < stop, by stable line number. `stop` grows with each line appended.

    Appending beyond `limit` lines evicts the oldest; a limit of 0 keeps nothing but still counts.
    """

    def __init__(self, columns: int, limit: int) -> None:
        assert 0 < columns < 1 << 16, columns  # A record has 16 bits for their number.
        self.columns = columns
        self.limit = max(limit, 0)
        self.first = 0
        self.stop = 0
        self.seqno = 0  #: when kept lines last changed otherwise than by appending
        self.spare = None
        self.forget()

    def __len__(self) -> int:
        return self.stop - self.first

    @property
    def size_bytes(self) -> int:
        """Memory that the pages take."""
        return sum(len(page) for page in self.pages)

    def forget(self):
        self.pages = []  # uint8 arrays, oldest first
        self.firsts = []  # the stable line with which each page begins
        self.ends = []  # where the records of each page but the last end
        self.page = memoryview(np.zeros(0, np.uint8))
        self.end = 0
        self.page_lines = 0
        self.next_page_first = 1 << 62

    def clear(self):
        """Evicts every line."""
        self.first = self.stop
        self.forget()

    def restart(self, line):
        """Numbers the lines of an empty history from `line` on."""
        self.clear()
        self.first = self.stop = line

    def set_limit(self, limit):
        """Keeps at most `limit` lines from now on."""
        self.limit = max(limit, 0)
        if self.limit == 0:
            self.clear()
        elif self.stop - self.first > self.limit:
            self.first = self.stop - self.limit
            self.drop_pages()

    def cells(self, line):
        """A decoded copy uint32[columns, 4] of a line. Raises IndexError for a line not kept."""
        p: cython.int = self.locate(line)
        out = np.zeros((self.columns, 4), np.uint32)
        number = bisect.bisect_right(self.firsts, line) - 1
        self.decode(memoryview(self.pages[number]), p, memoryview(out.reshape(-1)), 0)
        return out

    def flags(self, line):
        """ROW_* flags of a line."""
        p: cython.int = self.locate(line)
        return int(self.pages[bisect.bisect_right(self.firsts, line) - 1][p])

    def set_flags(self, line, flags):
        """Replaces the ROW_* flags of a line."""
        p: cython.int = self.locate(line)
        self.pages[bisect.bisect_right(self.firsts, line) - 1][p] = flags

    def append_line(self, grid, line):
        """append() for callers in Python. Raises IndexError, or ValueError for another width."""
        grid.need(line, line + 1, 0, 0)
        if grid.columns != self.columns:
            raise ValueError(f"a line of {grid.columns} columns in a history of {self.columns}")
        self.append(grid, line)

    def append(self, grid, line):
        """Appends a line of a grid."""
        slot: cython.int = grid.slots[line]
        count: cython.int = grid.used[slot]
        at: cython.Py_ssize_t = slot * grid.columns * 4
        if not grid.plain[slot]:
            self.append_cells(grid.cells, at, count, grid.flag[slot])
            return
        # The fast path: codes below 256, no style.
        while count > 0 and grid.cells[at + (count - 1) * 4] == 0:
            count -= 1
        if self.begin_record(4 + count, grid.flag[slot], 0, count):
            put_bytes(self.page, self.end + 4, grid.cells, at, count)
            self.end_record(self.end + 4 + count)

    def begin_record(self, need, flags, kind, count):
        """Writes the header of a record of up to `need` bytes; False when there can't be one."""
        i: cython.Py_ssize_t
        if self.limit == 0:
            self.stop += 1
            self.first = self.stop
            return False
        # The directory grows towards the records: two bytes for each line and the new one.
        if self.end + need + 2 * (self.page_lines + 1) > len(self.page):
            with cython.gil:
                self.new_page(need)
            if self.end + need + 2 > len(self.page):
                return False  # Out of memory: better a line lost than written past the page.
        i = len(self.page) - 2 * (self.page_lines + 1)
        self.page[i] = self.end & 0xFF
        self.page[i + 1] = self.end >> 8
        self.page[self.end] = flags
        self.page[self.end + 1] = kind
        self.page[self.end + 2] = count & 0xFF
        self.page[self.end + 3] = count >> 8
        return True

    def end_record(self, end):
        """The record is complete; a line was appended."""
        self.end = end
        self.page_lines += 1
        self.stop += 1
        if self.stop - self.first > self.limit:
            self.evict()

    def append_cells(self, cells, at, count, flags):
        """Appends `count` cells from cells[at] on."""
        i: cython.Py_ssize_t
        o: cython.Py_ssize_t
        chars: cython.uint = 0
        style: cython.uint = 0
        attrs: cython.uint = 0
        changed: cython.uint
        kind: cython.int = 0
        width: cython.int = 1
        runs: cython.int = 1
        need: cython.int
        # Drop the blank end.
        while count > 0:
            o = at + (count - 1) * 4
            if cells[o] | cells[o + 1] | cells[o + 2] | cells[o + 3]:
                break
            count -= 1
        for i in range(count):
            o = at + i * 4
            chars |= cells[o]
            style |= cells[o + 1] | cells[o + 2]
            attrs |= cells[o + 3]
        if style | attrs:
            kind |= 4
            for i in range(1, count):
                o = at + i * 4
                changed = (
                    (cells[o + 1] ^ cells[o - 3])
                    | (cells[o + 2] ^ cells[o - 2])
                    | (cells[o + 3] ^ cells[o - 1])
                )
                runs += changed != 0
        if chars >> 31:
            kind |= 8
        if attrs >> 16:
            kind |= 16
        # Wide halves and fillers fit into two bytes; protected cells and clusters do not.
        if chars >> 31 or chars & 0x81F0000:
            width = 4
            kind |= 2
        elif chars & 0x7000FF00:
            width = 2
            kind |= 1
        need = 4 + count * width
        if kind & 4:
            need += (runs + count // 255) * 12
        if self.begin_record(need, flags, kind, count):
            self.end_record(self.encode(self.page, cells, at, count, width, kind))

    def encode(self, page, cells, at, count, width, kind):
        """Writes codepoints and style runs after the header; returns where they end."""
        p: cython.Py_ssize_t = self.end + 4  # As wide as an address: C then stores words whole.
        i: cython.Py_ssize_t
        word: cython.uint
        if width == 1:
            put_bytes(page, p, cells, at, count)
            p += count
        elif width == 2:
            for i in range(count):
                word = cells[at + i * 4]
                if word & 0x20000000:
                    word = 0xD800
                elif word & 0x10000000:
                    word = 0xD801
                page[p] = word & 0xFF
                page[p + 1] = (word >> 8) & 0xFF
                p += 2
        else:
            for i in range(count):
                word = cells[at + i * 4]
                page[p] = word & 0xFF
                page[p + 1] = (word >> 8) & 0xFF
                page[p + 2] = (word >> 16) & 0xFF
                page[p + 3] = word >> 24
                p += 4
        if kind & 4:
            p = self.encode_runs(page, cells, at, count, p)
        return p

    def encode_runs(self, page, cells, at, count, p):
        """Writes the style runs of a line at p; returns where they end."""
        i: cython.int = 0
        start: cython.int
        head: cython.int
        what: cython.int
        fg: cython.uint = 0
        bg: cython.uint = 0
        attrs: cython.uint = 0
        o: cython.Py_ssize_t = at
        while i < count:
            start = i
            head = p
            what = 0
            p += 2
            if cells[o + 1] != fg:
                fg = cells[o + 1]
                if fg == 0:
                    what = 1
                elif fg >> 24 == 1:
                    what = 2
                    page[p] = fg & 0xFF
                    p += 1
                else:
                    what = 3
                    page[p] = fg & 0xFF
                    page[p + 1] = (fg >> 8) & 0xFF
                    page[p + 2] = (fg >> 16) & 0xFF
                    p += 3
            if cells[o + 2] != bg:
                bg = cells[o + 2]
                if bg == 0:
                    what |= 4
                elif bg >> 24 == 1:
                    what |= 8
                    page[p] = bg & 0xFF
                    p += 1
                else:
                    what |= 12
                    page[p] = bg & 0xFF
                    page[p + 1] = (bg >> 8) & 0xFF
                    page[p + 2] = (bg >> 16) & 0xFF
                    p += 3
            if (cells[o + 3] ^ attrs) & 0xFFFF:
                what |= 16
                page[p] = cells[o + 3] & 0xFF
                page[p + 1] = (cells[o + 3] >> 8) & 0xFF
                p += 2
            if (cells[o + 3] ^ attrs) >> 16:
                what |= 32
                page[p] = (cells[o + 3] >> 16) & 0xFF
                page[p + 1] = cells[o + 3] >> 24
                p += 2
            attrs = cells[o + 3]
            while (
                i < count
                and i - start < 255
                and cells[o + 1] == fg
                and cells[o + 2] == bg
                and cells[o + 3] == attrs
            ):
                i += 1
                o += 4
            page[head] = i - start
            page[head + 1] = what
        return p

    def decode(self, page, p, cells, at):
        """Writes the cells of the record at page[p] to cells[at:]; returns how many they are."""
        kind: cython.int = page[p + 1]
        count: cython.int = page[p + 2] | page[p + 3] << 8
        i: cython.int = 0
        stop: cython.int
        what: cython.int
        word: cython.uint
        fg: cython.uint = 0
        bg: cython.uint = 0
        attrs: cython.uint = 0
        o: cython.Py_ssize_t = at
        p += 4
        if kind & 3 == 0:
            for i in range(count):
                cells[o] = page[p + i]
                cells[o + 1] = 0
                cells[o + 2] = 0
                cells[o + 3] = 0
                o += 4
            p += count
        else:
            for i in range(count):
                word = page[p] | page[p + 1] << 8
                p += 2
                if kind & 3 == 2:
                    fg = page[p + 1]
                    word |= page[p] << 16 | fg << 24
                    p += 2
                elif word == 0xD800:
                    word = 0x20000000
                    if i:
                        cells[o - 4] |= 0x40000000
                elif word == 0xD801:
                    word = 0x10000000
                cells[o] = word
                cells[o + 1] = 0
                cells[o + 2] = 0
                cells[o + 3] = 0
                o += 4
        if kind & 4:
            fg = 0
            o = at
            i = 0
            while i < count:
                stop = i + page[p]
                what = page[p + 1]
                p += 2
                if what & 3 == 1:
                    fg = 0
                elif what & 3 == 2:
                    fg = 0x1000000 | page[p]
                    p += 1
                elif what & 3 == 3:
                    fg = 0x2000000 | page[p] | page[p + 1] << 8 | page[p + 2] << 16
                    p += 3
                if what & 12 == 4:
                    bg = 0
                elif what & 12 == 8:
                    bg = 0x1000000 | page[p]
                    p += 1
                elif what & 12 == 12:
                    bg = 0x2000000 | page[p] | page[p + 1] << 8 | page[p + 2] << 16
                    p += 3
                if what & 16:
                    attrs = (attrs >> 16 << 16) | page[p] | page[p + 1] << 8
                    p += 2
                if what & 32:
                    word = page[p] | page[p + 1] << 8
                    attrs = (attrs & 0xFFFF) | word << 16
                    p += 2
                while i < stop:
                    cells[o + 1] = fg
                    cells[o + 2] = bg
                    cells[o + 3] = attrs
                    o += 4
                    i += 1
        return count

    def offset(self, page, number):
        """Where the record of a page's number-th line begins."""
        i: cython.Py_ssize_t = len(page) - 2 * (number + 1)
        return page[i] | page[i + 1] << 8

    def locate(self, line):
        """Where the record of a line begins within its page."""
        if not self.first <= line < self.stop:
            raise IndexError(f"line {line} isn't in history {self.first}..{self.stop}")
        number = bisect.bisect_right(self.firsts, line) - 1
        return self.offset(memoryview(self.pages[number]), line - self.firsts[number])

    def new_page(self, need):
        """Begins a page that has room for `need` bytes."""
        size = max(PAGE, need + 2)
        page = self.spare if self.spare is not None and size == PAGE else None
        if page is None:
            try:
                page = np.empty(size, np.uint8)
            except MemoryError:
                return  # begin_record finds no room.
        self.spare = None
        if self.pages:
            self.ends.append(self.end)
        self.pages.append(page)
        self.firsts.append(self.stop)
        self.page = memoryview(page)
        self.end = 0
        self.page_lines = 0
        if len(self.firsts) == 2:
            self.next_page_first = self.stop

    def evict(self):
        """Evicts the oldest line."""
        self.first += 1
        if self.first >= self.next_page_first:
            with cython.gil:
                self.drop_pages()

    def drop_pages(self):
        """Lets go of the pages all of whose lines are evicted."""
        while len(self.firsts) > 1 and self.firsts[1] <= self.first:
            page = self.pages.pop(0)
            if len(page) == PAGE:
                self.spare = page
            del self.firsts[0], self.ends[0]
        self.next_page_first = self.firsts[1] if len(self.firsts) > 1 else 1 << 62

    def pop(self):
        """Takes the newest line back."""
        assert self.stop > self.first
        self.stop -= 1
        self.page_lines -= 1
        self.end = self.offset(self.page, self.page_lines)
        if self.page_lines == 0:
            self.pages.pop()
            self.firsts.pop()
            if not self.pages:
                self.forget()
                return
            last = len(self.pages) - 1
            self.page = memoryview(self.pages[last])
            self.end = self.ends.pop()
            self.page_lines = self.stop - self.firsts[last]
            self.next_page_first = self.firsts[1] if len(self.firsts) > 1 else 1 << 62

    def mark(self, live_clusters, live_extras):
        """Marks the clusters and extras that kept lines hold."""
        page: cython.uchar[::1]
        number: cython.int
        p: cython.int
        i: cython.int
        count: cython.int
        scratch = memoryview(np.zeros(self.columns * 4, np.uint32))
        cells: cython.uint[::1] = scratch
        for k in range(len(self.pages)):
            page = memoryview(self.pages[k])
            begin = max(self.first - self.firsts[k], 0)
            end = (self.firsts[k + 1] if k + 1 < len(self.firsts) else self.stop) - self.firsts[k]
            for number in range(begin, end):
                p = self.offset(page, number)
                if page[p + 1] & 24:
                    count = self.decode(page, p, cells, 0)
                    for i in range(count):
                        if cells[i * 4] >> 31:
                            live_clusters[cells[i * 4] & 0x1FFFFF] = 1
                        live_extras[cells[i * 4 + 3] >> 16] = 1
        return 0

    def copy_record(self, page, p, size):
        """Appends a record as it stands in another history's page."""
        i: cython.Py_ssize_t
        if self.end + size + 2 * (self.page_lines + 1) > len(self.page):
            with cython.gil:
                self.new_page(size)
        i = len(self.page) - 2 * (self.page_lines + 1)
        self.page[i] = self.end & 0xFF
        self.page[i + 1] = self.end >> 8
        for i in range(size):
            self.page[self.end + i] = page[p + i]
        self.end += size
        self.page_lines += 1
        self.stop += 1
        if self.stop - self.first > self.limit:
            self.evict()
        return 0

    def check(self):
        """Asserts the invariants; for tests."""
        assert 0 <= self.first <= self.stop
        assert self.stop - self.first <= self.limit
        assert len(self.pages) == len(self.firsts) == len(self.ends) + bool(self.pages)
        if self.pages:
            assert self.firsts[0] <= self.first or self.first == self.stop
            assert self.firsts == sorted(self.firsts)
            assert self.stop == self.firsts[len(self.firsts) - 1] + self.page_lines
            assert self.end + 2 * self.page_lines <= len(self.page)
