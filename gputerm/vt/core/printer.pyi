import numpy as np
from numpy.typing import NDArray

from gputerm.vt.core.clusters import Clusters
from gputerm.vt.core.extras import Extras
from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History
from gputerm.vt.core.performer import Performer
from gputerm.vt.core.sgr import Pen

CHARSETS: int

class Printer(Performer):
    def __init__(self, lines: int, columns: int, history: int) -> None: ...
    def set_ambiguous_width(self, *, wide: bool) -> None: ...
    def set_default_clusters(self, *, on: bool, anyway: bool) -> None: ...
    lines: int
    columns: int
    seqno: int
    grid: Grid  #: the active one
    primary: Grid
    alternate: Grid
    history: History
    clusters: Clusters
    extras: Extras
    # cursor
    line: int
    column: int
    pending_wrap: bool
    # pen; `extra` is the index that printed cells get (underline colour and hyperlink)
    pen: Pen
    extra: int
    protected: bool
    protect_mode: int  #: cells.PROTECT_*
    # margins, half-open: top <= line < bottom, left <= column < right
    top: int
    bottom: int
    left: int
    right: int
    # modes
    autowrap: bool
    insert: bool
    newline: bool
    origin: bool
    left_right_margin_mode: bool
    reverse_wrap: bool
    extended_reverse_wrap: bool
    grapheme_clusters: bool
    cursor_visible: bool
    synchronized: bool
    sync_generation: int  #: how often mode 2026 went from reset to set
    tab_wraps: bool
    # character sets: ids into charset_tables; SCS of B and 0 designates 0 and 1
    charset_tables: NDArray[np.uint32]  #: [CHARSETS, 96] codepoints for 0x20-0x7F
    charsets: NDArray[np.uint8]  #: [4] ids of G0-G3
    gl: int
    gr: int
    single_shift: int  #: 0, or 2 / 3 for the next character
    last_graphic: int  #: codepoint that REP repeats, 0 = none
