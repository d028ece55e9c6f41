# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Screen: the control functions of a VT420 and xterm that act on cells and cursor.

Dispatch is three if chains over final bytes that compile to switches; what has no row here goes to
the handler. Parameters arrive as the sequence has them (1-based, 0 and -1 = default) and are
clamped once. Margins are half-open here: top <= line < bottom, left <= column < right.

Sources: ECMA-48 (5th ed.), DEC STD 070, VT510 Programmer Information, XTerm Control Sequences.
"""

import cython
import numpy as np

from gputerm.vt.printer import Printer
from gputerm.vt.reflow import resize_screen

_MAX_SIZE = 10_000  # Lines or columns; far beyond any monitor, and bounds what a resize may cost.


class SavedCursor:
    """What DECSC saves, apart for each screen."""

    def __init__(self) -> None:
        self.charsets = np.zeros(4, np.uint8)
        self.charset = memoryview(self.charsets)
        self.clear()

    def clear(self):
        """Nothing saved: DECRC then goes home in default rendition."""
        self.line = self.column = 0
        self.pending_wrap = self.protected = self.origin = False
        self.fg = self.bg = self.attrs = self.underline_color = 0
        self.gl = self.single_shift = 0
        self.gr = 2
        self.charsets[:] = 0


class Screen(Printer):
    """Both screens of a terminal with one cursor; told what to do by a Parser."""

    def __init__(self, lines: int, columns: int, history: int = 10_000, handler=None) -> None:
        lines = min(max(lines, 1), _MAX_SIZE)
        columns = min(max(columns, 1), _MAX_SIZE)
        Printer.__init__(self, lines, columns, history)
        self.handler = handler
        self.is_alternate = False
        self.saved_primary = SavedCursor()
        self.saved_alternate = SavedCursor()
        self.saved = self.saved_primary
        self.tab_stops = np.zeros(columns, np.uint8)
        self.stops = memoryview(self.tab_stops)
        self.reset_tab_stops()

    @property
    def first_line(self) -> int:
        """Stable line of the oldest line kept."""
        return self.history.first

    @property
    def screen_top(self) -> int:
        """Stable line of screen line 0."""
        return self.history.stop

    def observe(self):
        """The current seqno; later changes get a newer one. Called when a snapshot is taken."""
        seqno = self.seqno
        self.begin()
        return seqno

    # Dispatch.

    def execute(self, code):
        """C0 and C1 control functions."""
        self.joinable = False
        if code == 0x08:
            self.backspace()
        elif code == 0x09:
            self.tab_forward(1)
        elif code == 0x0A or code == 0x0B or code == 0x0C:
            self.linefeed()
        elif code == 0x0D:
            self.carriage_return()
        elif code == 0x0E:  # SO, LS1
            self.gl = 1
        elif code == 0x0F:  # SI, LS0
            self.gl = 0
        elif code == 0x84:
            self.index()
        elif code == 0x85:
            self.next_line()
        elif code == 0x88:
            self.set_tab_stop()
        elif code == 0x8D:
            self.reverse_index()
        elif code == 0x8E:  # SS2
            self.single_shift = 2
        elif code == 0x8F:  # SS3
            self.single_shift = 3
        elif code == 0x96:  # SPA
            self.set_character_protection(-1)
        elif code == 0x97:  # EPA
            self.protected = False
        elif code != 0x00 and code != 0x18 and code != 0x1A:
            with cython.gil:
                self.hand_execute(code)

    def esc_dispatch(self, intermediates, final):
        """Escape sequences."""
        self.joinable = False
        if intermediates == 0:
            if final == 0x37:  # 7  DECSC
                self.save_cursor()
                return
            if final == 0x38:  # 8  DECRC
                self.restore_cursor()
                return
            if final == 0x36:  # 6  DECBI
                self.back_index()
                return
            if final == 0x39:  # 9  DECFI
                self.forward_index()
                return
            if final == 0x6E:  # n  LS2
                self.gl = 2
                return
            if final == 0x6F:  # o  LS3
                self.gl = 3
                return
            if final == 0x7E:  # ~  LS1R
                self.gr = 1
                return
            if final == 0x7D:  # }  LS2R
                self.gr = 2
                return
            if final == 0x7C:  # |  LS3R
                self.gr = 3
                return
            if 0x40 <= final <= 0x5F and final != 0x5A:  # a C1 control in 7 bits, not DECID
                if final != 0x5C:  # ST
                    self.execute(final + 0x40)
                return
        elif 0x28 <= intermediates <= 0x2B:  # ( ) * +  SCS of ASCII and special graphics
            if final == 0x42:
                self.designate_charset(intermediates - 0x28, 0)
                return
            if final == 0x30:
                self.designate_charset(intermediates - 0x28, 1)
                return
        elif intermediates == 0x23 and final == 0x38:  # # 8  DECALN
            self.alignment_pattern()
            return
        with cython.gil:
            self.hand_esc(intermediates, final)

    def csi_dispatch(self, prefix, intermediates, final, count):
        """Control sequences with params[:count]."""
        if intermediates == 0 and prefix == 0:
            if final == 0x6D:  # m  SGR
                self.pen.apply(self.params, self.joined, count)
                if self.pen.underline_color != self.extra_color:
                    with cython.gil:
                        self.update_extra()
                return
            if final == 0x62:  # b  REP, of a character just printed
                if self.joinable:
                    self.repeat_character(self.number(0, count, 1))
                self.joinable = False
                return
            self.joinable = False
            self.csi_plain(final, count)
            return
        self.joinable = False
        if prefix == 0x3F and intermediates == 0:
            if final == 0x68 and self.hot_modes(count, True):  # ? h  DECSET
                return
            if final == 0x6C and self.hot_modes(count, False):  # ? l  DECRST
                return
            if final == 0x4A:  # ? J  DECSED
                self.erase_in_display(self.number(0, count, 0), True)
                return
            if final == 0x4B:  # ? K  DECSEL
                self.erase_in_line(self.number(0, count, 0), True)
                return
        elif prefix == 0 and intermediates == 0x20:
            if final == 0x40:  # SP @  SL
                self.scroll_left(self.number(0, count, 1))
                return
            if final == 0x41:  # SP A  SR
                self.scroll_right(self.number(0, count, 1))
                return
        elif prefix == 0 and intermediates == 0x27:
            if final == 0x7D:  # ' }  DECIC
                self.insert_columns(self.number(0, count, 1))
                return
            if final == 0x7E:  # ' ~  DECDC
                self.delete_columns(self.number(0, count, 1))
                return
        elif prefix == 0 and intermediates == 0x22 and final == 0x71:  # " q  DECSCA
            self.set_character_protection(self.number(0, count, 0))
            return
        with cython.gil:
            self.hand_csi(prefix, intermediates, final, count)

    def csi_plain(self, final, count):
        """Control sequences without prefix and intermediates."""
        if final == 0x40:  # @  ICH
            self.insert_characters(self.number(0, count, 1))
        elif final == 0x41:  # A  CUU
            self.cursor_up(self.number(0, count, 1))
        elif final == 0x42:  # B  CUD
            self.cursor_down(self.number(0, count, 1))
        elif final == 0x43:  # C  CUF
            self.cursor_forward(self.number(0, count, 1))
        elif final == 0x44:  # D  CUB
            self.cursor_back(self.number(0, count, 1))
        elif final == 0x45:  # E  CNL
            self.cursor_next_line(self.number(0, count, 1))
        elif final == 0x46:  # F  CPL
            self.cursor_previous_line(self.number(0, count, 1))
        elif final == 0x47 or final == 0x60:  # G `  CHA HPA
            self.cursor_to_column(self.number(0, count, 1))
        elif final == 0x48 or final == 0x66:  # H f  CUP HVP
            self.cursor_position(self.number(0, count, 1), self.number(1, count, 1))
        elif final == 0x49:  # I  CHT
            self.tab_forward(self.number(0, count, 1))
        elif final == 0x4A:  # J  ED
            self.erase_in_display(self.number(0, count, 0), False)
        elif final == 0x4B:  # K  EL
            self.erase_in_line(self.number(0, count, 0), False)
        elif final == 0x4C:  # L  IL
            self.insert_lines(self.number(0, count, 1))
        elif final == 0x4D:  # M  DL
            self.delete_lines(self.number(0, count, 1))
        elif final == 0x50:  # P  DCH
            self.delete_characters(self.number(0, count, 1))
        elif final == 0x53:  # S  SU
            self.scroll_up(self.number(0, count, 1))
        elif (
            final == 0x54 and count <= 1
        ) or final == 0x5E:  # T ^  SD; T with five is highlighting
            self.scroll_down(self.number(0, count, 1))
        elif final == 0x58:  # X  ECH
            self.erase_characters(self.number(0, count, 1))
        elif final == 0x5A:  # Z  CBT
            self.tab_back(self.number(0, count, 1))
        elif final == 0x61:  # a  HPR
            self.cursor_column_forward(self.number(0, count, 1))
        elif final == 0x64:  # d  VPA
            self.cursor_to_line(self.number(0, count, 1))
        elif final == 0x65:  # e  VPR
            self.cursor_line_down(self.number(0, count, 1))
        elif final == 0x67:  # g  TBC
            self.clear_tab_stop(self.number(0, count, 0))
        elif final == 0x72:  # r  DECSTBM
            self.set_top_and_bottom_margins(
                self.number(0, count, 1), self.number(1, count, self.lines)
            )
        elif final == 0x73:  # s  DECSLRM SCOSC
            if self.left_right_margin_mode:
                self.set_left_and_right_margins(
                    self.number(0, count, 1), self.number(1, count, self.columns)
                )
            else:
                self.save_cursor()
        elif final == 0x75:  # u  SCORC
            self.restore_cursor()
        else:
            with cython.gil:
                self.hand_csi(0, 0, final, count)

    def number(self, i, count, default):
        """The i-th parameter; 0 and a missing one mean the default."""
        value: cython.int = self.params[i] if i < count else 0
        return value if value > 0 else default

    def hot_modes(self, count, on):
        """DECSET/DECRST of nothing but 25 and 2026, which programs send with every frame."""
        i: cython.int
        for i in range(count):
            if self.params[i] != 25 and self.params[i] != 2026:
                return False
        for i in range(count):
            if self.params[i] == 25:
                self.cursor_visible = on
            else:
                self.set_synchronized(on)
        return True

    def set_synchronized(self, on):
        """SYNC (mode 2026) — from reset to set is a new generation, with a deadline of its own."""
        if on and not self.synchronized:
            self.sync_generation += 1
        self.synchronized = on

    # Moving the cursor.

    def inside_margins(self):
        return self.top <= self.line < self.bottom and self.left <= self.column < self.right

    def move_to(self, line, column):
        """To a position on the screen, clamped to it, or to the margins in origin mode."""
        top: cython.int = self.top if self.origin else 0
        bottom: cython.int = self.bottom if self.origin else self.lines
        left: cython.int = self.left if self.origin else 0
        right: cython.int = self.right if self.origin else self.columns
        self.line = top if line < top else (bottom - 1 if line >= bottom else line)
        if right > self.width():
            right = self.width()
        self.column = left if column < left else (right - 1 if column >= right else column)
        self.pending_wrap = False

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
                    self.grid.flag[self.grid.slots[above]] & 1
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

    def linefeed(self):
        """LF, VT, FF — IND, and CR in newline mode (LNM). [ECMA-48 8.3.74]"""
        self.line_down()
        if self.newline:
            self.carriage_return()
        self.pending_wrap = False

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
        while count > 0 and self.column < last:
            self.column += 1
            if self.stops[self.column]:
                count -= 1

    def tab_back(self, count):
        """CBT — to the count-th previous tab stop. [ECMA-48 8.3.7]"""
        first: cython.int = self.left if self.origin else 0
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
            for i in range(self.columns):
                self.stops[i] = 0

    def reset_tab_stops(self):
        """DECST8C — a stop every eight columns. [VT510]"""
        self.tab_stops[:] = 0
        self.tab_stops[8::8] = 1

    # Erasing.

    def keeps_protected(self, selective):
        """DECSED and DECSEL spare what DECSCA protected; what SPA did, all spare, as in xterm."""
        return self.protect_mode == 2 or (selective and self.protect_mode == 1)

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
                for line in range(self.grid.lines_in_use()):
                    self.history.append(self.grid, line)
            for line in range(self.lines):
                if not skip:
                    self.grid.clear_slot(self.grid.slots[line], bg)
                else:
                    self.grid.erase(line, 0, self.columns, bg, skip)
        elif which == 3 and not selective:
            with cython.gil:
                self.clear_history()
            return
        self.pending_wrap = False

    def erase_cells(self, line, start, stop, skip):
        """ED's part in one line, which becomes one of single width when all of it goes."""
        self.grid.erase(line, start, stop, self.pen.bg, skip)
        if start == 0 and stop == self.columns and not skip:
            self.grid.flag[self.grid.slots[line]] &= 0xF9

    def erase_in_line(self, which, selective):
        """EL, DECSEL — 0 from the cursor on, 1 up to it, 2 the whole line. [ECMA-48 8.3.41]"""
        start: cython.int = self.column if which <= 0 else 0
        stop: cython.int = self.column + 1 if which == 1 else self.columns
        if which <= 2:
            self.grid.erase(self.line, start, stop, self.pen.bg, self.keeps_protected(selective))
            self.pending_wrap = False

    def erase_characters(self, count):
        """ECH — count cells from the cursor on. [ECMA-48 8.3.38]"""
        stop: cython.int
        count = count if count > 0 else 1
        stop = self.column + count if count < self.columns - self.column else self.columns
        self.grid.erase(self.line, self.column, stop, self.pen.bg, self.keeps_protected(False))
        self.pending_wrap = False

    # Inserting, deleting, scrolling.

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

    def repeat_character(self, count):
        """REP — the last graphic character count times more. [ECMA-48 8.3.103]

        ECMA-48 leaves open what happens after a control function; as in xterm nothing, but for SGR.
        """
        word: cython.uint = self.last_graphic
        width: cython.int
        if word:
            width = self.entry(word) & 3
            while count > 0:
                self.place(word, width)
                count -= 1

    # Margins and modes.

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
        """DECLRMM — whether DECSLRM may set margins; leaving it resets them. [VT510]"""
        self.left_right_margin_mode = on
        if not on:
            self.left = 0
            self.right = self.columns

    def set_origin_mode(self, on):
        """DECOM — positions count from the margins, the cursor stays inside; homes. [VT510]"""
        self.origin = on
        self.cursor_position(1, 1)

    def set_line_size(self, size):
        """DECSWL 0, DECDWL 1, DECDHL 2 and 3 — the cursor's line; the cursor stays in sight."""
        self.grid.flag[self.grid.slots[self.line]] &= 0xF9
        self.grid.flag[self.grid.slots[self.line]] |= (size & 3) << 1
        self.grid.stamp(self.line)
        self.pending_wrap = False
        if self.column >= self.width():
            self.column = self.width() - 1

    def alignment_pattern(self):
        """DECALN — fills the screen with E, resets the margins, homes the cursor. [VT510]"""
        line: cython.int
        self.top = self.left = 0
        self.bottom = self.lines
        self.right = self.columns
        for line in range(self.lines):
            self.grid.clear_slot(self.grid.slots[line], 0)
            self.grid.fill(line, 0, self.columns, 0x45, 0, 0, 0)
        self.move_to(0, 0)

    def set_character_protection(self, which):
        """DECSCA — 1 protects what is printed from now on, 0 and 2 don't; -1 is SPA. [VT510]"""
        if which <= 2:
            self.protected = which == 1 or which == -1
            if self.protected:
                self.protect_mode = 2 if which == -1 else 1

    def designate_charset(self, g, charset):
        """SCS — makes a defined character set G0 to G3. [ECMA-35 14.1]"""
        if 0 <= charset < 64:
            self.charset[g & 3] = charset

    # Saving and switching.

    def save_cursor(self):
        """DECSC — position, rendition, charsets, protection, origin mode. [VT510]"""
        i: cython.int
        self.saved.line = self.line
        self.saved.column = self.column
        self.saved.pending_wrap = self.pending_wrap
        self.saved.fg = self.pen.fg
        self.saved.bg = self.pen.bg
        self.saved.attrs = self.pen.attrs
        self.saved.underline_color = self.pen.underline_color
        self.saved.protected = self.protected
        self.saved.origin = self.origin
        self.saved.gl = self.gl
        self.saved.gr = self.gr
        self.saved.single_shift = self.single_shift
        for i in range(4):
            self.saved.charset[i] = self.charset[i]

    def restore_cursor(self):
        """DECRC — what DECSC saved; without that, home and default rendition. [VT510]

        An open hyperlink stays as it is: OSC 8 isn't part of the rendition.
        """
        i: cython.int
        self.pen.fg = self.saved.fg
        self.pen.bg = self.saved.bg
        self.pen.attrs = self.saved.attrs
        self.pen.underline_color = self.saved.underline_color
        self.protected = self.saved.protected
        self.gl = self.saved.gl
        self.gr = self.saved.gr
        self.single_shift = self.saved.single_shift
        for i in range(4):
            self.charset[i] = self.saved.charset[i]
        self.origin = self.saved.origin
        self.move_to(self.saved.line, self.saved.column)
        self.pending_wrap = self.saved.pending_wrap and self.column == self.limit() - 1
        if self.pen.underline_color != self.extra_color:
            with cython.gil:
                self.update_extra()

    def select_graphic_rendition(self, params):
        """SGR given as lists of sub-parameters; what exceeds 32 numbers is left out."""
        count = 0
        for param in params:
            for position, value in enumerate(param):
                if count < 32:
                    self.params[count] = value
                    self.joined[count] = position > 0
                    count += 1
        self.pen.apply(self.params, self.joined, count)
        if self.pen.underline_color != self.extra_color:
            self.update_extra()

    def set_hyperlink(self, uri, id):
        """OSC 8 — what is printed from now on links to uri; an empty one ends the link."""
        self.link_uri = uri
        self.link_id = id
        self.update_extra()

    def set_private_mode(self, mode, on):
        """DECSET or DECRST of a mode of the screen; False when it isn't one of them."""
        if mode == 6:
            self.set_origin_mode(on)
        elif mode == 7:
            self.autowrap = on
        elif mode == 25:
            self.cursor_visible = on
        elif mode == 45:
            self.reverse_wrap = on
        elif mode == 69:
            self.set_left_right_margin_mode(on)
        elif mode == 1045:
            self.extended_reverse_wrap = on
        elif mode == 41:
            self.tab_wraps = on
        elif mode == 2026:
            self.set_synchronized(on)
        elif mode == 2027:
            self.grapheme_clusters = on
            self.joinable = False
        elif mode == 47 or mode == 1047:
            if on:
                self.use_alternate()
            else:
                if mode == 1047 and self.is_alternate:
                    self.alternate.erase_lines(0, self.lines, self.pen.bg)
                self.use_primary()
        elif mode == 1048:
            if on:
                self.save_cursor()
            else:
                self.restore_cursor()
        elif mode == 1049:
            if on:
                self.save_cursor()
                self.use_alternate()
                self.alternate.erase_lines(0, self.lines, self.pen.bg)
            else:
                self.use_primary()
                self.restore_cursor()
        else:
            return False
        return True

    def set_ansi_mode(self, mode, on):
        """SM or RM of a mode of the screen; False when it isn't one of them."""
        if mode == 4:
            self.insert = on
        elif mode == 20:
            self.newline = on
        else:
            return False
        return True

    def use_alternate(self):
        """Shows the alternate screen as it is; cursor, pen and modes stay."""
        self.is_alternate = True
        self.grid = self.alternate
        self.saved = self.saved_alternate
        self.joinable = False

    def use_primary(self):
        """Shows the primary screen as it is."""
        self.is_alternate = False
        self.grid = self.primary
        self.saved = self.saved_primary
        self.joinable = False

    def clear_history(self):
        """Forgets every line that scrolled off."""
        self.history.clear()

    def set_history_limit(self, limit):
        """Keeps at most `limit` lines from now on."""
        self.history.set_limit(limit)

    def soft_reset(self):
        """DECSTR — modes, margins, rendition and saved cursor default; content stays. [VT510]"""
        line = self.line
        column = self.column
        synchronized = self.synchronized
        last_graphic = self.last_graphic
        self.default_state()
        self.line = line
        self.column = column
        self.synchronized = synchronized
        self.last_graphic = last_graphic
        self.saved.clear()

    def reset(self):
        """RIS — everything as after power-on. [ECMA-48 8.3.105]"""
        self.use_primary()
        self.default_state()
        self.saved_primary.clear()
        self.saved_alternate.clear()
        self.reset_tab_stops()
        self.primary.erase_lines(0, self.lines, 0)
        self.alternate.erase_lines(0, self.lines, 0)
        self.clear_history()

    # Size, text, invariants.

    def resize(self, lines, columns, anchors=()):
        """Reflows the primary screen with its history, cuts or extends the alternate one.

        Anchors are (stable line, column) and come back where their cell went. Margins are reset.
        """
        lines = min(max(lines, 1), _MAX_SIZE)
        columns = min(max(columns, 1), _MAX_SIZE)
        if (lines, columns) == (self.lines, self.columns):
            return list(anchors)
        return resize_screen(self, lines, columns, list(anchors))

    def adopt(self, primary, alternate, history):
        """Takes over grids and history of another size; the end of a resize."""
        stops = self.tab_stops
        kept = min(primary.columns, self.columns)
        self.primary = primary
        self.alternate = alternate
        self.history = history
        self.grid = alternate if self.is_alternate else primary
        self.lines = primary.lines
        self.columns = primary.columns
        self.tab_stops = np.zeros(self.columns, np.uint8)
        self.stops = memoryview(self.tab_stops)
        self.reset_tab_stops()
        self.tab_stops[:kept] = stops[:kept]
        self.top = self.left = 0
        self.bottom = self.lines
        self.right = self.columns
        self.joinable = False
        self.begin()

    def points(self):
        """(stable line, column) of the primary screen's cursor and of its saved cursor."""
        top = self.history.stop
        saved = (top + self.saved_primary.line, self.saved_primary.column)
        return [saved if self.is_alternate else (top + self.line, self.column), saved]

    def place_points(self, points):
        """Puts cursor and saved cursor where a reflow took points()."""
        top = self.history.stop
        if not self.is_alternate:
            self.line, self.column = points[0][0] - top, points[0][1]
        self.saved_primary.line, self.saved_primary.column = points[1][0] - top, points[1][1]
        for cursor in (self, self.saved_primary, self.saved_alternate):
            self.move_inside(cursor)

    def move_inside(self, cursor):
        """Clamps a cursor to the screen; pending wrap only holds in the last column."""
        cursor.line = min(max(cursor.line, 0), self.lines - 1)
        cursor.column = min(max(cursor.column, 0), self.columns - 1)
        cursor.pending_wrap = cursor.pending_wrap and cursor.column == self.columns - 1

    def text(self):
        """Visible lines without trailing blanks."""
        lines = []
        for line in range(self.lines):
            chars = []
            for word in self.grid.row(line)[:, 0].tolist():
                if word >> 31:
                    chars.append(self.clusters.text(word & 0x1FFFFF))
                elif not word & 0x20000000:
                    chars.append(chr(word & 0x1FFFFF or 0x20))
            lines.append("".join(chars).rstrip())
        return lines

    def check(self):
        """Asserts the invariants; for tests."""
        assert 0 <= self.line < self.lines, (self.line, self.lines)
        assert 0 <= self.column < self.columns, (self.column, self.columns)
        assert 0 <= self.top < self.bottom <= self.lines, (self.top, self.bottom)
        assert 0 <= self.left < self.right <= self.columns, (self.left, self.right)
        assert self.grid is (self.alternate if self.is_alternate else self.primary)
        assert self.seqno == self.primary.seqno == self.alternate.seqno
        # A line of double width may have scrolled away from under a cursor at its end.
        ends = (self.limit(), self.columns >> 1)
        assert not self.pending_wrap or self.column + 1 in ends, self.column
        for grid in (self.primary, self.alternate):
            assert (grid.lines, grid.columns) == (self.lines, self.columns)
            grid.check()
            words = grid.array[:, :, 0]
            clusters = words[words >> 31 != 0] & 0x1FFFFF
            assert all(self.clusters.codepoints(index) for index in set(clusters.tolist()))
        self.history.check()
