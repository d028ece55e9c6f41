"""Machine: what control functions act on.

Its attributes without underscore are the functions' to read and to change (functions/*.py get it as
their first argument); what the world should know they `add`, what the program is to be told they
`reply`. Who feeds the terminal, gives it a size and reads it does that through Terminal, which is
a Machine too. It knows no function, and so can be read without any.
"""

from __future__ import annotations

from gputerm import log
from gputerm.vt import charset, report
from gputerm.vt.content import Content
from gputerm.vt.core.budget import ITEM
from gputerm.vt.events import (
    Bell,
    CursorStyleChanged,
    CwdChanged,
    Event,
    IconTitleChanged,
    Notify,
    PaletteChanged,
    PointerShape,
    Reply,
    ResizeRequest,
    TitleChanged,
)
from gputerm.vt.keyboard_modes import KeyboardModes, KittyFlags
from gputerm.vt.modes import DecMode, Modes
from gputerm.vt.palette import Palette
from gputerm.vt.terminal_options import TerminalOptions, WindowFacts
from gputerm.vt.titles import Titles

MAX_REPLIES = 1 << 16  # Bytes owed after one feed; 64 KiB of queries mustn't become megabytes.
MAX_EVENTS = 1000  # After one feed; only a flood has more, and its rest is dropped.
_MAX_UNHANDLED = 256  # Different unknown sequences worth a line in the log.

#: Made once.
_BELLS = {
    (urgent, raises): Bell(urgent, raises) for urgent in (False, True) for raises in (False, True)
}
#: Of these only the last of a run matters.
_LAST_COUNTS = (TitleChanged, IconTitleChanged, PointerShape, CursorStyleChanged, ResizeRequest)

_C1 = (
    (b"\x1b[", b"\x9b"),
    (b"\x1bP", b"\x90"),
    (b"\x1b]", b"\x9d"),
    (b"\x1b\\", b"\x9c"),
)


class Machine(Content):
    """The lines, the state besides them, and the events and replies that nobody has taken yet."""

    modes: Modes
    palette: Palette
    keyboard: KeyboardModes
    titles: Titles
    window: WindowFacts
    level: int
    eight_bit: bool
    attribute_change_is_rectangle: bool
    cursor_shape: str
    cursor_blinking: bool

    def __init__(self, lines: int, columns: int, options: TerminalOptions) -> None:
        super().__init__(lines, columns, options.history)
        tables = charset.tables()
        self.screen.charset_tables[: len(tables)] = tables
        self.palette = Palette()
        self.modes = Modes(self.screen)
        self._follow(options)
        self.window = WindowFacts()  #: what reports about the window say
        self._events: list[Event] = []
        self._replies = bytearray()
        self._replied = 0  # bytes since the last take
        self._seen_unhandled: set[str] = set()
        self._start()

    def _start(self) -> None:
        """The state that RIS restores, besides Screen's and the tables that reset themselves."""
        self.level = 5  #: conformance level, DECSCL
        self.eight_bit = False  #: S8C1T
        self.screen.utf8 = True  # DOCS
        self.screen.rung = False
        self.keyboard = KeyboardModes()
        self.titles = Titles()
        self.cwd = ""  #: OSC 7
        self.cwd_host = ""
        self.pointers: list[str] = []  #: OSC 22's stack
        self.notifications: dict[str, Notify] = {}  #: OSC 99, unfinished, by id
        self.sgr_stack: list[tuple[int, int, int, int]] = []
        self.attribute_change_is_rectangle = False  #: DECSACE
        self.checksum_flags = self.options.checksum_flags
        self._told_size = (0, 0, 0, 0)  # by mode 2048: lines, columns, height, width
        self.cursor_shape = self.options.cursor_shape
        self.cursor_blinking = self.options.cursor_blinking
        self.modes.put(DecMode.ATT_BLINK, self.cursor_blinking)

    def _follow(self, options: TerminalOptions) -> None:
        """Takes options as its own; what stands on the screen and what the program chose stay."""
        self.options = options
        self.palette.set_defaults(options.colors)
        self.screen.set_history_limit(options.history)
        self.screen.set_ambiguous_width(wide=options.ambiguous_wide)
        never = options.clusters == "never"
        self.modes.fix(DecMode.GRAPHEMES, False if never else None)
        self.screen.set_default_clusters(on=options.clusters == "always", anyway=never)

    # What the world and the program are told.

    def spend(self, units: int) -> None:
        """What a function is about to do costs so much more than most; see budget.py."""
        self.screen.budget.spend(units)

    def add(self, event: Event) -> None:
        """Queues an event; of a run of equal kinds where only the last counts, the last."""
        self.spend(ITEM)
        if isinstance(event, PaletteChanged) and event in self._events:
            return
        self._flush_replies()
        if self._events and type(event) in _LAST_COUNTS and type(event) is type(self._events[-1]):
            self._events[-1] = event
        elif len(self._events) < MAX_EVENTS:
            self._events.append(event)

    def ring(self) -> None:
        """BEL, reported once for each take, however many were sent."""
        modes = self.modes
        bell = _BELLS[modes.get_mode(DecMode.BELL_URGENT), modes.get_mode(DecMode.BELL_RAISES)]
        if bell not in self._events:
            self.add(bell)
        self.screen.rung = True  # Noise rings thousands of times a megabyte.

    def reply(self, data: bytes) -> None:
        """Queues bytes for the program, with C1 introducers after S8C1T."""
        self.spend(ITEM // 4)
        if self._replied + len(data) > MAX_REPLIES:
            return  # A flood of requests that nobody can be waiting for.
        if self.eight_bit:
            for seven, eight in _C1:
                data = data.replace(seven, eight)
        self._replied += len(data)
        self._replies += data

    def answer_osc(self, text: str, terminator: bytes) -> None:
        self.reply(report.osc(text, terminator))

    def take_events(self) -> list[Event]:
        """Events since the last call, those included that no feed caused: resize, set_focus, …"""
        self.report_new_size()
        self._flush_replies()
        self._replied = 0
        events, self._events = self._events, []
        self.screen.rung = False
        return events

    def _flush_replies(self) -> None:
        if self._replies:
            self._events.append(Reply(bytes(self._replies)))
            self._replies.clear()

    def report_new_size(self) -> None:
        """Mode 2048's report, if it is set and the size isn't what was told last."""
        if self.modes.get_mode(DecMode.SIZE_REPORTS) and self._size != self._told_size:
            self.report_size()

    def report_size(self) -> None:
        """Mode 2048's report."""
        self._told_size = self._size
        self.reply(report.size_in_band(*self._size))

    @property
    def _size(self) -> tuple[int, int, int, int]:
        return self.lines, self.columns, self.window.height, self.window.width

    def unhandled(self, what: str) -> None:
        """Notes, once, a sequence that isn't known. `what` holds no text of the program's."""
        if what not in self._seen_unhandled and len(self._seen_unhandled) < _MAX_UNHANDLED:
            self._seen_unhandled.add(what)
            log.debug(__name__, "not understood: %s", what)

    # What more than one function changes.

    @property
    def kitty_flags(self) -> KittyFlags:
        """Of the screen that is shown."""
        return self.keyboard.kitty[self.alternate]

    @property
    def cursor_style(self) -> CursorStyleChanged:
        """Shape and blinking, as the last CursorStyleChanged would say them."""
        return CursorStyleChanged(self.cursor_shape, self.cursor_blinking)

    def put_cursor_style(self, shape: str, blinking: bool) -> None:
        changed = (self.cursor_shape, self.cursor_blinking) != (shape, blinking)
        self.cursor_shape, self.cursor_blinking = shape, blinking
        self.modes.put(DecMode.ATT_BLINK, blinking)
        if changed:
            self.add(self.cursor_style)

    def set_cwd(self, host: str, path: str) -> None:
        self.cwd, self.cwd_host = path, host
        self.add(CwdChanged(host, path))

    def set_rendition(self, fg: int, bg: int, attrs: int, underline_color: int) -> None:
        """Puts colour and attribute words into the pen."""
        text = report.graphic_rendition(fg, bg, attrs, underline_color)
        params = [
            [int(part) if part else -1 for part in param.split(":")] for param in text.split(";")
        ]
        self.screen.select_graphic_rendition(params)

    def changed_all(self) -> None:
        """Something that isn't in the cells changed the look of all of them."""
        self.palette.seqno += 1
        self.add(PaletteChanged())

    def set_level(self, level: int) -> None:
        self.level = level
        if level < 4:
            self.screen.set_private_mode(DecMode.DECLRMM.number, False)

    def reset(self) -> None:
        """RIS, but for the columns: those are for the owner to give."""
        before = self.titles, self.cursor_style, self.pointers
        self.screen.reset()
        self.modes.reset()
        self.palette.reset_all()
        self.blocks.clear()
        self._start()
        titles, style, pointers = before
        if titles.window:
            self.add(TitleChanged(""))
        if titles.icon:
            self.add(IconTitleChanged(""))
        if style != self.cursor_style:
            self.add(self.cursor_style)
        if pointers:
            self.add(PointerShape(""))
        self.add(PaletteChanged())
