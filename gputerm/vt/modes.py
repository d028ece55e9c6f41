"""Every ANSI and DEC mode that the terminal knows, one row each, and the state of those it keeps.

A row is the documentation and what DECRQM answers. Modes that printing and cursor motion depend on
live in Screen: `screen` names the attribute, and State.set_private_mode does what changing it
entails. All others live in Modes; what their change entails is in functions/settings.py. A mode
with `fixed`, or that the configuration fixes, can't be changed: DECRQM says "permanently set" or
"permanently reset". Modes not listed are unknown, DECRQM 0.

Sources: ECMA-48 7, VT510 manual chapter 4, xterm ctlseqs, and the notes of modes 2004-2048.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from typing import TYPE_CHECKING

from gputerm.records import Record

if TYPE_CHECKING:
    from gputerm.vt.core.screen import Screen


class Mode(Record):
    """A mode. Programs call it by its number, we by its name, that of its attribute below."""

    number: int
    means: str  #: what it means when set
    private: bool = True
    default: bool = False
    fixed: bool | None = None  #: the value it always has
    screen: str = ""  #: the Screen attribute that holds it
    level: int = 1  #: first conformance level that has it
    name: str = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self.__dict__["name"] = name

    @cached_property
    def key(self) -> tuple[bool, int]:
        """(private, number)"""
        return self.private, self.number


def _ansi(number: int, means: str, **more: bool | str | None) -> Mode:
    return Mode(number, means, private=False, **more)  # type: ignore[arg-type]


class AnsiMode:
    """CSI Ps h"""

    GATM = _ansi(1, "guarded areas are transferred", fixed=False)
    KAM = _ansi(2, "the keyboard is locked")
    CRM = _ansi(3, "control characters are shown", fixed=False)
    IRM = _ansi(4, "printing inserts", screen="insert")
    SRTM = _ansi(5, "status reports come unasked", fixed=False)
    VEM = _ansi(7, "lines are edited upwards", fixed=False)
    HEM = _ansi(10, "characters are edited backwards", fixed=False)
    PUM = _ansi(11, "positions count in units of size", fixed=False)
    SRM = _ansi(12, "keys are not echoed by the terminal", default=True)
    FEAM = _ansi(13, "formats are stored", fixed=False)
    FETM = _ansi(14, "formats are transferred", fixed=False)
    MATM = _ansi(15, "many areas are transferred", fixed=False)
    TTM = _ansi(16, "all is transferred", fixed=False)
    SATM = _ansi(17, "all areas are selected", fixed=False)
    TSM = _ansi(18, "tab stops hold for one line", fixed=False)
    EBM = _ansi(19, "editing stays within an area", fixed=False)
    LNM = _ansi(20, "line feed returns the carriage, Enter sends CR LF", screen="newline")


class DecMode:
    """CSI ? Ps h"""

    DECCKM = Mode(1, "cursor keys send SS3")
    DECANM = Mode(2, "ANSI mode, not VT52", fixed=True)
    DECCOLM = Mode(3, "132 columns; needs mode 40")
    DECSCLM = Mode(4, "smooth scrolling; remembered only")
    DECSCNM = Mode(5, "foreground and background of the screen are swapped")
    DECOM = Mode(6, "positions count from the margins", screen="origin")
    DECAWM = Mode(7, "printing past the last column wraps", default=True, screen="autowrap")
    DECARM = Mode(8, "keys repeat", fixed=True)
    X10_MOUSE = Mode(9, "button presses are reported")
    ATT_BLINK = Mode(12, "the cursor blinks")
    DECPFF = Mode(18, "a form feed ends a printed page; remembered only")
    DECPEX = Mode(19, "the whole screen is printed; remembered only", default=True)
    DECTCEM = Mode(25, "the cursor is shown", default=True, screen="cursor_visible")
    DECRLM = Mode(34, "right to left", fixed=False)
    FONT_KEYS = Mode(35, "keys change the font size; remembered only", default=True)
    DECHEM = Mode(36, "Hebrew encoding", fixed=False)
    ALLOW_80_132 = Mode(40, "mode 3 may change the width")
    MORE_FIX = Mode(41, "a tab at the end of a full line goes to the next", screen="tab_wraps")
    DECNRCM = Mode(42, "national character sets can be designated", level=2)
    REVERSE_WRAP = Mode(45, "backspace goes up to a wrapped line", screen="reverse_wrap")
    ALTERNATE = Mode(47, "the alternate screen is shown", screen="is_alternate")
    DECNAKB = Mode(57, "Greek keyboard map", fixed=False)
    DECHCCM = Mode(60, "the page follows the cursor sideways", fixed=False)
    DECVCCM = Mode(61, "the page follows the cursor up and down", fixed=False)
    DECPCCM = Mode(64, "the page shown is the page written", fixed=False)
    DECNKM = Mode(66, "the keypad sends its application sequences")
    DECBKM = Mode(67, "backarrow sends BS, not DEL")
    DECKBUM = Mode(68, "data processing keys", fixed=False)
    DECLRMM = Mode(
        69, "left and right margins can be set", screen="left_right_margin_mode", level=4
    )
    DECXRLM = Mode(73, "flow control limits the rate", fixed=False)
    DECKPM = Mode(81, "keys report positions", fixed=False)
    DECNCSM = Mode(95, "mode 3 keeps the screen", level=5)
    DECRLCM = Mode(96, "copies run right to left", fixed=False)
    DECCRTSM = Mode(97, "the screen is saved from burning in", fixed=False)
    DECARSM = Mode(98, "the page follows the number of lines", fixed=False)
    DECMCM = Mode(99, "a modem is attached", fixed=False)
    DECAAM = Mode(100, "the answerback is sent unasked", fixed=False)
    DECCANSM = Mode(101, "the answerback is concealed", fixed=False)
    DECNULM = Mode(102, "NUL is ignored", fixed=True)
    DECHDPXM = Mode(103, "half duplex", fixed=False)
    DECESKM = Mode(104, "the second keyboard language is used", fixed=False)
    DECOSCNM = Mode(106, "overscan", fixed=False)
    MOUSE = Mode(1000, "button presses and releases are reported")
    MOUSE_HIGHLIGHT = Mode(1001, "the program tracks highlighting", fixed=False)
    MOUSE_DRAG = Mode(1002, "and motion while a button is held")
    MOUSE_MOTION = Mode(1003, "and all motion")
    FOCUS = Mode(1004, "focus changes are reported")
    MOUSE_UTF8 = Mode(1005, "mouse positions are UTF-8")
    MOUSE_SGR = Mode(1006, "mouse reports are CSI <")
    ALTERNATE_SCROLL = Mode(1007, "the wheel sends cursor keys there", default=True)
    SCROLL_ON_OUTPUT = Mode(1010, "output scrolls the view to the bottom")
    SCROLL_ON_KEY = Mode(1011, "a key scrolls the view to the bottom", default=True)
    MOUSE_URXVT = Mode(1015, "mouse reports are CSI ... M with decimal numbers")
    MOUSE_PIXELS = Mode(1016, "mouse reports are CSI < in pixels")
    META_8BIT = Mode(1034, "Meta sets the eighth bit", fixed=False)
    NUMLOCK = Mode(1035, "NumLock is a modifier of its own", fixed=True)
    META_ESCAPE = Mode(1036, "Meta sends ESC first", default=True)
    DELETE_IS_DEL = Mode(1037, "Delete sends DEL", fixed=False)
    ALT_ESCAPE = Mode(1039, "Alt sends ESC first", default=True)
    BELL_URGENT = Mode(1042, "a bell asks for attention", default=True)
    BELL_RAISES = Mode(1043, "a bell asks for attention, as with 1042 (xterm raises the window)")
    REVERSE_WRAP_ALL = Mode(1045, "and to any line", screen="extended_reverse_wrap")
    ALTERNATE_CLEAR = Mode(1047, "as 47, cleared when left", screen="is_alternate")
    SAVE_CURSOR = Mode(1048, "the cursor is saved")
    ALTERNATE_CURSOR = Mode(1049, "as 1047, with the cursor saved", screen="is_alternate")
    BRACKETED_PASTE = Mode(2004, "pastes are bracketed")
    SYNC = Mode(2026, "frames are held until reset or time-out", screen="synchronized")
    GRAPHEMES = Mode(
        2027,
        "a cell holds a grapheme cluster; `terminal.clusters` may reset or fix it",
        default=True,
        screen="grapheme_clusters",
    )
    COLOR_SCHEME = Mode(2031, "changes between dark and light are reported")
    SIZE_REPORTS = Mode(2048, "changes of size are reported in band")


MODES: tuple[Mode, ...] = tuple(
    row for kind in (AnsiMode, DecMode) for row in vars(kind).values() if isinstance(row, Mode)
)
BY_NUMBER: Mapping[tuple[bool, int], Mode] = {mode.key: mode for mode in MODES}

#: Of each group at most one mode is set; setting one resets the others.
MOUSE_TRACKING = (DecMode.X10_MOUSE, DecMode.MOUSE, DecMode.MOUSE_DRAG, DecMode.MOUSE_MOTION)
MOUSE_ENCODING = (
    DecMode.MOUSE_UTF8,
    DecMode.MOUSE_SGR,
    DecMode.MOUSE_URXVT,
    DecMode.MOUSE_PIXELS,
)
_TRACKING = frozenset(mode.key for mode in MOUSE_TRACKING)
_ENCODING = frozenset(mode.key for mode in MOUSE_ENCODING)


class Modes:
    """The state of all modes.

    Reading asks Screen for the modes that it owns. `put` only remembers; DECSET's consequences are
    the caller's.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._set: set[tuple[bool, int]] = set()
        self._saved: dict[tuple[bool, int], bool] = {}  # XTSAVE
        self._fixed = {mode.key: mode.fixed for mode in MODES if mode.fixed is not None}
        self.reset()

    def reset(self) -> None:
        """RIS: the defaults, for what is kept here."""
        self._set = {mode.key for mode in MODES if mode.default and not mode.screen}
        self._saved.clear()

    def fix(self, mode: Mode, value: bool | None) -> None:
        """The configuration decides about a mode; None: the program may."""
        if value is None:
            self._fixed.pop(mode.key, None)
        else:
            self._fixed[mode.key] = value

    def fixed(self, mode: Mode) -> bool | None:
        """The value that no program can change."""
        return self._fixed.get(mode.key)

    def get_mode(self, mode: Mode) -> bool:
        """Whether a mode is set."""
        fixed = self._fixed.get(mode.key)
        if fixed is not None:
            return fixed
        if mode.screen:
            return bool(getattr(self._screen, mode.screen))
        return mode.key in self._set

    @property
    def kept(self) -> Set[tuple[bool, int]]:
        """Keys of the modes that are set among those that are kept here."""
        return self._set

    @property
    def private_numbers(self) -> list[int]:
        """Of the DEC modes that are set, in order."""
        return [mode.number for mode in MODES if mode.private and self.get_mode(mode)]

    def put(self, mode: Mode, on: bool) -> None:
        """Remembers a mode that is kept here; mouse modes exclude each other."""
        if mode.key in _TRACKING:
            self._set -= _TRACKING  # As in xterm, resetting any of them ends tracking.
        elif on and mode.key in _ENCODING:
            self._set -= _ENCODING
        if on:
            self._set.add(mode.key)
        else:
            self._set.discard(mode.key)

    def save(self, mode: Mode) -> None:
        """XTSAVE of one mode; one slot each, as in xterm."""
        if self.fixed(mode) is None:
            self._saved[mode.key] = self.get_mode(mode)

    def saved(self, mode: Mode) -> bool | None:
        """What XTRESTORE should set; None when nothing was saved."""
        return self._saved.get(mode.key)

    def report(self, number: int, level: int, *, private: bool) -> int:
        """DECRPM's value: 0 unknown, 1 set, 2 reset, 3 permanently set, 4 permanently reset."""
        mode = BY_NUMBER.get((private, number))
        if mode is None or mode.level > level:
            return 0
        fixed = self.fixed(mode)
        if fixed is not None:
            return 3 if fixed else 4
        return 1 if self.get_mode(mode) else 2
