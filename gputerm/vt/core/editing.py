# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Editing: what erases, inserts, deletes, scrolls and repeats cells.

Parameters arrive as the sequence has them (0 and -1 = default) and are clamped once; the grid does
the work. What leaves the top of the primary screen enters history.

Sources: ECMA-48 (5th ed.), DEC STD 070, VT510 Programmer Information, XTerm Control Sequences.
"""

import cython

from gputerm.vt.core.motion import Motion

if not cython.compiled:
    from gputerm.vt.core.cells import (
        MARKS,
        PROTECT_DEC,
        PROTECT_ISO,
        PROTECTED,
        ROW_SIZE,
        ROW_WRAPPED,
        TAIL,
        WIDE,
    )
    from gputerm.vt.core.width import WIDTH


class Editing(Motion):
    """A cursor that edits the cells around it."""

    # Line by line; at the margin the region scrolls.

    def linefeed(self):
        """LF, VT, FF — IND, and CR in newline mode (LNM). [ECMA-48 8.3.74]"""
        self.line_down()
        if self.newline:
            self.carriage_return()
        self.pending_wrap = False

    def fresh_line(self):
        """To the beginning of a line that nothing was printed on: CR and LF, unless there."""
        if self.column > 0:
            self.carriage_return()
            self.linefeed()

    def index(self):
        """IND — down by one; at the bottom margin the region scrolls up. [DEC STD 070]"""
        self.line_down()
        self.pending_wrap = False

    def next_line(self):
        """NEL — IND, then CR: the column before decides whether it scrolls. [ECMA-48 8.3.86]"""
        self.line_down()
        self.carriage_return()

    def reverse_index(self):
        """RI — up by one; at the top margin the region scrolls down. [ECMA-48 8.3.104]"""
        if self.line == self.top:
            if self.left <= self.column < self.right:
                self.scroll_down(1)
        elif self.line > 0:
            self.line -= 1
        self.pending_wrap = False

    def back_index(self):
        """DECBI — left by one; at the left margin the region scrolls right. [VT510]"""
        if self.column == self.left and self.inside_margins():
            self.scroll_right(1)
        elif self.column > 0:
            self.column -= 1
        self.pending_wrap = False

    def forward_index(self):
        """DECFI — right by one; at the right margin the region scrolls left. [VT510]"""
        if self.column == self.right - 1 and self.inside_margins():
            self.scroll_left(1)
        elif self.column < self.columns - 1:
            self.column += 1
        self.pending_wrap = False

    # Erasing.

    def keeps_protected(self, selective):
        """DECSED and DECSEL spare what DECSCA protected; what SPA did, all spare, as in xterm."""
        return self.protect_mode == PROTECT_ISO or (selective and self.protect_mode == PROTECT_DEC)

    def erase_in_display(self, which, selective):
        """ED, DECSED — 0 from the cursor on, 1 up to it, 2 everything, 3 history. [8.3.39]

        ED 2 moves the lines in use into history first, as a user expects of a cleared shell.
        """
        line: cython.int
        skip: cython.bint = self.keeps_protected(selective)
        bg: cython.uint = self.pen.bg
        if which <= 0:
            self.erase_cells(self.line, self.column, self.columns, skip)
            for line in range(self.line + 1, self.lines):
                self.erase_cells(line, 0, self.columns, skip)
        elif which == 1:
            for line in range(self.line):
                self.erase_cells(line, 0, self.columns, skip)
            self.erase_cells(self.line, 0, self.column + 1, skip)
        elif which == 2:
            if self.grid.number == 0 and not selective and not skip:
                self.budget.stop -= self.lines * 2
                for line in range(self.grid.lines_in_use()):
                    self.history.append(self.grid, line)
            for line in range(self.lines):
                if not skip:
                    self.grid.clear_slot(self.grid.slots[line], bg)
                else:
                    self.grid.erase(line, 0, self.columns, bg, skip)
        else:
            if which == 3 and not selective:
                self.budget.stop -= 1000
                with cython.gil:
                    self.clear_history()
            return
        self.pending_wrap = False

    def erase_cells(self, line, start, stop, skip):
        """ED's part in one line, which becomes one of single width when all of it goes."""
        self.grid.erase(line, start, stop, self.pen.bg, skip)
        if start == 0 and stop == self.columns and not skip:
            self.grid.flag[self.grid.slots[line]] &= ~ROW_SIZE

    def erase_in_line(self, which, selective):
        """EL, DECSEL — 0 from the cursor on, 1 up to it, 2 the whole line. [ECMA-48 8.3.41]

        At the end of a full line the cursor of EL 0 stands behind the last character, which stays,
        and so does the wrap: grep and gcc colour their lines and end each colour with EL 0. DEC's
        terminals and xterm erase the character; Alacritty, kitty, VTE, urxvt and xterm.js don't.
        """
        start: cython.int = self.column if which <= 0 else 0
        stop: cython.int = self.column + 1 if which == 1 else self.columns
        skip: cython.bint = self.keeps_protected(selective)
        if which <= 0 and self.pending_wrap and not selective:
            self.grid.erase(self.line, start + 1, stop, self.pen.bg, skip)
        elif which <= 2:
            self.grid.erase(self.line, start, stop, self.pen.bg, skip)
            self.pending_wrap = False

    def erase_characters(self, count):
        """ECH — count cells from the cursor on. [ECMA-48 8.3.38]"""
        stop: cython.int
        count = count if count > 0 else 1
        stop = self.column + count if count < self.columns - self.column else self.columns
        self.grid.erase(self.line, self.column, stop, self.pen.bg, self.keeps_protected(False))
        self.pending_wrap = False

    def set_line_size(self, size):
        """DECSWL 0, DECDWL 1, DECDHL 2 and 3 — the cursor's line; the cursor stays in sight.

        Ignored while DECLRMM is set. [VT510]
        """
        flags: cython.int = (int(size) & 3) << 1
        if self.left_right_margin_mode:
            return
        self.grid.flag[self.grid.slots[self.line]] &= ~ROW_SIZE
        self.grid.flag[self.grid.slots[self.line]] |= flags
        self.grid.stamp(self.line)
        self.pending_wrap = False
        if self.column >= self.width():
            self.column = self.width() - 1

    def alignment_pattern(self):
        """DECALN — fills the screen with E, resets the margins, homes the cursor. [VT510]

        As in xterm it ends the attributes as well, but not the colours.
        """
        line: cython.int
        self.pen.attrs = 0
        self.top = self.left = 0
        self.bottom = self.lines
        self.right = self.columns
        for line in range(self.lines):
            self.grid.clear_slot(self.grid.slots[line], 0)
            self.grid.fill(line, 0, self.columns, 0x45, 0, 0, 0)
        self.move_to(0, 0)

    def fresh_page(self, erase):
        """What DECCOLM does beside the columns: no margins, cursor home, blank if asked for."""
        self.set_left_right_margin_mode(False)
        self.set_top_and_bottom_margins(0, 0)
        if erase:
            self.erase_in_display(2, False)
        self.move_to(0, 0)

    def set_character_protection(self, which):
        """DECSCA — 1 protects what is printed from now on, 0 and 2 don't; -1 is SPA. [VT510]"""
        if which <= 2:
            self.protected = which == 1 or which == -1
            if self.protected:
                self.protect_mode = PROTECT_ISO if which == -1 else PROTECT_DEC

    # Inserting and deleting.

    def insert_characters(self, count):
        """ICH — count blanks at the cursor; the rest moves towards the right margin. [8.3.64]"""
        count = count if count > 0 else 1
        if self.left <= self.column < self.right:
            self.grid.insert_cells(self.line, self.column, self.right, count, self.pen.bg)
        self.pending_wrap = False

    def delete_characters(self, count):
        """DCH — count cells at the cursor; blanks enter at the right margin. [8.3.26]"""
        count = count if count > 0 else 1
        if self.left <= self.column < self.right:
            self.grid.delete_cells(self.line, self.column, self.right, count, self.pen.bg)
        self.pending_wrap = False

    def insert_lines(self, count):
        """IL — count blank lines at the cursor, within the margins. [ECMA-48 8.3.67]"""
        count = count if count > 0 else 1
        if self.inside_margins():
            self.grid.scroll_down(self.line, self.bottom, self.left, self.right, count, self.pen.bg)
            self.column = self.left
            self.pending_wrap = False

    def delete_lines(self, count):
        """DL — count lines from the cursor on, within the margins. [ECMA-48 8.3.32]"""
        count = count if count > 0 else 1
        if self.inside_margins():
            self.grid.scroll_up(self.line, self.bottom, self.left, self.right, count, self.pen.bg)
            self.column = self.left
            self.pending_wrap = False

    def insert_columns(self, count):
        """DECIC — count blank columns at the cursor, in every line of the region. [VT510]"""
        line: cython.int
        count = count if count > 0 else 1
        if self.inside_margins():
            for line in range(self.top, self.bottom):
                self.grid.insert_cells(line, self.column, self.right, count, self.pen.bg)

    def delete_columns(self, count):
        """DECDC — count columns from the cursor on, in every line of the region. [VT510]"""
        line: cython.int
        count = count if count > 0 else 1
        if self.inside_margins():
            for line in range(self.top, self.bottom):
                self.grid.delete_cells(line, self.column, self.right, count, self.pen.bg)

    # Scrolling.

    def scroll_up(self, count):
        """SU — the region moves up by count; lines leaving the screen enter history. [8.3.147]"""
        self.scroll(self.top, count if count > 0 else 1)

    def scroll_down(self, count):
        """SD — the region moves down by count. [ECMA-48 8.3.113]"""
        count = count if count > 0 else 1
        self.grid.scroll_down(self.top, self.bottom, self.left, self.right, count, self.pen.bg)

    def scroll_left(self, count):
        """SL — the region moves left by count. [ECMA-48 8.3.121]"""
        line: cython.int
        count = count if count > 0 else 1
        if self.inside_margins():
            for line in range(self.top, self.bottom):
                self.grid.delete_cells(line, self.left, self.right, count, self.pen.bg)

    def scroll_right(self, count):
        """SR — the region moves right by count. [ECMA-48 8.3.135]"""
        line: cython.int
        count = count if count > 0 else 1
        if self.inside_margins():
            for line in range(self.top, self.bottom):
                self.grid.insert_cells(line, self.left, self.right, count, self.pen.bg)

    # Repeating.

    def repeat_character(self, count):
        """REP — the last graphic character, a cluster whole, count times more. [ECMA-48 8.3.103]

        ECMA-48 leaves open what happens after a control function; as in xterm nothing, but for SGR.
        """
        word: cython.uint = self.last_graphic
        width: cython.int = self.entry(word) & WIDTH
        column: cython.int = self.previous_column()
        cell: cython.uint
        if column >= 0:
            cell = self.grid.cells[self.grid.base(self.line) + column * 4]
            if self.clusters.first(cell) == word:
                word = cell & ~MARKS
                width = 2 if cell & WIDE else 1
        if width:
            self.place_many(word, width, count)

    def place_many(self, word, width, count):
        """Equal to placing a cell, or two, count times; those of a line at once."""
        slot: cython.int
        limit: cython.int
        stop: cython.int
        some: cython.int
        first: cython.uint
        other: cython.uint
        attrs: cython.uint = self.pen.attrs | self.extra << 16
        while count > 0:
            if self.pending_wrap:
                self.pending_wrap = False
                if self.autowrap:
                    self.wrap()
            limit = self.limit()
            some = (limit - self.column) // width
            if some == 0:  # A wide one doesn't fit here.
                self.budget.stop -= 4
                self.place(word, width)
                count -= 1
                continue
            some = some if some < count else count
            count -= some
            stop = self.column + some * width
            if self.insert:
                self.grid.insert_cells(self.line, self.column, limit, some * width, self.pen.bg)
            slot = self.grid.slots[self.line]
            self.grid.split_wide(self.line, self.column)
            self.grid.split_wide(self.line, stop)
            first = word | (PROTECTED if self.protected else 0)
            other = first
            if width == 2:
                other = (first & PROTECTED) | TAIL
                first |= WIDE
            self.grid.write_cells(
                slot, self.column, stop, first, other, self.pen.fg, self.pen.bg, attrs
            )
            self.column = stop
            if stop == self.columns:
                self.grid.flag[slot] &= ~ROW_WRAPPED
            if stop == limit:
                self.column -= 1
                self.pending_wrap = True
