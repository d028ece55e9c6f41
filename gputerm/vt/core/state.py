# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""State: rendition, modes and which screen is shown; how they are saved, restored and reset.

The modes here are those that the compiled core obeys itself. All others, and what the world may ask
about modes, are in gputerm.vt.modes.

Sources: VT510 Programmer Information, XTerm Control Sequences.
"""

import cython
import numpy as np

from gputerm.vt.core.editing import Editing
from gputerm.vt.core.printer import CHARSETS

if not cython.compiled:
    from gputerm.vt.core.performer import MAX_PARAMS


def inside(line, column, lines, columns):
    """(line, column, pending wrap) on a screen; the column behind the last is a pending wrap."""
    return (
        min(max(line, 0), lines - 1),
        min(max(column, 0), columns - 1),
        column == columns,
    )


class SavedCursor:
    """What DECSC saves, apart for each screen."""

    def __init__(self) -> None:
        self.charset = memoryview(np.zeros(4, np.uint8))
        self.clear()

    def clear(self):
        """Nothing saved: DECRC then goes home in default rendition."""
        g: cython.int
        self.line = self.column = 0
        self.pending_wrap = self.protected = self.origin = False
        self.fg = self.bg = self.attrs = self.underline_color = 0
        self.gl = self.single_shift = 0
        self.gr = 2
        for g in range(4):
            self.charset[g] = 0

    def place(self, line, column, lines, columns):
        """Moves it to a position on a screen of this size."""
        self.line, self.column, self.pending_wrap = inside(line, column, lines, columns)


class State(Editing):
    """Two screens with one cursor, and what is remembered of it for each."""

    def __init__(self, lines: int, columns: int, history: int) -> None:
        Editing.__init__(self, lines, columns, history)
        self.is_alternate = False
        self.saved_primary = SavedCursor()
        self.saved_alternate = SavedCursor()
        self.saved = self.saved_primary

    # Rendition and character sets.

    def select_graphic_rendition(self, params):
        """SGR given as lists of sub-parameters; what exceeds MAX_PARAMS is left out."""
        count = 0
        for param in params:
            for position, value in enumerate(param):
                if count < MAX_PARAMS:
                    self.params[count] = value
                    self.joined[count] = position > 0
                    count += 1
        self.pen.apply(count)
        if self.pen.underline_color != self.extra_color:
            self.update_extra()

    def set_hyperlink(self, uri, id):
        """OSC 8 — what is printed from now on links to uri; an empty one ends the link."""
        self.link_uri = uri
        self.link_id = id
        self.update_extra()

    def designate_charset(self, g, charset):
        """SCS — makes a defined character set G0 to G3. [ECMA-35 14.1]"""
        self.charset[g] = charset

    def shift(self, gl, gr, single_shift):
        """Which of G0-G3 are in GL and GR, and for the next character. Raises ValueError."""
        if not (gl in range(4) and gr in range(4) and single_shift in (0, 2, 3)):
            raise ValueError(f"GL can't be G{gl}, GR G{gr} or the next character's G{single_shift}")
        self.gl = gl
        self.gr = gr
        self.single_shift = single_shift

    def designate(self, g, charset):
        """SCS for callers in Python. Raises ValueError for a set that isn't one of CHARSETS."""
        if not (0 <= g < 4 and 0 <= charset < CHARSETS):
            raise ValueError(f"G{g} can't be character set {charset}")
        self.designate_charset(g, charset)

    # Modes.

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

    def set_private_mode(self, mode, on):
        """DECSET or DECRST of a mode that changes more than its attribute; False for any other."""
        if mode == 6:  # DECOM
            self.set_origin_mode(on)
        elif mode == 69:  # DECLRMM
            self.set_left_right_margin_mode(on)
        elif mode == 2026:  # SYNC
            self.set_synchronized(on)
        elif mode == 2027:  # GRAPHEMES
            self.put_clusters(on)
            self.clusters_chosen = True
        elif mode == 47 or mode == 1047:  # ALTERNATE, ALTERNATE_CLEAR
            if on:
                self.use_alternate()
            else:
                if mode == 1047 and self.is_alternate:
                    self.alternate.erase_lines(0, self.lines, self.pen.bg)
                self.use_primary()
        elif mode == 1048:  # SAVE_CURSOR
            if on:
                self.save_cursor()
            else:
                self.restore_cursor()
        elif mode == 1049:  # ALTERNATE_CURSOR
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

    # Saving, switching, resetting.

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
        self.origin = False
        self.move_to(self.saved.line, self.saved.column)
        self.origin = self.saved.origin
        if self.origin:  # The margins may have moved; as in xterm, they hold from one side only.
            self.line = self.line if self.line < self.bottom else self.bottom - 1
            self.column = self.column if self.column < self.right else self.right - 1
        self.pending_wrap = self.saved.pending_wrap and self.column == self.limit() - 1
        if self.pen.underline_color != self.extra_color:
            with cython.gil:
                self.update_extra()

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
        self.default_state()
        self.line = line
        self.column = column
        self.synchronized = synchronized
        self.saved.clear()

    def reset(self):
        """RIS — everything as after power-on. [ECMA-48 8.3.105]"""
        self.budget.stop -= 10_000
        self.use_primary()
        self.default_state()
        self.saved_primary.clear()
        self.saved_alternate.clear()
        self.reset_tab_stops()
        self.primary.erase_lines(0, self.lines, 0)
        self.alternate.erase_lines(0, self.lines, 0)
        self.clear_history()
