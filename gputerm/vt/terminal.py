"""Terminal: bytes in, cells and events out.

The owner of everything between the parser and the world. It knows no file descriptor, clock, window
or font, and calls nobody back: `feed` returns what happened. Hot work is done by Screen in compiled
code; the control functions it leaves are looked up in catalogue.py and osc.py and run on this
object.

    bytes -> Parser -> Screen -> (Handler) -> Terminal.csi, esc, osc, dcs -> a row's function
                                                          |
    feed() <- events <- add(), reply() <------------------+
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from gputerm import __version__, log
from gputerm.records import Record
from gputerm.vt import charset
from gputerm.vt.blocks import Blocks
from gputerm.vt.core import cells
from gputerm.vt.core.budget import ITEM
from gputerm.vt.core.handler_failures import Failure
from gputerm.vt.core.parser import Parser
from gputerm.vt.core.screen import Screen
from gputerm.vt.events import (
    Bell,
    ClipboardQuery,
    CursorStyleChanged,
    Event,
    IconTitleChanged,
    PaletteChanged,
    PointerShape,
    Reply,
    ResizeRequest,
    TitleChanged,
)
from gputerm.vt.functions import catalogue, osc, report, settings, xtwinops
from gputerm.vt.functions.notification import Pending
from gputerm.vt.functions.xtwinops import Titles, WindowFacts
from gputerm.vt.keyboard_modes import KeyboardModes, KeyOptions, KittyFlags, MouseOptions
from gputerm.vt.line_text import row_text
from gputerm.vt.modes import MOUSE_ENCODING, MOUSE_TRACKING, Modes
from gputerm.vt.palette import Palette
from gputerm.vt.snapshot import Snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point: TypeAlias = tuple[int, int]  #: (stable line, column)
Params: TypeAlias = list[list[int]]  #: parameters as lists of sub-parameters, -1 where left out

MAX_REPLIES = 1 << 16  # Bytes owed after one feed; 64 KiB of queries mustn't become megabytes.
MAX_EVENTS = 1000  # After one feed; only a flood has more, and its rest is dropped.
_MAX_UNHANDLED = 256  # Different unknown sequences worth a line in the log.


#: Made once.
_BELLS = {
    (urgent, raises): Bell(urgent, raises) for urgent in (False, True) for raises in (False, True)
}


class TerminalOptions(Record):
    """What is decided before the program speaks."""

    name: str = "gputerm"  #: XTVERSION
    version: str = __version__
    cursor_shape: str = "block"  #: block, underline, beam; what DECSCUSR 0 selects
    cursor_blinking: bool = False
    ambiguous_wide: bool = False  #: characters of ambiguous width take two cells, not one
    clusters: str = "always"  #: mode 2027: always, requested (set by programs only), never
    resize_at_once: bool = False  #: sizes that the program asks for take effect inside feed
    test_reports: bool = False  #: what reads the screen (DECRQCRA) or titles is answered
    checksum_flags: int = 23  #: XTCHECKSUM's value after a reset; 23 just sums the characters


class Hyperlink(Record):
    uri: str
    id: str


class Terminal:
    """A terminal of lines x columns with at most `history` lines above the screen.

    Attributes without underscore that aren't described below are for the functions of this package.
    """

    screen: Screen
    modes: Modes
    palette: Palette
    keyboard: KeyboardModes
    titles: Titles
    blocks: Blocks
    window: WindowFacts
    level: int
    eight_bit: bool
    attribute_change_is_rectangle: bool
    cursor_shape: str
    cursor_blinking: bool

    def __init__(
        self,
        lines: int,
        columns: int,
        *,
        history: int = 10_000,
        options: TerminalOptions | None = None,
    ) -> None:
        self.options = options or TerminalOptions()
        self.screen = Screen(lines, columns, history, self)
        tables = charset.tables()
        self.screen.charset_tables[: len(tables)] = tables
        self.screen.set_ambiguous_width(wide=self.options.ambiguous_wide)
        self._parser = Parser(self.screen)
        self._echo_parser: Parser | None = None
        self.palette = Palette()
        self.modes = Modes(self.screen)
        self.set_clusters(self.options.clusters)
        self.window = WindowFacts()  #: see set_window
        self.blocks = Blocks()
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
        self.keyboard = KeyboardModes()
        self.titles = Titles()
        self.cwd = ""  #: OSC 7
        self.cwd_host = ""
        self.pointers: list[str] = []  #: OSC 22's stack
        self.notifications: dict[str, Pending] = {}  #: OSC 99, unfinished
        self.sgr_stack: list[tuple[int, int, int, int]] = []
        self.attribute_change_is_rectangle = False  #: DECSACE
        self.checksum_flags = self.options.checksum_flags
        self._told_size = (0, 0, 0, 0)  # by mode 2048: lines, columns, height, width
        self.cursor_shape = self.options.cursor_shape
        self.cursor_blinking = self.options.cursor_blinking
        self.modes.put(12, self.cursor_blinking)

    # Bytes in, events out.

    def feed(self, data: bytes | bytearray | memoryview) -> list[Event]:
        """Does what the bytes say and returns what the world should know; raises on no bytes.

        Any split of the bytes over calls has the same effect, but bells and colour changes are
        reported at most once for each call.
        """
        self._parser.feed(data)
        return self.take_events()

    def feed_some(self, data: bytes | memoryview, units: int) -> tuple[int, list[Event]]:
        """Feeds the beginning of `data` that costs `units` (see budget.py); its length, and events.

        At least a byte; the function that a byte completes is always done whole.
        """
        return self._parser.feed(data, units), self.take_events()

    def feed_from(self, descriptor: int, units: int) -> tuple[int, bytes, bool, list[Event]]:
        """Feeds what can be read from a non-blocking descriptor, until that has cost `units` or no
        more comes at once. How many bytes that were; those that were read and remain to be fed;
        whether there was no more to read; and the events.

        In turn, 4 KiB each time: what has just been read is in the processor's cache, and a pty is
        filled again meanwhile.
        """
        return *self._parser.feed_from(descriptor, units), self.take_events()

    def echo(self, data: bytes) -> list[Event]:
        """Does what typed bytes say while SRM is reset, as feed does for the program's.

        A sequence of the program's that has only half arrived isn't touched.
        """
        if self._echo_parser is None:
            self._echo_parser = Parser(self.screen)
        self._echo_parser.feed(data)
        return self.take_events()

    def take_events(self) -> list[Event]:
        """Events that other calls than feed caused: resize, set_focus, set_default_palette."""
        self.report_new_size()
        self._flush_replies()
        self._replied = 0
        events, self._events = self._events, []
        self.screen.rung = False
        return events

    def take_failures(self) -> list[Failure]:
        """Mistakes of ours that cost a sequence since the last call; of equal ones the first."""
        return self.screen.failures.take()

    # Size and the world's facts.

    @property
    def lines(self) -> int:
        return self.screen.lines

    @property
    def columns(self) -> int:
        return self.screen.columns

    def resize(self, lines: int, columns: int, anchors: Sequence[Point] = ()) -> list[Point]:
        """Reflows the primary screen and what is near; returns where the anchors' cells are now.

        Older lines of history stay as they are, wider or narrower, until `reflow` comes to them.
        """
        if (lines, columns) == (self.lines, self.columns):
            return list(anchors)
        self.blocks.forget(self.first_line)
        own = self.blocks.points()
        moved = self.screen.resize(lines, columns, [*anchors, *own])
        self.blocks.move(moved[len(anchors) :])
        return moved[: len(anchors)]

    def reflow_stop(self, before: int | None = None) -> int:
        """One past the newest line before `before` that is still as wide as before a resize;
        `first_line` when there is none. None: of all.
        """
        return self.screen.reflow_stop(self.screen_top if before is None else before)

    @property
    def reflowing(self) -> bool:
        """Whether there are such lines."""
        history = self.screen.history
        return history.pending_stop > history.first

    def reflow(self, before: int | None = None, anchors: Sequence[Point] = ()) -> list[Point]:
        """Reflows some of them, the newest, for less than a millisecond; returns where the anchors
        are now. No line newer than these gets another number.
        """
        if before is None:
            before = self.screen_top
        self.blocks.forget(self.first_line)
        own = self.blocks.points(self.reflow_stop(before))
        moved = self.screen.reflow(before, [*anchors, *own])
        self.blocks.move(moved[len(anchors) :])
        return moved[: len(anchors)]

    def settle(self) -> None:
        """Reflows all that is left, however long that takes."""
        while self.reflowing:
            self.reflow()

    def set_window(self, facts: WindowFacts) -> None:
        """What reports about the window are to say."""
        self.window = facts

    def set_pixel_size(self, width: int, height: int) -> None:
        """The text area in pixels, the part of set_window that every window knows."""
        self.window = self.window.replace(width=width, height=height)

    def set_focus(self, focused: bool) -> None:
        """The window got or lost the focus; reported in mode 1004."""
        if self.focus_reporting:
            self.reply(b"\x1b[I" if focused else b"\x1b[O")

    def set_default_palette(self, colors: NDArray[np.uint32]) -> None:
        """uint32[up to palette.SIZE]: the configured colours; what the program set stays.

        Mode 2031 is told when they turn from dark to light or back.
        """
        before = self.palette.dark
        self.palette.set_defaults(colors)
        if before != self.palette.dark and self.modes.get_mode(2031):
            self.reply(report.color_scheme(dark=self.palette.dark))

    def set_default_cursor(self, shape: str, *, blinking: bool) -> None:
        """The configured style; shown at once unless the program chose another."""
        before = self.options.cursor_shape, self.options.cursor_blinking
        self.options = self.options.replace(cursor_shape=shape, cursor_blinking=blinking)
        if (self.cursor_shape, self.cursor_blinking) == before:
            settings.put_cursor_style(self, shape, blinking)

    def set_ambiguous_width(self, *, wide: bool) -> None:
        """The configured width of ambiguous characters, two cells or one; what stands stays."""
        self.options = self.options.replace(ambiguous_wide=wide)
        self.screen.set_ambiguous_width(wide=wide)

    def set_clusters(self, clusters: str) -> None:
        """When cells hold clusters, as configured; what stands stays, and so does what the program
        chose, except where it may not choose."""
        self.options = self.options.replace(clusters=clusters)
        never = clusters == "never"
        self.modes.fix(2027, False if never else None)
        self.screen.set_default_clusters(on=clusters == "always", anyway=never)

    def set_history_limit(self, lines: int) -> None:
        self.screen.set_history_limit(lines)

    def clear_history(self) -> None:
        self.screen.clear_history()
        self.blocks.forget(self.first_line)

    # What there is to see.

    @property
    def first_line(self) -> int:
        """Stable line of the oldest line kept."""
        return self.screen.first_line

    @property
    def screen_top(self) -> int:
        """Stable line of the top of the screen; the last one is screen_top + lines - 1."""
        return self.screen.screen_top

    @property
    def title(self) -> str:
        return self.titles.window

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self.screen.is_alternate

    @property
    def cursor(self) -> Point:
        """(line, column) on the screen, from 0."""
        return self.screen.line, self.screen.column

    @property
    def cursor_line(self) -> int:
        """Stable line of the cursor."""
        return self.screen.screen_top + self.screen.line

    @property
    def cursor_style(self) -> CursorStyleChanged:
        """Shape and blinking, as the last CursorStyleChanged would say them."""
        return CursorStyleChanged(self.cursor_shape, self.cursor_blinking)

    def snapshot(self, top: int | None = None) -> Snapshot:
        """The viewport from stable line `top` on, clamped to what there is; None: the live
        screen."""
        if top is None or self.alternate:
            top = self.screen_top
        return Snapshot(self, min(max(top, self.first_line), self.screen_top))

    def cells(self, line: int) -> NDArray[np.uint32]:
        """uint32[columns, 4]: a copy of a stable line; IndexError outside of what is kept."""
        if self.first_line <= line < self.screen_top:
            return self.screen.history.cells(line)
        return self.screen.grid.row(self._screen_line(line)).copy()

    def row_flags(self, line: int) -> int:
        """cells.ROW_* of a stable line."""
        if self.first_line <= line < self.screen_top:
            return self.screen.history.flags(line)
        return self.screen.grid.flags(self._screen_line(line))

    def _screen_line(self, line: int) -> int:
        if not self.screen_top <= line < self.screen_top + self.lines:
            raise IndexError(f"line {line} is not kept")
        return line - self.screen_top

    def line_text(self, line: int) -> str:
        """Text of one stable line without blanks at its end."""
        return row_text(self.cells(line), self.cluster_text).rstrip(" ")

    def text(self, start: Point, stop: Point) -> str:
        """Text from start up to, not including, stop; lines that wrapped are joined.

        A hard line end becomes a line feed and loses the blanks before it.
        """
        first, last = max(start[0], self.first_line), min(stop[0], self.screen_top + self.lines - 1)
        parts: list[str] = []
        for line in range(first, last + 1):
            begin = start[1] if line == start[0] else 0
            kept = line < self.screen_top
            row = self.screen.history.whole(line) if kept else self.cells(line)
            end = stop[1] if line == stop[0] and stop[1] != self.columns else len(row)
            part = row_text(row, self.cluster_text, begin, end)
            wrapped = self.row_flags(line) & cells.ROW_WRAPPED
            if not wrapped:
                part = part.rstrip(" ")
            parts.append(part)
            if line != last and not wrapped:
                parts.append("\n")
        return "".join(parts)

    def cluster_text(self, index: int) -> str:
        """The text of a cell with the CLUSTER bit."""
        return self.screen.clusters.text(index)

    def hyperlink(self, extra: int) -> Hyperlink | None:
        """The link of cells with this EXTRA id."""
        link = self.screen.extras.hyperlink(extra)
        return Hyperlink(*link) if link else None

    # What input has to know.

    @property
    def key_options(self) -> KeyOptions:
        kept, keyboard = self.modes.kept, self.keyboard
        return KeyOptions(  # by position, which takes half the time
            (True, 1) in kept,
            (True, 66) in kept,
            self.kitty_flags.flags,
            keyboard.modify_other_keys,
            keyboard.format_other_keys,
            self.screen.newline,
            (True, 67) in kept,
            (True, 1036) in kept and (True, 1039) in kept,
            (False, 2) in kept,
        )

    @property
    def local_echo(self) -> bool:
        """SRM is reset: what is sent to the program is also shown."""
        return not self.modes.get_mode(12, private=False)

    @property
    def mouse_options(self) -> MouseOptions:
        modes = self.modes
        return MouseOptions(
            tracking=next((n for n in MOUSE_TRACKING if modes.get_mode(n)), 0),
            encoding=next((n for n in MOUSE_ENCODING if modes.get_mode(n)), 0),
            alternate_scroll=self.alternate and modes.get_mode(1007),
        )

    @property
    def bracketed_paste(self) -> bool:
        return self.modes.get_mode(2004)

    @property
    def focus_reporting(self) -> bool:
        return self.modes.get_mode(1004)

    @property
    def synchronized(self) -> bool:
        """Mode 2026: frames are to be held, until a deadline that the owner of the clock keeps."""
        return self.screen.synchronized

    @property
    def sync_generation(self) -> int:
        """Counts how often mode 2026 went from reset to set: a deadline belongs to one of them."""
        return self.screen.sync_generation

    def end_synchronized(self) -> None:
        """The deadline has passed: mode 2026 is reset."""
        self.screen.set_private_mode(2026, False)

    def clipboard_reply(self, query: ClipboardQuery, data: bytes) -> bytes:
        """The bytes that answer an OSC 52 query."""
        return report.clipboard(query.selection, data, query.terminator)

    # Invariants.

    def check(self) -> None:
        """Asserts the invariants; for tests."""
        self.screen.check()
        assert 1 <= self.level <= 5, self.level
        assert self.first_line <= self.screen_top
        assert len(self.sgr_stack) <= settings.MAX_SGR_STACK
        assert len(self.pointers) <= osc.MAX_POINTERS
        numbers = [block.number for block in self.blocks]
        assert numbers == sorted(set(numbers)), numbers

    # Handler: what Screen hands on. Called by compiled code only.

    def csi(self, prefix: int, intermediates: int, final: int, params: Params) -> None:
        function = catalogue.CSI.get((prefix, intermediates, final))
        if function is None or function.run is None:
            self.unhandled(f"CSI {prefix:#x} {intermediates:#x} {final:#x}")
        else:
            function.run(self, params)

    def esc(self, intermediates: int, final: int) -> None:
        introducer = chr(intermediates & 0xFF)
        if introducer in "()*+-./" and intermediates:
            second = chr(intermediates >> 8) if intermediates >> 8 else ""
            settings.designate(self, introducer, second + chr(final))
            return
        function = catalogue.ESC.get((0, intermediates, final))
        if function is None or function.run is None:
            self.unhandled(f"ESC {intermediates:#x} {final:#x}")
        else:
            function.run(self, [])

    def osc(self, data: bytes, bel: bool) -> None:
        osc.dispatch(self, data, b"\a" if bel else report.ST)

    def dcs(self, prefix: int, intermediates: int, final: int, params: Params, data: bytes) -> None:
        function = catalogue.DCS.get((prefix, intermediates, final))
        if function is None or function.run_string is None:
            self.unhandled(f"DCS {prefix:#x} {intermediates:#x} {final:#x}")
        else:
            function.run_string(self, params, data)

    def apc(self, _data: bytes) -> None:
        """Nothing: kitty's graphics, the one known use, are not drawn."""

    def execute(self, code: int) -> None:
        if code == 0x07:
            bell = _BELLS[self.modes.get_mode(1042), self.modes.get_mode(1043)]
            if bell not in self._events:
                self.add(bell)
            self.screen.rung = True  # Noise rings thousands of times a megabyte.
        elif code == 0x9A:
            catalogue.ESC[0, 0, ord("Z")].run(self, [])  # type: ignore[misc]

    # For the functions of the rows.

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

    def _flush_replies(self) -> None:
        if self._replies:
            self._events.append(Reply(bytes(self._replies)))
            self._replies.clear()

    def report_new_size(self) -> None:
        """Mode 2048's report, if it is set and the size isn't what was told last."""
        if self.modes.get_mode(2048) and self._size != self._told_size:
            self.report_size()

    def report_size(self) -> None:
        """Mode 2048's report."""
        self._told_size = self._size
        self.reply(report.size_in_band(*self._size))

    @property
    def _size(self) -> tuple[int, int, int, int]:
        return self.lines, self.columns, self.window.height, self.window.width

    @property
    def kitty_flags(self) -> KittyFlags:
        """Of the screen that is shown."""
        return self.keyboard.kitty[self.alternate]

    def put_cursor_shape(self, shape: str) -> None:
        settings.put_cursor_style(self, shape, self.cursor_blinking)

    def set_rendition(self, fg: int, bg: int, attrs: int, underline_color: int) -> None:
        """Puts colour and attribute words into the pen."""
        text = report.graphic_rendition(fg, bg, attrs, underline_color)
        params = [
            [int(part) if part else -1 for part in param.split(":")] for param in text.split(";")
        ]
        self.screen.select_graphic_rendition(params)

    def mark_row(self, flag: int) -> None:
        """Sets a row flag where the cursor is."""
        self.screen.grid.set_flags(self.screen.line, flag)

    def changed_all(self) -> None:
        """Something that isn't in the cells changed the look of all of them."""
        self.palette.seqno += 1
        self.add(PaletteChanged())

    def set_level(self, level: int) -> None:
        self.level = level
        if level < 4:
            self.screen.set_private_mode(69, False)

    def reset(self) -> None:
        """RIS"""
        narrow = self.modes.get_mode(3) and self.modes.get_mode(40)
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
        if narrow:
            xtwinops.request_size(self, None, 80)

    def unhandled(self, what: str) -> None:
        """Notes, once, a sequence that isn't known. `what` holds no text of the program's."""
        if what not in self._seen_unhandled and len(self._seen_unhandled) < _MAX_UNHANDLED:
            self._seen_unhandled.add(what)
            log.debug(__name__, "not understood: %s", what)


_LAST_COUNTS = (TitleChanged, IconTitleChanged, PointerShape, CursorStyleChanged, ResizeRequest)

_C1 = (
    (b"\x1b[", b"\x9b"),
    (b"\x1bP", b"\x90"),
    (b"\x1b]", b"\x9d"),
    (b"\x1b\\", b"\x9c"),
)
