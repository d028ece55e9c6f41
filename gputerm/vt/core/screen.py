# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Screen: the control functions of a VT420 and xterm that act on cells and cursor.

Dispatch is three if chains over final bytes that compile to switches; what has no row here goes to
the handler. What a function does is in the classes below, one subject each:

    Performer ← Printer ← Motion ← Editing ← State ← Screen

They are one object, so that a control function costs a call and no search. Sources: ECMA-48 (5th
ed.), DEC STD 070, VT510 Programmer Information, XTerm Control Sequences.
"""

import cython
import numpy as np

from gputerm.vt.core.budget import PAUSE
from gputerm.vt.core.reflow import reflow_slice, reflow_stop, resize_screen
from gputerm.vt.core.state import State, inside

if not cython.compiled:
    from gputerm.vt.core.cells import CODEPOINT, ROW_SIZE, TAIL

_MAX_SIZE = 10_000  # Lines or columns; far beyond any monitor, and bounds what a resize may cost.


class Screen(State):
    """Both screens of a terminal with one cursor; told what to do by a Parser."""

    def __init__(self, lines: int, columns: int, history: int = 10_000, handler=None) -> None:
        lines = min(max(lines, 1), _MAX_SIZE)
        columns = min(max(columns, 1), _MAX_SIZE)
        State.__init__(self, lines, columns, history)
        self.handler = handler
        self.rung = False
        self.fit = None

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
        """C0 and C1 control functions, and DEL."""
        if code == 0x7F:
            self.put_delete()
            return
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
        elif (code == 0x07 and not self.rung) or code == 0x9A:  # BEL, SCI; no other does anything
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
                self.pen.apply(count)
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
        elif final == 0x54:  # T  SD; with a zero or five numbers it is about highlighting
            if count == 0 or (count == 1 and self.params[0] != 0):
                self.scroll_down(self.number(0, count, 1))
        elif final == 0x5E:  # ^  SD
            self.scroll_down(self.number(0, count, 1))
        elif final == 0x58:  # X  ECH
            self.erase_characters(self.number(0, count, 1))
        elif final == 0x5A:  # Z  CBT
            self.tab_back(self.number(0, count, 1))
        elif final == 0x61:  # a  HPR
            self.cursor_column_forward(self.number(0, count, 1))
        elif final == 0x6A:  # j  HPB
            self.cursor_column_back(self.number(0, count, 1))
        elif final == 0x6B:  # k  VPB
            self.cursor_line_up(self.number(0, count, 1))
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

    # Size, text, invariants.

    def resize(self, lines, columns, anchors=()):
        """Reflows the primary screen and what is near it, cuts or extends the alternate one.

        Anchors are (stable line, column) and come back where their cell went. Margins are reset.
        Older lines stay as they are until `reflow` comes to them.
        """
        lines = min(max(lines, 1), _MAX_SIZE)
        columns = min(max(columns, 1), _MAX_SIZE)
        if (lines, columns) == (self.lines, self.columns):
            return list(anchors)
        return resize_screen(self, lines, columns, list(anchors))

    def reflow_stop(self, before):
        """One past the newest line < before that `reflow` would change; first_line for none."""
        return reflow_stop(self.history, before)

    def reflow(self, before, anchors=()):
        """Reflows some lines of history < before, the newest, for less than a millisecond.

        Returns where the anchors are now. No line newer than these gets another number.
        """
        return reflow_slice(self, before, list(anchors))

    def adopt(self, primary, alternate, history):
        """Takes over grids and history of another size; the end of a resize."""
        assert (primary.lines, primary.columns) == (alternate.lines, alternate.columns)
        assert history.columns == primary.columns
        stops = self.tab_stops
        kept = min(primary.columns, self.columns)
        self.primary = primary
        self.alternate = alternate
        self.primary.budget = self.alternate.budget = self.budget
        self.budget.spend(PAUSE)
        self.history = history
        self.grid = alternate if self.is_alternate else primary
        self.lines = primary.lines
        self.columns = primary.columns
        self.put_tab_stops(np.zeros(self.columns, np.uint8))
        self.reset_tab_stops()
        self.tab_stops[:kept] = stops[:kept]
        self.top = self.left = 0
        self.bottom = self.lines
        self.right = self.columns
        if self.left_right_margin_mode:  # History may have given back a line of double width.
            self.primary.make_single()
        self.joinable = False
        self.begin()

    def points(self):
        """(stable line, column) of the primary screen's cursor and of its saved cursor.

        A pending wrap counts as the column behind the last.
        """
        top = self.history.stop
        kept = self.saved_primary
        saved = (top + kept.line, kept.column + kept.pending_wrap)
        here = (top + self.line, self.column + self.pending_wrap)
        return [saved if self.is_alternate else here, saved]

    def place_points(self, points, above):
        """Puts cursor and saved cursor where a reflow took points(); the alternate screen has lost
        its first lines `above`."""
        top = self.history.stop
        line, column = self.line - above, self.column + self.pending_wrap
        if not self.is_alternate:
            line, column = points[0][0] - top, points[0][1]
        self.line, self.column, self.pending_wrap = inside(line, column, self.lines, self.columns)
        if self.column >= self.width():
            self.column = self.width() - 1
            self.pending_wrap = True
        line, column = points[1]
        self.saved_primary.place(line - top, column, self.lines, self.columns)
        kept = self.saved_alternate
        kept.place(kept.line - above, kept.column + kept.pending_wrap, self.lines, self.columns)

    def text(self):
        """Visible lines without trailing blanks."""
        lines = []
        for line in range(self.lines):
            chars = []
            for word in self.grid.row(line)[:, 0].tolist():
                if word >> 31:
                    chars.append(self.clusters.text(word & CODEPOINT))
                elif not word & TAIL:
                    chars.append(chr(word & CODEPOINT or 0x20))
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
            assert not (self.left_right_margin_mode and (grid.row_flags & ROW_SIZE).any())
            words = grid.array[:, :, 0]
            clusters = words[words >> 31 != 0] & CODEPOINT
            assert all(self.clusters.codepoints(index) for index in set(clusters.tolist()))
        self.history.check()
