"""Every ANSI and DEC mode that the terminal knows, one row each, and the state of those it keeps.

A row is the documentation and what DECRQM answers. Modes that printing and cursor motion depend on
live in Screen, which sets them itself (`screen` names its attribute); all others live in Modes. A
mode with `fixed`, or that the configuration fixes, can't be changed: DECRQM says "permanently set"
or "permanently reset". Modes not listed are unknown, DECRQM 0. What a change entails beyond
remembering it is settings.py's.

Sources: ECMA-48 7, VT510 manual chapter 4, xterm ctlseqs, and the notes of modes 2004-2048.
"""

from collections.abc import Iterator, Mapping, Set
from typing import Protocol

from gputerm.records import Record


class Mode(Record):
    number: int
    name: str
    means: str  #: what it means when set
    private: bool = True
    default: bool = False
    fixed: bool | None = None  #: the value it always has
    screen: str = ""  #: the Screen attribute that holds it
    level: int = 1  #: first conformance level that has it


def _ansi(number: int, name: str, means: str, **more: bool | str | None) -> Mode:
    return Mode(number, name, means, private=False, **more)  # type: ignore[arg-type]


MODES: tuple[Mode, ...] = (
    # ANSI modes, CSI Ps h.
    _ansi(1, "GATM", "guarded areas are transferred", fixed=False),
    _ansi(2, "KAM", "the keyboard is locked"),
    _ansi(3, "CRM", "control characters are shown", fixed=False),
    _ansi(4, "IRM", "printing inserts", screen="insert"),
    _ansi(5, "SRTM", "status reports come unasked", fixed=False),
    _ansi(7, "VEM", "lines are edited upwards", fixed=False),
    _ansi(10, "HEM", "characters are edited backwards", fixed=False),
    _ansi(11, "PUM", "positions count in units of size", fixed=False),
    _ansi(12, "SRM", "keys are not echoed by the terminal", default=True),
    _ansi(13, "FEAM", "formats are stored", fixed=False),
    _ansi(14, "FETM", "formats are transferred", fixed=False),
    _ansi(15, "MATM", "many areas are transferred", fixed=False),
    _ansi(16, "TTM", "all is transferred", fixed=False),
    _ansi(17, "SATM", "all areas are selected", fixed=False),
    _ansi(18, "TSM", "tab stops hold for one line", fixed=False),
    _ansi(19, "EBM", "editing stays within an area", fixed=False),
    _ansi(20, "LNM", "line feed returns the carriage, Enter sends CR LF", screen="newline"),
    # DEC private modes, CSI ? Ps h.
    Mode(1, "DECCKM", "cursor keys send SS3"),
    Mode(2, "DECANM", "ANSI mode, not VT52", fixed=True),
    Mode(3, "DECCOLM", "132 columns; needs mode 40"),
    Mode(4, "DECSCLM", "smooth scrolling; remembered only"),
    Mode(5, "DECSCNM", "foreground and background of the screen are swapped"),
    Mode(6, "DECOM", "positions count from the margins", screen="origin"),
    Mode(7, "DECAWM", "printing past the last column wraps", default=True, screen="autowrap"),
    Mode(8, "DECARM", "keys repeat", fixed=True),
    Mode(9, "X10_MOUSE", "button presses are reported"),
    Mode(12, "ATT_BLINK", "the cursor blinks"),
    Mode(18, "DECPFF", "a form feed ends a printed page; remembered only"),
    Mode(19, "DECPEX", "the whole screen is printed; remembered only", default=True),
    Mode(25, "DECTCEM", "the cursor is shown", default=True, screen="cursor_visible"),
    Mode(34, "DECRLM", "right to left", fixed=False),
    Mode(35, "FONT_KEYS", "keys change the font size; remembered only", default=True),
    Mode(36, "DECHEM", "Hebrew encoding", fixed=False),
    Mode(40, "ALLOW_80_132", "mode 3 may change the width"),
    Mode(41, "MORE_FIX", "a tab at the end of a full line goes to the next", screen="tab_wraps"),
    Mode(42, "DECNRCM", "national character sets can be designated", level=2),
    Mode(45, "REVERSE_WRAP", "backspace goes up to a wrapped line", screen="reverse_wrap"),
    Mode(47, "ALTERNATE", "the alternate screen is shown", screen="is_alternate"),
    Mode(57, "DECNAKB", "Greek keyboard map", fixed=False),
    Mode(60, "DECHCCM", "the page follows the cursor sideways", fixed=False),
    Mode(61, "DECVCCM", "the page follows the cursor up and down", fixed=False),
    Mode(64, "DECPCCM", "the page shown is the page written", fixed=False),
    Mode(66, "DECNKM", "the keypad sends its application sequences"),
    Mode(67, "DECBKM", "backarrow sends BS, not DEL"),
    Mode(68, "DECKBUM", "data processing keys", fixed=False),
    Mode(
        69,
        "DECLRMM",
        "left and right margins can be set",
        screen="left_right_margin_mode",
        level=4,
    ),
    Mode(73, "DECXRLM", "flow control limits the rate", fixed=False),
    Mode(81, "DECKPM", "keys report positions", fixed=False),
    Mode(95, "DECNCSM", "mode 3 keeps the screen", level=5),
    Mode(96, "DECRLCM", "copies run right to left", fixed=False),
    Mode(97, "DECCRTSM", "the screen is saved from burning in", fixed=False),
    Mode(98, "DECARSM", "the page follows the number of lines", fixed=False),
    Mode(99, "DECMCM", "a modem is attached", fixed=False),
    Mode(100, "DECAAM", "the answerback is sent unasked", fixed=False),
    Mode(101, "DECCANSM", "the answerback is concealed", fixed=False),
    Mode(102, "DECNULM", "NUL is ignored", fixed=True),
    Mode(103, "DECHDPXM", "half duplex", fixed=False),
    Mode(104, "DECESKM", "the second keyboard language is used", fixed=False),
    Mode(106, "DECOSCNM", "overscan", fixed=False),
    Mode(1000, "MOUSE", "button presses and releases are reported"),
    Mode(1001, "MOUSE_HIGHLIGHT", "the program tracks highlighting", fixed=False),
    Mode(1002, "MOUSE_DRAG", "and motion while a button is held"),
    Mode(1003, "MOUSE_MOTION", "and all motion"),
    Mode(1004, "FOCUS", "focus changes are reported"),
    Mode(1005, "MOUSE_UTF8", "mouse positions are UTF-8"),
    Mode(1006, "MOUSE_SGR", "mouse reports are CSI <"),
    Mode(1007, "ALTERNATE_SCROLL", "the wheel sends cursor keys there", default=True),
    Mode(1010, "SCROLL_ON_OUTPUT", "output scrolls the view to the bottom"),
    Mode(1011, "SCROLL_ON_KEY", "a key scrolls the view to the bottom", default=True),
    Mode(1015, "MOUSE_URXVT", "mouse reports are CSI ... M with decimal numbers"),
    Mode(1016, "MOUSE_PIXELS", "mouse reports are CSI < in pixels"),
    Mode(1034, "META_8BIT", "Meta sets the eighth bit", fixed=False),
    Mode(1035, "NUMLOCK", "NumLock is a modifier of its own", fixed=True),
    Mode(1036, "META_ESCAPE", "Meta sends ESC first", default=True),
    Mode(1037, "DELETE_IS_DEL", "Delete sends DEL", fixed=False),
    Mode(1039, "ALT_ESCAPE", "Alt sends ESC first", default=True),
    Mode(1042, "BELL_URGENT", "a bell asks for attention", default=True),
    Mode(1043, "BELL_RAISES", "a bell asks for attention, as with 1042 (xterm raises the window)"),
    Mode(1045, "REVERSE_WRAP_ALL", "and to any line", screen="extended_reverse_wrap"),
    Mode(1047, "ALTERNATE_CLEAR", "as 47, cleared when left", screen="is_alternate"),
    Mode(1048, "SAVE_CURSOR", "the cursor is saved"),
    Mode(1049, "ALTERNATE_CURSOR", "as 1047, with the cursor saved", screen="is_alternate"),
    Mode(2004, "BRACKETED_PASTE", "pastes are bracketed"),
    Mode(2026, "SYNC", "frames are held until reset or time-out", screen="synchronized"),
    Mode(
        2027,
        "GRAPHEMES",
        "a cell holds a grapheme cluster",
        default=True,
        screen="grapheme_clusters",
    ),
    Mode(2031, "COLOR_SCHEME", "changes between dark and light are reported"),
    Mode(2048, "SIZE_REPORTS", "changes of size are reported in band"),
)

BY_NUMBER: Mapping[tuple[bool, int], Mode] = {(m.private, m.number): m for m in MODES}

#: Of each group at most one mode is set; setting one resets the others.
MOUSE_TRACKING = (9, 1000, 1002, 1003)
MOUSE_ENCODING = (1005, 1006, 1015, 1016)


class _HasModes(Protocol):
    """The part of Screen that is read here, by the attribute names of the rows."""

    is_alternate: bool
    rung: bool


class Modes(Mapping[int, bool]):
    """The state of all modes; as a mapping, the private ones by number.

    Reading asks Screen for the modes that it owns. `put` only remembers; DECSET's consequences are
    the caller's.
    """

    def __init__(self, screen: _HasModes) -> None:
        self._screen = screen
        self._set: set[tuple[bool, int]] = set()
        self._saved: dict[int, bool] = {}  # XTSAVE
        self._fixed = {key: mode.fixed for key, mode in BY_NUMBER.items() if mode.fixed is not None}
        self.reset()

    def reset(self) -> None:
        """RIS: the defaults, for what is kept here."""
        self._set = {key for key, mode in BY_NUMBER.items() if mode.default and not mode.screen}
        self._saved.clear()

    def fix(self, number: int, value: bool | None) -> None:
        """The configuration decides about a private mode; None: the program may."""
        if value is None:
            self._fixed.pop((True, number), None)
        else:
            self._fixed[True, number] = value

    def fixed(self, number: int, *, private: bool = True) -> bool | None:
        """The value that no program can change."""
        return self._fixed.get((private, number))

    def get_mode(self, number: int, *, private: bool = True) -> bool:
        """Whether a mode is set; an unknown one is not."""
        mode = BY_NUMBER.get((private, number))
        if mode is None:
            return False
        fixed = self.fixed(number, private=private)
        if fixed is not None:
            return fixed
        if mode.screen:
            return bool(getattr(self._screen, mode.screen))
        return (private, number) in self._set

    @property
    def kept(self) -> Set[tuple[bool, int]]:
        """(private, number) of the modes that are set among those that are kept here."""
        return self._set

    def put(self, number: int, on: bool, *, private: bool = True) -> None:
        """Remembers a mode that is kept here; mouse modes exclude each other."""
        self._screen.rung = False  # Modes 1042 and 1043 make another bell of it.
        if private:
            if number in MOUSE_TRACKING:
                # As in xterm, resetting any of them ends tracking.
                self._set -= {(True, other) for other in MOUSE_TRACKING}
            elif number in MOUSE_ENCODING and on:
                self._set -= {(True, other) for other in MOUSE_ENCODING}
        if on:
            self._set.add((private, number))
        else:
            self._set.discard((private, number))

    def save(self, number: int) -> None:
        """XTSAVE of one private mode; one slot each, as in xterm."""
        if (True, number) in BY_NUMBER and self.fixed(number) is None:
            self._saved[number] = self.get_mode(number)

    def saved(self, number: int) -> bool | None:
        """What XTRESTORE should set; None when nothing was saved."""
        return self._saved.get(number)

    def report(self, number: int, level: int, *, private: bool) -> int:
        """DECRPM's value: 0 unknown, 1 set, 2 reset, 3 permanently set, 4 permanently reset."""
        mode = BY_NUMBER.get((private, number))
        if mode is None or mode.level > level:
            return 0
        fixed = self.fixed(number, private=private)
        if fixed is not None:
            return 3 if fixed else 4
        return 1 if self.get_mode(number, private=private) else 2

    def __getitem__(self, number: int) -> bool:
        if (True, number) not in BY_NUMBER:
            raise KeyError(number)
        return self.get_mode(number)

    def __iter__(self) -> Iterator[int]:
        return (mode.number for mode in MODES if mode.private)

    def __len__(self) -> int:
        return sum(mode.private for mode in MODES)
