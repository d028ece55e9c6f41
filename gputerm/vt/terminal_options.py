"""What whoever owns a terminal decides about it, and what it tells it about the window."""

from gputerm import __version__
from gputerm.records import Record


class TerminalOptions(Record):
    """What is decided before the program speaks; Terminal.configure takes what is changed later."""

    name: str = "gputerm"  #: XTVERSION
    version: str = __version__
    history: int = 10_000  #: lines kept above the screen
    colors: tuple[int, ...] = ()  #: by index, see palette.py; those left out: xterm's
    cursor_shape: str = "block"  #: block, underline, beam; what DECSCUSR 0 selects
    cursor_blinking: bool = False
    ambiguous_wide: bool = False  #: characters of ambiguous width take two cells, not one
    clusters: str = "always"  #: mode 2027: always, requested (set by programs only), never
    resize_at_once: bool = False  #: sizes that the program asks for take effect inside feed
    test_reports: bool = False  #: what reads the screen (DECRQCRA) or titles is answered
    checksum_flags: int = 23  #: XTCHECKSUM's value after a reset; 23 just sums the characters


class WindowFacts(Record):
    """The window around a terminal, in pixels; 0 where it isn't known."""

    width: int = 0  #: of the text area
    height: int = 0
    outer_width: int = 0  #: with padding; 0: as the text area
    outer_height: int = 0
    screen_width: int = 0  #: of the display
    screen_height: int = 0
    x: int = 0
    y: int = 0
    iconified: bool = False
