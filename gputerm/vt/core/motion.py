# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Motion: where the cursor goes, by steps, to positions or tab stops, and the margins that hold it.

Nothing here changes a cell. Parameters arrive as the sequence has them (1-based, 0 and -1 =
default) and are clamped once. Margins are half-open: top <= line < bottom, left <= column < right.

Sources: ECMA-48 (5th ed.), DEC STD 070, VT510 Programmer Information, XTerm Control Sequences.
"""

import cython
import numpy as np

from gputerm.vt.core.printer import Printer

if not cython.compiled:
    from gputerm.vt.core.cells import ROW_SIZE, ROW_WRAPPED


class Motion(Printer):
    """A printer whose cursor moves."""

    def __init__(self, lines: int, columns: int, history: int) -> None:
        Printer.__init__(self, lines, columns, history)
        self.put_tab_stops(np.zeros(columns, np.uint8))
        self.reset_tab_stops()

    def inside_margins(self):
        return self.top <= self.line < self.bottom and self.left <= self.column < self.right

    def move_to(self, line, column):
        """To a position on the screen, clamped to it, or to the margins in origin mode."""
        top: cython.int = self.top if self.origin else 0
        bottom: cython.int = self.bottom if self.origin else self.lines
        left: cython.int = self.left if self.origin else 0
        right: cython.int = self.right if self.origin else self.columns
        self.line = top if line < top else (bottom - 1 if line >= bottom else line)
        if self.grid.flag[self.grid.slots[self.line]] & ROW_SIZE and right > self.width():
            right = self.width()
        self.column = left if column < left else (right - 1 if column >= right else column)
        self.pending_wrap = False

    def place_cursor(self, line, column):
        """CUP for callers in Python: 0-based, clamped like any other."""
        self.move_to(line, column)

    def cursor_up(self, count):
        """CUU — up by count, not past the top margin. [ECMA-48 8.3.22]"""
        top: cython.int = self.top if self.line >= self.top else 0
        count = count if count > 0 else 1
        self.line = self.line - count if self.line - count > top else top
        self.pending_wrap = False

    def cursor_down(self, count):
        """CUD — down by count, not past the bottom margin. [ECMA-48 8.3.19]"""
        last: cython.int = (self.bottom if self.line < self.bottom else self.lines) - 1
        count = count if count > 0 else 1
        self.line = self.line + count if self.line + count < last else last
        self.pending_wrap = False

    def cursor_forward(self, count):
        """CUF — right by count, not past the right margin. [ECMA-48 8.3.20]"""
        last: cython.int = self.limit() - 1
        count = count if count > 0 else 1
        self.column = self.column + count if self.column + count < last else last
        self.pending_wrap = False

    def cursor_back(self, count):
        """CUB — left by count, not past the left margin unless it may wrap. [ECMA-48 8.3.18]"""
        left: cython.int = self.left if self.column >= self.left else 0
        count = count if count > 0 else 1
        if self.autowrap and (self.reverse_wrap or self.extended_reverse_wrap):
            self.reverse(count)
            return
        self.column = self.column - count if self.column - count > left else left
        self.pending_wrap = False

    def reverse(self, count):
        """CUB in reverse-wraparound mode.

        Mode 45 goes back only over lines that were wrapped; mode 1045 over any, and from the top
        margin to the bottom. [XTerm Control Sequences, XTREVWRAP and XTREVWRAP2]
        """
        left: cython.int
        above: cython.int
        if self.pending_wrap:
            count -= 1  # The cursor stands behind the last column.
            self.pending_wrap = False
        if count > self.lines * self.columns:
            count = self.lines * self.columns
        self.budget.stop -= count // self.columns
        while count > 0:
            left = self.left if self.column >= self.left else 0
            if self.column - left >= count:
                self.column -= count
                return
            count -= self.column - left + 1
            self.column = left
            if self.line == self.top or self.line == 0:
                if not self.extended_reverse_wrap:
                    return
                above = self.bottom - 1
            else:
                above = self.line - 1
                if not self.extended_reverse_wrap and not (
                    self.grid.flag[self.grid.slots[above]] & ROW_WRAPPED
                ):
                    return
            self.line = above
            self.column = self.right - 1

    def cursor_next_line(self, count):
        """CNL — down by count, then to the left margin. [ECMA-48 8.3.12]"""
        self.cursor_down(count)
        self.carriage_return()

    def cursor_previous_line(self, count):
        """CPL — up by count, then to the left margin. [ECMA-48 8.3.13]"""
        self.cursor_up(count)
        self.carriage_return()

    def cursor_to_column(self, column):
        """CHA, HPA — to a column of this line. [ECMA-48 8.3.9, 8.3.57]"""
        column = (column if column > 0 else 1) - 1
        self.move_to(self.line, column + (self.left if self.origin else 0))

    def cursor_to_line(self, line):
        """VPA — to a line, the column stays. [ECMA-48 8.3.158]"""
        line = (line if line > 0 else 1) - 1
        self.move_to(line + (self.top if self.origin else 0), self.column)

    def cursor_position(self, line, column):
        """CUP, HVP — to (line, column), counted from the margins when DECOM is set. [8.3.21]"""
        line = (line if line > 0 else 1) - 1
        column = (column if column > 0 else 1) - 1
        if self.origin:
            line += self.top
            column += self.left
        self.move_to(line, column)

    def cursor_column_forward(self, count):
        """HPR — right by count; margins don't matter. [ECMA-48 8.3.59]"""
        self.move_to(self.line, self.column + count)

    def cursor_column_back(self, count):
        """HPB — left by count; margins don't matter. [ECMA-48 8.3.58]"""
        self.move_to(self.line, self.column - count)

    def cursor_line_up(self, count):
        """VPB — up by count; margins don't matter. [ECMA-48 8.3.159]"""
        self.move_to(self.line - count, self.column)

    def cursor_line_down(self, count):
        """VPR — down by count; margins don't matter. [ECMA-48 8.3.160]"""
        self.move_to(self.line + count, self.column)

    def backspace(self):
        """BS — left by one. [ECMA-48 8.3.5]"""
        self.cursor_back(1)

    def carriage_return(self):
        """CR — to the left margin, or to column 0 when already left of it. [ECMA-48 8.3.15]"""
        self.column = self.left if self.origin or self.column >= self.left else 0
        self.pending_wrap = False

    # Tab stops.

    def tab_forward(self, count):
        """HT, CHT — to the count-th next tab stop, not past the right margin. [ECMA-48 8.3.60]

        A full line stays full: pending wrap outlives a tab. In mode 41 (xterm's fix for more(1))
        the tab takes the wrap itself.
        """
        last: cython.int
        if self.pending_wrap and self.tab_wraps and self.autowrap:
            self.pending_wrap = False
            self.wrap()
        last = self.limit() - 1
        self.budget.stop -= (last - self.column) >> 2
        while count > 0 and self.column < last:
            self.column += 1
            self.pending_wrap = False  # The line was full only where it was of double width.
            if self.stops[self.column]:
                count -= 1

    def tab_back(self, count):
        """CBT — to the count-th previous tab stop. [ECMA-48 8.3.7]"""
        first: cython.int = self.left if self.origin else 0
        self.budget.stop -= self.column >> 2
        while count > 0 and self.column > first:
            self.column -= 1
            if self.stops[self.column]:
                count -= 1
        self.pending_wrap = False

    def set_tab_stop(self):
        """HTS — a stop at the cursor. [ECMA-48 8.3.62]"""
        self.stops[self.column] = 1

    def clear_tab_stop(self, which):
        """TBC — 0 the stop at the cursor, 3 all. [ECMA-48 8.3.154]"""
        i: cython.int
        if which <= 0:
            self.stops[self.column] = 0
        elif which == 3:
            self.budget.stop -= self.columns >> 2
            for i in range(self.columns):
                self.stops[i] = 0

    def reset_tab_stops(self):
        """DECST8C — a stop every eight columns. [VT510]"""
        self.tab_stops[:] = 0
        self.tab_stops[8::8] = 1

    def put_tab_stops(self, stops):
        """Replaces the tab stops: uint8, one for each column, 1 where a stop is."""
        self.tab_stops = stops
        self.stops = memoryview(stops)

    # Margins.

    def set_top_and_bottom_margins(self, top, bottom):
        """DECSTBM — the scrolling region, at least two lines; homes the cursor. [VT510]"""
        bottom = bottom if 0 < bottom < self.lines else self.lines
        top = (top if top > 0 else 1) - 1
        if bottom - top >= 2:
            self.top = top
            self.bottom = bottom
            self.cursor_position(1, 1)

    def set_left_and_right_margins(self, left, right):
        """DECSLRM — only in left-right margin mode; homes the cursor. [VT510]"""
        right = right if 0 < right < self.columns else self.columns
        left = (left if left > 0 else 1) - 1
        if self.left_right_margin_mode and right - left >= 2:
            self.left = left
            self.right = right
            self.cursor_position(1, 1)

    def set_left_right_margin_mode(self, on):
        """DECLRMM — DECSLRM may set margins, and all lines are single; or no margins. [VT510]"""
        self.left_right_margin_mode = on
        if on:
            self.primary.make_single()
            self.alternate.make_single()
        else:
            self.left = 0
            self.right = self.columns
        self.pending_wrap = self.pending_wrap and self.column == self.limit() - 1

    def set_origin_mode(self, on):
        """DECOM — positions count from the margins, the cursor stays inside; homes. [VT510]"""
        self.origin = on
        self.cursor_position(1, 1)
