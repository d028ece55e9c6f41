# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Printer: what happens when a graphic character arrives — wrapping, widths, clusters, charsets.

It holds the state that printing needs (grids, cursor, pen, margins, modes); the control functions
that change this state are in its subclasses, Motion to Screen. Runs of ASCII have a fast path that
equals putting each character; the tables of widths and cluster breaks are those of
gputerm.vt.core.width, whose `joined_width` this follows.
"""

import cython
import numpy as np

from gputerm.vt.core.budget import PAUSE
from gputerm.vt.core.clusters import Clusters
from gputerm.vt.core.extras import MAX_EXTRAS, Extras
from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History
from gputerm.vt.core.performer import Performer
from gputerm.vt.core.sgr import Pen
from gputerm.vt.core.width_table import BREAK, STAGE1, STAGE2, STAGE2_WIDE

if not cython.compiled:
    from gputerm.vt.core.cells import (
        CODEPOINT,
        FILLER,
        MARKS,
        PROTECT_OFF,
        PROTECTED,
        ROW_SIZE,
        ROW_WRAPPED,
        STYLE,
        TAIL,
        WIDE,
    )
    from gputerm.vt.core.performer import MAX_RUN
    from gputerm.vt.core.width import (
        BREAK_BIT,
        CLASS,
        CLASS_SHIFT,
        EMOJI_PRESENTATION,
        EMOJI_VARIATION,
        REGIONAL_INDICATOR,
        STATE,
        TEXT_PRESENTATION,
        WIDTH,
    )

CHARSETS = 64  #: character sets that can be defined, all ASCII until somebody does


class Printer(Performer):
    """The screens and the state of printing. Lines and columns are 0-based, margins half-open."""

    def __init__(self, lines: int, columns: int, history: int) -> None:
        Performer.__init__(self)
        self.lines = lines
        self.columns = columns
        self.seqno = 1
        self.primary = Grid(lines, columns, 0)
        self.alternate = Grid(lines, columns, 1)
        self.primary.budget = self.alternate.budget = self.budget
        self.grid = self.primary
        self.history = History(columns, history)
        self.clusters = Clusters()
        self.extras = Extras()
        self.pen = Pen(self.params, self.joined)
        self.sync_generation = 0
        self.charset_tables = np.tile(np.arange(0x20, 0x80, dtype=np.uint32), (CHARSETS, 1))
        charset = np.zeros(4, np.uint8)
        self.charsets = charset.view()
        self.charsets.flags.writeable = False
        self.glyphs = memoryview(self.charset_tables.reshape(-1))
        self.charset = memoryview(charset)
        self.stage1 = memoryview(STAGE1)
        self.stage2 = memoryview(STAGE2)
        self.breaks = memoryview(BREAK)
        self.heads = memoryview(np.zeros(MAX_RUN, np.intp))  # print_text's notes
        self.default_clusters = True
        self.default_state()

    def default_state(self):
        """Cursor, pen, margins, modes and charsets as after power-on."""
        g: cython.int
        self.line = self.column = 0
        self.pending_wrap = False
        self.pen.reset()
        self.extra = 0
        self.extra_color = 0
        self.link_uri = self.link_id = ""
        self.protected = False
        self.protect_mode = PROTECT_OFF
        self.top = self.left = 0
        self.bottom = self.lines
        self.right = self.columns
        self.autowrap = self.cursor_visible = True
        self.grapheme_clusters = self.default_clusters
        self.clusters_chosen = False
        self.insert = self.newline = self.origin = self.left_right_margin_mode = False
        self.reverse_wrap = self.extended_reverse_wrap = self.tab_wraps = False
        self.synchronized = False
        for g in range(4):
            self.charset[g] = 0
        self.gl = 0
        self.gr = 2
        self.single_shift = 0
        self.last_graphic = 0
        self.break_state = 0
        self.joinable = False

    def set_ambiguous_width(self, *, wide):
        """Whether characters of ambiguous width take two cells from now on; what stands stays."""
        self.stage2 = memoryview(STAGE2_WIDE if wide else STAGE2)

    def set_default_clusters(self, *, on, anyway):
        """Mode 2027 where the program hasn't set or reset it, and `anyway` where it has."""
        self.default_clusters = on
        if anyway or not self.clusters_chosen:
            self.put_clusters(on)
            self.clusters_chosen = False

    def put_clusters(self, on):
        """Mode 2027 — what was printed before doesn't join what comes."""
        self.grapheme_clusters = on
        self.joinable = False
        self.break_state = 0

    def begin(self):
        """A chunk begins: what it changes is newer than anything before."""
        self.seqno += 1
        self.primary.seqno = self.seqno
        self.alternate.seqno = self.seqno

    def print_ascii(self, start, stop):
        """Graphic characters data[start:stop]; a whole run at once when nothing special is set."""
        slot: cython.int
        count: cython.int
        i: cython.int
        at: cython.Py_ssize_t
        fg: cython.uint
        bg: cython.uint
        attrs: cython.uint
        limit: cython.int
        while (
            self.insert
            or self.single_shift
            or self.charset[self.gl]
            or (self.joinable and not self.breaks[self.break_state << 5] & BREAK_BIT)
        ):
            self.put(self.data[start])
            start += 1
            if start == stop:
                return
        fg = self.pen.fg
        bg = self.pen.bg
        attrs = self.pen.attrs | self.extra << 16
        while start < stop:
            if self.pending_wrap:
                self.pending_wrap = False
                if self.autowrap:
                    self.wrap()
            limit = self.limit()
            count = limit - self.column
            if count > stop - start:
                count = stop - start
            slot = self.grid.slots[self.line]
            at = (slot * self.columns + self.column) * 4
            if not self.grid.plain[slot]:
                # Grid.split_wide() for both ends, in cells that aren't about to be overwritten.
                if self.grid.cells[at] & TAIL:
                    self.grid.cells[at - 4] = 0
                if self.column + count < self.columns and self.grid.cells[at + count * 4] & TAIL:
                    self.grid.cells[at + count * 4] = 0
            for i in range(count):
                self.grid.cells[at] = self.data[start + i]
                self.grid.cells[at + 1] = fg
                self.grid.cells[at + 2] = bg
                self.grid.cells[at + 3] = attrs
                at += 4
            if fg | bg | attrs:
                self.grid.plain[slot] = 0
            if self.protected:  # apart: in the loop above it costs a tenth
                self.grid.plain[slot] = 0
                self.protect(at - count * 4, at)
            start += count
            count += self.column
            if self.grid.used[slot] < count:
                self.grid.used[slot] = count
            self.grid.seqnos[slot] = self.seqno
            if count == self.columns:
                self.grid.flag[slot] &= ~ROW_WRAPPED
            if count == limit:
                count -= 1
                self.pending_wrap = True
            self.column = count
        self.last_graphic = self.data[stop - 1]
        self.break_state = self.breaks[0] & STATE
        self.joinable = True

    def print_text(self, count):
        """Graphic characters codepoints[:count]; one loop for cells, another for clusters."""
        i: cython.Py_ssize_t = 0
        joined: cython.Py_ssize_t  # how many joined a cluster: codepoints[:joined], heads[:joined]
        codepoint: cython.uint
        entry: cython.uint
        before: cython.uint  # the entry of the code point before
        following: cython.Py_ssize_t
        joins: cython.Py_ssize_t  # all ones if the code point joins, otherwise 0
        width: cython.Py_ssize_t  # of the last cluster
        wide: cython.Py_ssize_t
        state: cython.Py_ssize_t
        slot: cython.int
        start: cython.Py_ssize_t
        edge: cython.Py_ssize_t
        at: cython.Py_ssize_t
        head: cython.Py_ssize_t  # the first cell of the last cluster
        word: cython.uint  # its first code point; 0 while none is of this run
        fg: cython.uint = self.pen.fg
        bg: cython.uint = self.pen.bg
        attrs: cython.uint = self.pen.attrs | self.extra << 16
        while i < count:
            slot = self.grid.slots[self.line]
            at = start = (slot * self.columns + self.column) * 4
            if (
                self.pending_wrap
                or self.insert
                or self.single_shift
                or self.charset[self.gl]
                or not self.utf8
                or not self.grapheme_clusters
                or self.grid.cells[at] & TAIL  # half a character that goes if we print here
            ):
                self.put(self.codepoints[i])
                i += 1
                continue
            edge = start + (self.limit() - self.column - 2) * 4
            state = self.break_state
            before = 0
            width = -2  # so little that nothing joins before the first cell
            word = 0
            joined = 0
            # What comes near the margin, narrows a cluster or joins a cell from before this run is
            # for put(), and so is a mark that joins nothing.
            while i < count:
                codepoint = self.codepoints[i]
                entry = self.stage2[self.stage1[codepoint >> 8] << 8 | (codepoint & 0xFF)]
                following = self.breaks[state << 5 | (entry >> CLASS_SHIFT & CLASS)]
                if not following & BREAK_BIT or not entry & WIDTH or at >= edge:
                    break
                word = codepoint
                width = entry & WIDTH
                self.grid.cells[at] = word
                self.grid.cells[at + 1] = fg
                self.grid.cells[at + 2] = bg
                self.grid.cells[at + 3] = attrs
                if width == 2:
                    self.grid.cells[at] = word | WIDE
                    at += 4
                    self.grid.cells[at] = TAIL
                    self.grid.cells[at + 1] = fg
                    self.grid.cells[at + 2] = bg
                    self.grid.cells[at + 3] = attrs
                at += 4
                before = entry
                state = following & STATE
                i += 1
            # From the first cluster on. No processor guesses where the next one ends, and a wrong
            # guess takes as long as three code points. So no branch depends on it: the head of a
            # narrow cluster overwrites its tail, and what joins is noted for join_all().
            while i < count:
                codepoint = self.codepoints[i]
                entry = self.stage2[self.stage1[codepoint >> 8] << 8 | (codepoint & 0xFF)]
                following = self.breaks[state << 5 | (entry >> CLASS_SHIFT & CLASS)]
                joins = (following >> 7) - 1
                width &= joins
                head = at - width * 4
                width += (entry & WIDTH) + (before >> 7 & (codepoint == EMOJI_PRESENTATION))
                if width <= 0 or head >= edge or codepoint == TEXT_PRESENTATION:
                    break
                wide = width > 1
                width = 1 + wide
                word = (word & joins) | (codepoint & ~joins)
                at = head + wide * 4
                self.grid.cells[at] = TAIL
                self.grid.cells[at + 1] = fg
                self.grid.cells[at + 2] = bg
                self.grid.cells[at + 3] = attrs
                self.grid.cells[head] = word | wide << 30
                self.grid.cells[head + 1] = fg
                self.grid.cells[head + 2] = bg
                self.grid.cells[head + 3] = attrs
                at += 4
                self.codepoints[joined] = codepoint
                self.heads[joined] = head
                joined -= joins
                before = entry
                state = following & STATE
                i += 1
            if word:
                if self.grid.cells[at] & TAIL:  # the right half of what was overwritten
                    self.grid.cells[at] = 0
                if self.protected:
                    self.protect(start, at)
                self.last_graphic = word
                self.column += (at - start) >> 2
                self.break_state = state
                self.joinable = True
                self.grid.plain[slot] = 0
                if self.grid.used[slot] < self.column:
                    self.grid.used[slot] = self.column
                self.grid.seqnos[slot] = self.seqno
                if joined:
                    self.join_all(joined)
            if i < count:
                self.put(self.codepoints[i])
                i += 1

    def protect(self, start, stop):
        """DECSCA, SPA — marks the cells whose words are start..stop."""
        at: cython.Py_ssize_t
        for at in range(start, stop, 4):
            self.grid.cells[at] |= PROTECTED

    def join_all(self, count):
        """Adds codepoints[:count] to the cells at heads[:count], whose width is right already."""
        i: cython.Py_ssize_t = 0
        at: cython.Py_ssize_t
        while True:
            i = self.clusters.extend_known(self.grid.cells, self.heads, self.codepoints, i, count)
            if i == count:
                return
            at = self.heads[i]
            self.grid.cells[at] = self.longer(self.grid.cells[at], self.codepoints[i])
            i += 1

    def longer(self, word, codepoint):
        """A cell's content with one more code point; the same when there is no room for it."""
        if self.clusters.count >= self.clusters.threshold:
            with cython.gil:
                self.sweep()
        self.budget.stop -= 30
        return self.clusters.extend(word, codepoint)

    def entry(self, codepoint):
        """What gputerm.vt.core.width knows of a code point."""
        return self.stage2[self.stage1[codepoint >> 8] << 8 | (codepoint & 0xFF)]

    def put(self, codepoint):
        """One graphic character: a new cell, or one more code point of the cell before."""
        entry: cython.int
        following: cython.int
        width: cython.int
        g: cython.int
        byte: cython.bint = codepoint < 0x80 or not self.utf8
        if byte:
            g = self.gl if codepoint < 0x80 else self.gr
            if self.single_shift:
                g = self.single_shift
                self.single_shift = 0
            g = self.charset[g]
            if g:
                codepoint = self.glyphs[g * 96 + (codepoint & 0x7F) - 0x20]
                if codepoint == 0x7F:
                    return  # A set of 94 has nothing there.
        entry = self.entry(codepoint)
        # Who sends bytes for a character set counts bytes: its characters aren't ambiguous.
        width = 1 if byte else entry & WIDTH
        if not self.grapheme_clusters:
            if entry >> CLASS_SHIFT & CLASS == REGIONAL_INDICATOR:  # Two are a flag of two cells.
                width = 1
        else:
            following = self.breaks[self.break_state << 5 | (entry >> CLASS_SHIFT & CLASS)]
            self.break_state = following & STATE
            if self.joinable and not following & BREAK_BIT:
                self.join(codepoint, width)
                return
        if width == 0:
            # Without knowing what came before, a mark still belongs to the cell before the cursor.
            self.join(codepoint, 0)
            return
        self.last_graphic = codepoint
        self.joinable = True
        self.place(codepoint, width)

    def put_delete(self):
        """DEL — a graphic character where GL holds a set of 96, otherwise nothing. [ECMA-35 6.2]"""
        g: cython.int = self.charset[self.single_shift if self.single_shift else self.gl]
        if self.glyphs[g * 96 + 95] != 0x7F:
            self.put(0x7F)

    def place(self, word, width):
        """Writes a cell, or two, at the cursor and advances it."""
        limit: cython.int
        slot: cython.int
        at: cython.Py_ssize_t
        attrs: cython.uint = self.pen.attrs | self.extra << 16
        if self.pending_wrap:
            self.pending_wrap = False
            if self.autowrap:
                self.wrap()
        limit = self.limit()
        if self.column + width > limit:
            if not self.autowrap or limit - (self.left if self.column >= self.left else 0) < 2:
                return  # There is no room for two cells, here or nowhere.
            self.grid.fill(
                self.line,
                self.column,
                limit,
                FILLER if limit == self.columns else 0,
                self.pen.fg,
                self.pen.bg,
                attrs,
            )
            self.wrap()
            limit = self.limit()
            if self.column + width > limit:
                return  # The next line is of double width and shows one column here.
        if self.insert:
            self.grid.insert_cells(self.line, self.column, limit, width, self.pen.bg)
        if self.protected:
            word |= PROTECTED
        slot = self.grid.slots[self.line]
        if not self.grid.plain[slot]:
            self.grid.split_wide(self.line, self.column)
            self.grid.split_wide(self.line, self.column + width)
        if word >= 0x100 or width == 2 or self.pen.fg | self.pen.bg | attrs:
            self.grid.plain[slot] = 0
        at = (slot * self.columns + self.column) * 4
        self.column += width
        if width == 2:
            self.write(at, word | WIDE, attrs)
            self.write(at + 4, (word & PROTECTED) | TAIL, attrs)
        else:
            self.write(at, word, attrs)
        if self.grid.used[slot] < self.column:
            self.grid.used[slot] = self.column
        self.grid.seqnos[slot] = self.seqno
        if self.column == self.columns:
            self.grid.flag[slot] &= ~ROW_WRAPPED
        if self.column == limit:
            self.column -= 1
            self.pending_wrap = True

    def write(self, at, word, attrs):
        """One cell in the pen's colours."""
        self.grid.cells[at] = word
        self.grid.cells[at + 1] = self.pen.fg
        self.grid.cells[at + 2] = self.pen.bg
        self.grid.cells[at + 3] = attrs

    def previous_column(self):
        """Where the character before the cursor begins; -1 when the line has none."""
        column: cython.int = self.column if self.pending_wrap else self.column - 1
        if column > 0 and self.grid.cells[self.grid.base(self.line) + column * 4] & TAIL:
            column -= 1
        return column

    def join(self, codepoint, width):
        """Adds a code point to the cluster before the cursor, which may widen or narrow."""
        column: cython.int = self.previous_column()
        at: cython.Py_ssize_t = self.grid.base(self.line) + column * 4
        word: cython.uint
        previous: cython.uint
        if column < 0 or not (self.grid.cells[at] >> 31 or self.grid.cells[at] & CODEPOINT):
            return  # Nothing is there that it could belong to.
        word = self.grid.cells[at]
        previous = self.clusters.last(word)
        self.grid.cells[at] = self.longer(word, codepoint)
        self.grid.plain[self.grid.slots[self.line]] = 0
        self.grid.stamp(self.line)
        if not self.grapheme_clusters:
            return  # What stands has the width that wcwidth() gave it.
        if codepoint == TEXT_PRESENTATION:
            if word & WIDE and self.entry(previous) & EMOJI_VARIATION:
                self.narrow(column)
        elif not word & WIDE and (
            width or (codepoint == EMOJI_PRESENTATION and self.entry(previous) & EMOJI_VARIATION)
        ):
            self.widen(column)

    def widen(self, column):
        """The cluster at `column`, just before the cursor, takes two cells from now on."""
        limit: cython.int
        slot: cython.int = self.grid.slots[self.line]
        at: cython.Py_ssize_t = (slot * self.columns + column) * 4
        word: cython.uint = self.grid.cells[at]
        fg: cython.uint = self.pen.fg
        bg: cython.uint = self.pen.bg
        attrs: cython.uint = self.pen.attrs
        extra: cython.uint = self.extra
        protected: cython.bint = self.protected
        insert: cython.bint = self.insert
        self.column = column
        self.pending_wrap = False
        limit = self.limit()
        if column + 2 > limit and (
            not self.autowrap or limit - (self.left if column >= self.left else 0) < 2
        ):
            self.pending_wrap = True  # No room, and none to be had: it stays narrow.
            return
        if column + 2 <= limit and insert:
            self.grid.insert_cells(self.line, column + 1, limit, 1, bg)
        # Both halves look as the first did, whatever the pen has become meanwhile.
        self.pen.fg = self.grid.cells[at + 1]
        self.pen.bg = self.grid.cells[at + 2]
        self.pen.attrs = self.grid.cells[at + 3] & STYLE
        self.extra = self.grid.cells[at + 3] >> 16
        self.protected = word & PROTECTED != 0
        self.insert = False
        self.place(word & ~MARKS, 2)
        self.pen.fg = fg
        self.pen.bg = bg
        self.pen.attrs = attrs
        self.extra = extra
        self.protected = protected
        self.insert = insert

    def narrow(self, column):
        """The wide cluster at `column`, just before the cursor, takes one cell from now on."""
        at: cython.Py_ssize_t = self.grid.base(self.line) + column * 4
        self.grid.cells[at] &= ~WIDE
        self.grid.cells[at + 4] = 0
        self.column = column + 1
        self.pending_wrap = False

    def width(self):
        """How many columns the cursor's line shows: half of them when it is of double width."""
        if self.grid.flag[self.grid.slots[self.line]] & ROW_SIZE and self.columns > 1:
            return self.columns >> 1
        return self.columns

    def limit(self):
        """The column before which printing wraps: the right margin, or the edge beyond it.

        A cursor that came from another line may stand where a line of double width shows nothing.
        """
        right: cython.int = self.right if self.column < self.right else self.columns
        if self.grid.flag[self.grid.slots[self.line]] & ROW_SIZE and self.column < self.width():
            return right if right < self.width() else self.width()
        return right

    def wrap(self):
        """Goes on at the left margin of the next line, which continues this one."""
        if self.left == 0 and self.column == self.columns - 1:
            self.grid.flag[self.grid.slots[self.line]] |= 1  # WRAPPED
        self.line_down()
        self.column = self.left if self.column >= self.left else 0

    def line_down(self):
        """IND — one line down; at the bottom margin the region scrolls."""
        if self.line == self.bottom - 1:
            if self.left <= self.column < self.right:
                self.scroll(self.top, 1)
        elif self.line < self.lines - 1:
            self.line += 1

    def scroll(self, top, count):
        """Scrolls top..bottom margin up; lines that leave the primary screen enter history."""
        line: cython.int
        if top == 0 and self.left == 0 and self.right == self.columns and self.grid.number == 0:
            for line in range(count if count < self.bottom else self.bottom):
                self.history.append(self.grid, line)
        self.grid.scroll_up(top, self.bottom, self.left, self.right, count, self.pen.bg)

    def update_extra(self):
        """Looks up the extra for the pen's underline colour and the current link."""
        self.budget.stop -= 200
        try:
            if len(self.extras) >= self.extras.threshold:
                self.sweep()
            self.extra_color = self.pen.underline_color
            self.extra = self.extras.intern(self.extra_color, self.link_uri, self.link_id)
        except MemoryError as error:
            self.fail(error, "underline colours and links")

    def sweep(self):
        """Forgets the clusters and extras that no cell, no pen and no line of history holds."""
        clusters = np.zeros(max(self.clusters.capacity, 1), np.uint8)
        extras = np.zeros(MAX_EXTRAS, np.uint8)
        for grid in (self.primary, self.alternate):
            chars = grid.array[:, :, 0]
            clusters[chars[chars >> 31 != 0] & CODEPOINT] = 1
            extras[grid.array[:, :, 3] >> 16] = 1
        self.history.mark(memoryview(clusters), memoryview(extras))
        extras[self.extra] = 1
        self.budget.stop -= PAUSE
        self.clusters.sweep(clusters)
        self.extras.sweep(extras)
