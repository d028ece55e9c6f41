"""Terminal: bytes in, cells and events out.

The owner of everything between the parser and the world. It knows no file descriptor, clock, window
or font, and calls nobody back: `feed` returns what happened. Hot work is done by Screen in compiled
code; the control functions it leaves are looked up (functions/dispatch.py) and run on this object,
as far as it is a Machine.

    bytes -> Parser -> Screen -> Dispatch.csi, esc, osc, dcs -> a row's function
                                                                      |
    feed() <- events <- Machine.add(), Machine.reply() <--------------+

    Content ← Machine ← Terminal: the lines; what functions act on; what the owner and readers use
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.vt import report
from gputerm.vt.core.parser import Parser
from gputerm.vt.events import CursorStyleChanged
from gputerm.vt.functions import osc, settings
from gputerm.vt.functions.dispatch import Dispatch
from gputerm.vt.keyboard_modes import KeyOptions, MouseOptions
from gputerm.vt.machine import Machine
from gputerm.vt.modes import MOUSE_ENCODING, MOUSE_TRACKING, AnsiMode, DecMode
from gputerm.vt.snapshot import Snapshot
from gputerm.vt.terminal_options import TerminalOptions, WindowFacts

if TYPE_CHECKING:
    from gputerm.vt.core.handler_failures import Failure
    from gputerm.vt.events import ClipboardQuery, Event


class Terminal(Machine):
    """A terminal of lines x columns."""

    def __init__(self, lines: int, columns: int, options: TerminalOptions | None = None) -> None:
        super().__init__(lines, columns, options or TerminalOptions())
        self.screen.handler = Dispatch(self)
        self._parser = Parser(self.screen)
        self._echo_parser: Parser | None = None

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

    def echo(self, data: bytes, units: int) -> tuple[int, list[Event]]:
        """Does what typed bytes say while SRM is reset, as feed_some does for the program's.

        A sequence of the program's that has only half arrived isn't touched.
        """
        if self._echo_parser is None:
            self._echo_parser = Parser(self.screen)
        return self._echo_parser.feed(data, units), self.take_events()

    def take_failures(self) -> list[Failure]:
        """Mistakes of ours that cost a sequence since the last call; of equal ones the first."""
        return self.screen.failures.take()

    # The world's facts, and what the configuration says.

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

    def configure(self, options: TerminalOptions) -> None:
        """Follows other options than it was made with, as far as the program didn't choose.

        Text that stands keeps its widths. Mode 2031 reports when the configured colours turn from
        dark to light or back.
        """
        before, dark = self.options, self.palette.dark
        self._follow(options)
        if self.palette.dark != dark and self.modes.get_mode(DecMode.COLOR_SCHEME):
            self.reply(report.color_scheme(dark=self.palette.dark))
        if self.cursor_style == CursorStyleChanged(before.cursor_shape, before.cursor_blinking):
            self.put_cursor_style(options.cursor_shape, options.cursor_blinking)

    # What there is to see.

    @property
    def title(self) -> str:
        return self.titles.window

    def snapshot(self, top: int | None = None) -> Snapshot:
        """The viewport from stable line `top` on, clamped to what there is; None: the live
        screen."""
        if top is None or self.alternate:
            top = self.screen_top
        return Snapshot(self, min(max(top, self.first_line), self.screen_top))

    @property
    def synchronized(self) -> bool:
        """Mode 2026: frames are to be held, until a deadline that the owner of the clock keeps."""
        return self.screen.synchronized

    @property
    def sync_generation(self) -> int:
        """Counts how often mode 2026 went from reset to set: a deadline belongs to one of them."""
        return self.screen.sync_generation

    # What input has to know.

    @property
    def key_options(self) -> KeyOptions:
        kept, keyboard = self.modes.kept, self.keyboard
        return KeyOptions(  # by position, which takes half the time
            DecMode.DECCKM.key in kept,
            DecMode.DECNKM.key in kept,
            self.kitty_flags.flags,
            keyboard.modify_other_keys,
            keyboard.format_other_keys,
            self.screen.newline,
            DecMode.DECBKM.key in kept,
            DecMode.META_ESCAPE.key in kept and DecMode.ALT_ESCAPE.key in kept,
            AnsiMode.KAM.key in kept,
        )

    @property
    def local_echo(self) -> bool:
        """SRM is reset: what is sent to the program is also shown."""
        return not self.modes.get_mode(AnsiMode.SRM)

    @property
    def mouse_options(self) -> MouseOptions:
        modes = self.modes
        return MouseOptions(
            tracking=next((m.number for m in MOUSE_TRACKING if modes.get_mode(m)), 0),
            encoding=next((m.number for m in MOUSE_ENCODING if modes.get_mode(m)), 0),
            alternate_scroll=self.alternate and modes.get_mode(DecMode.ALTERNATE_SCROLL),
        )

    @property
    def bracketed_paste(self) -> bool:
        return self.modes.get_mode(DecMode.BRACKETED_PASTE)

    @property
    def focus_reporting(self) -> bool:
        return self.modes.get_mode(DecMode.FOCUS)

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
