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
their flags. Appending is amortised O(line), evicting O(1), finding a line O(log pages). Which
clusters and extras a page holds is noted as its lines are written, so a sweep looks at no line.

A change of width doesn't touch most pages at first: each keeps the width its lines were written at,
and one of another width than the history's is *pending* until reflow.py comes to it. What becomes
of some lines then stands in place of them (`replace`), in pages as large as need be.
"""

import bisect

import cython
import numpy as np

from gputerm.vt.core.clusters import Noted

if not cython.compiled:
    from gputerm.vt.core.cells import (
        COLOR_PALETTE,
        COLOR_RGB,
        FILLER,
        ROW_WRAPPED,
        STYLE,
        TAIL,
        WIDE,
    )

PAGE = 1 << 16

#: Rows of a logical line that are reflowed in one go, 200,000 characters of a wide window. Where
#: two parts meet, a row may end early, in FILLERs.
MAX_ROWS = 1000

_FREED = 64  # Pages freed in one go: 0.3 ms.

if not cython.compiled:

    def put_bytes(page, p, cells, at, count):
        """The lowest bytes of `count` cells' codepoints."""
        page[p : p + count] = bytes(cells[at + i * 4] & 0xFF for i in range(count))

    def put_header(page, p, flags, kind, count):
        """The header of a record."""
        page[p : p + 4] = bytes((flags, kind, count & 0xFF, count >> 8))

    def put_short(page, at, value):
        """Two bytes of a page."""
        page[at : at + 2] = bytes((value & 0xFF, value >> 8 & 0xFF))


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
        self.pending_stop = 0  #: from this line on nothing is pending
        self.pages = []
        self.clusters = Noted(clusters=True)
        self.extras = Noted(clusters=False)
        self.scratch = memoryview(np.zeros(4, np.uint32))  # a decoded record
        self.let_go = []  # pages to be used again or, a few at a time, freed
        self.forget()

    def __len__(self) -> int:
        return self.stop - self.first

    @property
    def size_bytes(self) -> int:
        """Memory that the pages take."""
        return sum(len(page) for page in self.pages)

    def forget(self):
        self.let_go += self.pages
        self.pages = []  # uint8 arrays, oldest first
        self.firsts = []  # the stable line with which each page begins
        self.begins = []  # the number that this line has in the page
        self.widths = []  # the columns of each page's lines
        self.ends = []  # where the records of each page end, but of one that is appended to
        self.held = []  # likewise (clusters, extras) that its lines hold; None for none
        self.page = memoryview(np.zeros(0, np.uint8))  # that one, if there is one
        self.clusters.begin()  # what it holds
        self.extras.begin()
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
        width = self.widths[number]
        if width != self.columns:  # Pending: cut off, or with blanks at its end.
            whole = self.whole(line)[: self.columns]
            out[: len(whole)] = whole
        else:
            self.decode(memoryview(self.pages[number]), p, memoryview(out.reshape(-1)), 0)
        return out

    def whole(self, line):
        """cells(line), as wide as the line is while its reflow is pending."""
        p: cython.int = self.locate(line)
        number = bisect.bisect_right(self.firsts, line) - 1
        out = np.zeros((self.widths[number], 4), np.uint32)
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
        """Appends a line of a grid, whose budget pays for it."""
        slot: cython.int = grid.slots[line]
        count: cython.int = grid.used[slot]
        at: cython.Py_ssize_t = slot * grid.columns * 4
        if not grid.plain[slot]:
            grid.budget.stop -= 2 * count
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
        put_short(self.page, len(self.page) - 2 * (self.page_lines + 1), self.end)
        put_header(self.page, self.end, flags, kind, count)
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
                if word & TAIL:
                    word = 0xD800
                elif word & FILLER:
                    word = 0xD801
                put_short(page, p, word)
                p += 2
        else:
            for i in range(count):
                word = cells[at + i * 4]
                page[p] = word & 0xFF
                page[p + 1] = (word >> 8) & 0xFF
                page[p + 2] = (word >> 16) & 0xFF
                page[p + 3] = word >> 24
                p += 4
            if kind & 8:
                self.clusters.add_all(cells, at, count)
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
            if (cells[o + 3] ^ attrs) & STYLE:
                what |= 16
                page[p] = cells[o + 3] & 0xFF
                page[p + 1] = (cells[o + 3] >> 8) & 0xFF
                p += 2
            if (cells[o + 3] ^ attrs) >> 16:
                what |= 32
                page[p] = (cells[o + 3] >> 16) & 0xFF
                page[p + 1] = cells[o + 3] >> 24
                p += 2
                self.extras.add(cells[o + 3] >> 16)
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
                    word = TAIL
                    if i:
                        cells[o - 4] |= WIDE
                elif word == 0xD801:
                    word = FILLER
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
                    fg = COLOR_PALETTE | page[p]
                    p += 1
                elif what & 3 == 3:
                    fg = COLOR_RGB | page[p] | page[p + 1] << 8 | page[p + 2] << 16
                    p += 3
                if what & 12 == 4:
                    bg = 0
                elif what & 12 == 8:
                    bg = COLOR_PALETTE | page[p]
                    p += 1
                elif what & 12 == 12:
                    bg = COLOR_RGB | page[p] | page[p + 1] << 8 | page[p + 2] << 16
                    p += 3
                if what & 16:
                    attrs = (attrs >> 16 << 16) | page[p] | page[p + 1] << 8
                    p += 2
                if what & 32:
                    word = page[p] | page[p + 1] << 8
                    attrs = (attrs & STYLE) | word << 16
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
        k = bisect.bisect_right(self.firsts, line) - 1
        return self.offset(memoryview(self.pages[k]), self.begins[k] + line - self.firsts[k])

    def new_page(self, need):
        """Goes on with a page that has room for `need` bytes: mostly a new one."""
        if len(self.page) == 0 and self.pages and self.widths[len(self.widths) - 1] == self.columns:
            self.reopen()
            if self.end + need + 2 * (self.page_lines + 1) <= len(self.page):
                return
        self.seal()
        size = max(PAGE, need + 2)
        page = self.let_go.pop() if self.let_go else None
        if page is None or len(page) != size:
            try:
                page = np.empty(size, np.uint8)
            except MemoryError:
                return  # begin_record finds no room.
        self.pages.append(page)
        self.firsts.append(self.stop)
        self.begins.append(0)
        self.widths.append(self.columns)
        self.page = memoryview(page)
        self.end = 0
        self.page_lines = 0
        if len(self.firsts) == 2:
            self.next_page_first = self.stop

    def seal(self):
        """Nothing is appended to the last page any more."""
        if len(self.page):
            if self.clusters.count or self.extras.count:
                self.held.append((self.clusters.take(), self.extras.take()))
            else:
                self.held.append(None)
            self.ends.append(self.end)
            self.page = memoryview(np.zeros(0, np.uint8))
            self.end = self.page_lines = 0

    def reopen(self):
        """Undoes seal()."""
        last = len(self.pages) - 1
        self.page = memoryview(self.pages[last])
        held = self.held.pop()
        if held is not None:
            self.clusters.put_back(held[0])
            self.extras.put_back(held[1])
        self.end = self.ends.pop()
        self.page_lines = self.begins[last] + self.stop - self.firsts[last]

    def evict(self):
        """Evicts the oldest line."""
        self.first += 1
        # What was pending may have gone, and with it the reason for more lines than the limit.
        if self.first >= self.pending_stop and self.stop - self.first > self.limit:
            self.first = self.stop - self.limit
        if self.first >= self.next_page_first:
            with cython.gil:
                self.drop_pages()

    def drop_pages(self):
        """Lets go of the pages all of whose lines are evicted."""
        while len(self.firsts) > 1 and self.firsts[1] <= self.first:
            self.let_go.append(self.pages.pop(0))
            del self.firsts[0], self.begins[0], self.widths[0], self.ends[0], self.held[0]
        self.next_page_first = self.firsts[1] if len(self.firsts) > 1 else 1 << 62

    def pop(self):
        """Takes the newest line back."""
        assert self.stop > self.first
        if len(self.page) == 0:
            self.reopen()
        self.stop -= 1
        self.page_lines -= 1
        self.end = self.offset(self.page, self.page_lines)
        if self.stop == self.firsts[len(self.firsts) - 1]:
            self.seal()
            for of_pages in (self.pages, self.firsts, self.begins, self.widths):
                of_pages.pop()
            self.ends.pop()
            self.held.pop()
            self.next_page_first = self.firsts[1] if len(self.firsts) > 1 else 1 << 62

    def mark(self, live_clusters, live_extras):
        """Marks the clusters and extras that kept lines hold; how many it has looked at for that.

        Lines that were evicted from a page of which others are kept may count as well.
        """
        indices: cython.uint[::1]
        i: cython.int
        looked: cython.longlong = 0
        last = len(self.pages) - 1
        if len(self.page) and self.first > self.firsts[last]:  # Evicted lines were noted as well.
            self.clusters.begin()
            self.extras.begin()
            self.note_lines(last)
            looked = self.page_lines
        for noted in (*self.held, self.held_by_open_page()):
            if noted is not None:
                indices = memoryview(noted[0])
                for i in range(len(indices)):
                    live_clusters[indices[i]] = 1
                looked += len(indices)
                indices = memoryview(noted[1])
                for i in range(len(indices)):
                    live_extras[indices[i]] = 1
                looked += len(indices)
        return looked

    def note_lines(self, k):
        """Notes what the kept lines of a page hold."""
        page: cython.uchar[::1] = memoryview(self.pages[k])
        number: cython.int
        p: cython.int
        begin: cython.int = self.begins[k] + max(self.first - self.firsts[k], 0)
        end: cython.int = self.begins[k] + self.end_of(k) - self.firsts[k]
        for number in range(begin, end):
            p = self.offset(page, number)
            if page[p + 1] & 24:
                self.note(page, p)

    def note(self, page, p):
        """Notes the clusters and extras of the record at page[p]."""
        i: cython.int
        count: cython.int = page[p + 2] | page[p + 3] << 8
        if 4 * count > len(self.scratch):
            with cython.gil:
                self.scratch = memoryview(np.zeros(4 * count, np.uint32))
        self.decode(page, p, self.scratch, 0)
        self.clusters.add_all(self.scratch, 0, count)
        for i in range(count):
            if self.scratch[4 * i + 3] >> 16:
                self.extras.add(self.scratch[4 * i + 3] >> 16)

    def held_by_open_page(self):
        """(clusters, extras) as in `held`."""
        return (
            self.clusters.indices[: self.clusters.count],
            self.extras.indices[: self.extras.count],
        )

    def free_some(self):
        """Frees some pages that were let go; one is kept to be used again."""
        del self.let_go[max(len(self.let_go) - _FREED, 1) :]

    @property
    def freeing(self):
        """Whether there are any left."""
        return len(self.let_go) > 1

    def copy_record(self, page, p, size):
        """Appends a record as it stands in another history's page."""
        i: cython.Py_ssize_t
        if self.end + size + 2 * (self.page_lines + 1) > len(self.page):
            with cython.gil:
                self.new_page(size)
        put_short(self.page, len(self.page) - 2 * (self.page_lines + 1), self.end)
        for i in range(size):
            self.page[self.end + i] = page[p + i]
        if page[p + 1] & 24:
            self.note(page, p)
        self.end += size
        self.page_lines += 1
        self.stop += 1
        if self.stop - self.first > self.limit:
            self.evict()
        return 0

    # For a reflow.

    def end_of(self, k):
        """One past the last line of a page."""
        return self.firsts[k + 1] if k + 1 < len(self.firsts) else self.stop

    def pending(self, before):
        """The last page of another width that has a line < before; -1 when there is none."""
        k = bisect.bisect_left(self.firsts, min(before, self.pending_stop)) - 1
        while k >= 0 and self.widths[k] == self.columns:
            k -= 1
        if before >= self.pending_stop:
            self.pending_stop = self.first if k < 0 else self.end_of(k)
        return k

    def fits(self, k):
        """Whether a page's lines are the same in the new width: each stands alone and is short."""
        page: cython.uchar[::1] = memoryview(self.pages[k])
        number: cython.int
        p: cython.int
        begin: cython.int = self.begins[k]
        end: cython.int = begin + self.end_of(k) - self.firsts[k]
        if self.firsts[k] > self.first and self.flags(self.firsts[k] - 1) & ROW_WRAPPED:
            return False
        for number in range(begin, end):
            p = self.offset(page, number)
            if page[p] & ROW_WRAPPED or (page[p + 2] | page[p + 3] << 8) > self.columns:
                return False
        return True

    def line_start(self, line, lines, cells):
        """Where to begin, so that a whole number of logical lines up to before `line` has at least
        `lines` rows or `cells` cells. One of more than MAX_ROWS rows is not taken whole.
        """
        page: cython.uchar[::1]
        p: cython.int
        number: cython.int
        taken: cython.longlong = 0
        rows: cython.longlong = 0
        own: cython.longlong = 0
        most: cython.longlong = MAX_ROWS
        low: cython.longlong
        width: cython.int
        k = bisect.bisect_left(self.firsts, line) - 1
        while k >= 0:
            page = memoryview(self.pages[k])
            number = self.begins[k] + line - self.firsts[k] - 1
            low = max(self.first, self.firsts[k])
            width = self.widths[k]
            while line > low:
                p = self.offset(page, number)
                if own and not page[p] & ROW_WRAPPED:  # A logical line begins at `line`.
                    rows += 1
                    own = 0
                    if rows >= lines or taken >= cells:
                        return line
                own += 1
                taken += width if page[p] & ROW_WRAPPED else page[p + 2] | page[p + 3] << 8
                line -= 1
                number -= 1
                if own >= most and (rows + own >= lines or taken >= cells):
                    return line
            k -= 1
        return self.first

    def line_end(self, line):
        """Where the logical line ends that line - 1 is a part of, within what is pending."""
        for _ in range(MAX_ROWS):
            k = bisect.bisect_right(self.firsts, line) - 1
            if (
                line == self.stop
                or self.widths[k] == self.columns
                or not self.flags(line - 1) & ROW_WRAPPED
            ):
                break
            line += 1
        return line

    def settle(self, k):
        """Nothing has to be done for a page that fits. Returns how many lines it has."""
        self.widths[k] = self.columns
        return self.end_of(k) - self.firsts[k]

    def pages_with(self, start, stop):
        """The numbers of the pages with lines start <= line < stop."""
        return range(
            bisect.bisect_right(self.firsts, start) - 1, bisect.bisect_left(self.firsts, stop)
        )

    def widest(self):
        """The columns of the widest lines."""
        return max(self.widths, default=self.columns)

    def growth(self):
        """A bound for the rows that the reflow of what is pending adds."""
        most = 0
        for k, width in enumerate(self.widths):
            if width != self.columns:
                most += 2 + (self.end_of(k) - self.firsts[k]) * (width // max(self.columns - 1, 1))
        return most

    def replace(self, start, stop, new):
        """Puts the lines of `new` for start <= line < stop.

        Of what follows lines keep their numbers, or if nothing does of what comes before.
        """
        other: History = new
        last = stop == self.stop
        self.seal()
        if not last:
            other.trim()
        move = 0 if last else stop - new.stop
        i = bisect.bisect_left(self.firsts, start)
        j = bisect.bisect_left(self.firsts, stop)
        pages, begins, widths = other.pages, other.begins, other.widths
        ends, held = other.ends, other.held
        firsts = [first + move for first in other.firsts]
        if j and self.end_of(j - 1) > stop:  # The end of a page stays.
            pages = [*pages, self.pages[j - 1].copy()]
            firsts.append(stop)
            begins = [*begins, self.begins[j - 1] + stop - self.firsts[j - 1]]
            widths = [*widths, self.widths[j - 1]]
            ends = [*ends, self.ends[j - 1]]
            held = [*held, self.held[j - 1]]
        self.pages[i:j] = pages
        self.firsts[:j] = [first + move + new.first - start for first in self.firsts[:i]] + firsts
        self.begins[i:j] = begins
        self.widths[i:j] = widths
        self.ends[i:j] = ends
        self.held[i:j] = held
        self.first += move + new.first - start
        if last:
            self.pending_stop = start
            self.columns = new.columns
            self.stop = new.stop
            self.page = other.page
            self.clusters = other.clusters
            self.extras = other.extras
            self.end = other.end
            self.page_lines = other.page_lines
        self.drop_pages()

    def trim(self):
        """Seals the last page and takes no more memory for it than it needs."""
        lines = self.page_lines
        end = self.end
        self.seal()
        page = self.pages.pop()
        whole = np.empty(end + 2 * lines, np.uint8)
        whole[:end] = page[:end]
        whole[end:] = page[len(page) - 2 * lines :]
        self.pages.append(whole)

    def renumber(self, move):
        """Adds `move` to the number of each line."""
        self.firsts = [first + move for first in self.firsts]
        self.first += move
        self.stop += move
        self.pending_stop += move
        self.drop_pages()

    def check(self):
        """Asserts the invariants; for tests."""
        assert 0 <= self.first <= self.stop
        assert self.stop - self.first <= self.limit or self.pending(self.stop) >= 0
        assert len(self.pages) == len(self.firsts) == len(self.begins) == len(self.widths)
        assert len(self.pages) == len(self.ends) + bool(len(self.page))
        assert len(self.ends) == len(self.held)
        clusters, extras = self.clusters, self.extras
        for k, noted in enumerate([*self.held, self.held_by_open_page()][: len(self.pages)]):
            self.clusters, self.extras = Noted(clusters=True), Noted(clusters=False)
            self.note_lines(k)
            for there, said in zip(self.held_by_open_page(), noted or ((), ()), strict=True):
                assert np.isin(there, said).all(), (k, list(there), list(said))
        self.clusters, self.extras = clusters, extras
        if self.pages:
            assert self.firsts[0] <= self.first or self.first == self.stop
            assert self.firsts == sorted(set(self.firsts))
            assert self.next_page_first == (self.firsts[1] if self.firsts[1:] else 1 << 62)
        if len(self.page):
            last = len(self.pages) - 1
            assert self.stop == self.firsts[last] + self.page_lines - self.begins[last]
            assert self.end + 2 * self.page_lines <= len(self.page)
            assert self.widths[last] == self.columns
