"""Drives vttest, Per Lindberg's and Thomas Dickey's test of VT100 to VT500 terminals, on a pty.

Every place where vttest waits for a key is a screen to look at. It has been reached when the
program sleeps in read(2) on its terminal and nothing that it wrote is left unread: no clock is
asked. Menus are walked by the numbers of their items; what is no menu is left by RETURN.
"""

import array
import fcntl
import os
import re
import select
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gputerm.host import Pty
from gputerm.vt import Terminal, TerminalOptions, WindowFacts
from gputerm.vt import events as vt
from gputerm.vt.core import cells
from gputerm.vt.modes import DecMode

LINES, COLUMNS, WIDE_COLUMNS = 24, 80, 132
CELL_WIDTH, CELL_HEIGHT = 8, 16

#: The number of a master's other end. [Linux, asm-generic/ioctls.h]
TIOCGPTN = 0x80045430

#: read(2) in /proc/PID/syscall: x86-64, and the generic table of newer architectures.
_READ = ("0 0x0 ", "63 0x0 ")

#: More screens than this in one test: RETURN doesn't end it.
MAX_SCREENS = 64

_MENU = re.compile(r"Enter choice number \(0 - (\d+)\):")
_ITEM = re.compile(r"^ +(\d+)\.[ *]+(\S.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Screen:
    """One stop: the terminal's state in words, and the bytes that led to it from the last one."""

    text: str
    data: bytes


class Vttest:
    """A vttest at work in a Terminal."""

    def __init__(self) -> None:
        self.terminal = Terminal(
            LINES, COLUMNS, options=TerminalOptions(resize_at_once=True, test_reports=True)
        )
        env = {**os.environ, "TERM": "xterm"}
        size = f"{LINES}x{COLUMNS}.{WIDE_COLUMNS}"
        self.pty = Pty.spawn(["vttest", size], cwd="/", env=env, lines=LINES, columns=COLUMNS)
        number = array.array("I", [0])
        fcntl.ioctl(self.pty.fd, TIOCGPTN, number)
        self._slave = os.open(f"/dev/pts/{number[0]}", os.O_RDWR | os.O_NOCTTY)
        self.data = b""  #: what the program wrote since the last screen
        self._resized()

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pty.pid, signal.SIGKILL)
        os.close(self._slave)
        self.pty.close()
        self.pty.reap()

    def _resized(self) -> None:
        lines, columns = self.terminal.lines, self.terminal.columns
        width, height = columns * CELL_WIDTH, lines * CELL_HEIGHT
        self.pty.resize(lines, columns, width, height)
        self.terminal.set_window(WindowFacts(width=width, height=height))

    def settle(self) -> None:
        """Feed the terminal until the program waits for a key."""
        while True:
            waits = self._waits()
            # In this order: a program that waits has written everything before.
            if select.select([self.pty.fd], [], [], 0 if waits else 0.001)[0]:
                data = os.read(self.pty.fd, 1 << 16)
                self.data += data
                for event in self.terminal.feed(data):
                    if isinstance(event, vt.Reply):
                        os.write(self.pty.fd, event.data)
                    elif isinstance(event, vt.ResizeRequest):
                        self._resized()
            elif waits:
                return

    def _waits(self) -> bool:
        """Whether the program sleeps in read on its terminal, having taken all that was typed."""
        # Polling first makes the kernel hand over what is still on its way.
        if select.select([self._slave], [], [], 0)[0]:
            return False
        return Path(f"/proc/{self.pty.pid}/syscall").read_text().startswith(_READ)

    def send(self, keys: str) -> None:
        os.write(self.pty.fd, keys.encode())
        self.settle()

    # Menus.

    @property
    def text(self) -> str:
        top = self.terminal.screen_top
        return "\n".join(self.terminal.line_text(top + i) for i in range(self.terminal.lines))

    @property
    def in_menu(self) -> bool:
        return _MENU.search(self.text) is not None

    def items(self) -> dict[int, str]:
        """The items of the menu that is shown, without the way back."""
        return {int(n): title for n, title in _ITEM.findall(self.text) if int(n)}

    def enter(self, *path: int) -> None:
        """From the main menu into an item; what is asked on the way is answered by RETURN."""
        for number in path:
            while not self.in_menu:
                self.send("\r")
            self.send(f"{number}\r")

    def screens(self) -> Iterator[Screen]:
        """The screens of the test that was entered, until a menu shows up."""
        for _ in range(MAX_SCREENS):
            if self.in_menu:
                return
            yield Screen(describe(self.terminal), self.data)
            self.data = b""
            self.send("\r")
        raise AssertionError("the test doesn't end")


def describe(terminal: Terminal) -> str:
    """The screen as lines of text, each followed by what isn't plain in it.

    `3 |text|` is line 3; `  5-9 bold fg1` says that columns 5 to 9 of the line above, from 1, are
    bold in palette colour 1. The last line has the cursor and what holds for the whole screen.
    """
    parts = []
    top = terminal.screen_top
    for line in range(terminal.lines):
        row = terminal.cells(top + line)
        size = terminal.row_flags(top + line) >> cells.ROW_SIZE_SHIFT & 3
        text = terminal.line_text(top + line)
        styles = _styles(row.tolist())
        if text or styles or size:
            parts.append(f"{line + 1:2} |{text}|{('', ' wide', ' top', ' bottom')[size]}")
            parts += styles
    line, column = terminal.cursor
    whole = f"cursor {line + 1};{column + 1} of {terminal.lines}x{terminal.columns}"
    if terminal.modes.get_mode(DecMode.DECSCNM):
        whole += ", reverse"
    if not terminal.modes.get_mode(DecMode.DECTCEM):
        whole += ", cursor hidden"
    return "\n".join([*parts, whole])


_ATTRIBUTES = (
    (cells.BOLD, "bold"),
    (cells.DIM, "dim"),
    (cells.ITALIC, "italic"),
    (cells.BLINK, "blink"),
    (cells.INVERSE, "inverse"),
    (cells.HIDDEN, "hidden"),
    (cells.STRIKE, "strike"),
    (cells.OVERLINE, "overline"),
)


def _styles(row: list[list[int]]) -> list[str]:
    """A line for each run of cells in another style than the default."""
    runs: list[tuple[int, int, str]] = []
    for column, (char, fg, bg, attrs) in enumerate(row, 1):
        words = [name for bit, name in _ATTRIBUTES if attrs & bit]
        if attrs & cells.UNDERLINE:
            words.append("underline")
        words += [_color(name, word) for name, word in (("fg", fg), ("bg", bg)) if word]
        if char & cells.PROTECTED:
            words.append("protected")
        style = " ".join(words)
        if runs and runs[-1][2] == style:
            runs[-1] = (runs[-1][0], column, style)
        else:
            runs.append((column, column, style))
    return [f"     {start}-{stop} {style}" for start, stop, style in runs if style]


def _color(name: str, word: int) -> str:
    return f"{name}{word & 0xFF}" if word >> 24 == 1 else f"{name}#{word & 0xFFFFFF:06x}"


#: What is run: numbers of menu items on the way. Left out are tests of keys, mouse and printer,
#: Tektronix graphics, soft fonts, what takes vttest many seconds (it waits for answers of unknown
#: length), and what a newer terminal's menu repeats of an older one's.
TESTS = (
    *("1", "2", "4", "8"),
    # Character sets: as they are, every set in G1, every national set in G0.
    *("3.8", "3.9", "3.10", "3.11"),
    *(f"3.5.{number}.9" for number in range(2, 15)),
    *(f"3.3.4.{number}.8" for number in (1, 7, 8, 9, 10, 11)),
    *(f"6.{number}" for number in range(1, 8)),
    # VT220
    *(f"11.1.1.1.{number}" for number in range(1, 5)),
    *(f"11.1.2.{number}" for number in range(1, 5)),
    *("11.1.3", "11.1.6"),
    # VT320
    *("11.2.2.1", "11.2.2.2", "11.2.3.1", "11.2.3.2"),
    *(f"11.2.5.2.{number}" for number in range(2, 7)),
    *("11.2.5.3.1.7", "11.2.5.3.3.1", "11.2.5.3.3.2", "11.2.5.3.5"),
    *(f"11.2.5.3.6.{number}" for number in range(1, 9)),
    *("11.2.5.4.2", "11.2.5.5", "11.2.5.6", "11.2.6.2.1", "11.2.6.2.2", "11.2.6.2.3"),
    # VT420: within no margins, within each kind, within both, with and without DECOM.
    *(
        f"11.3.2.{setup}{number}"
        for setup in ("", "3.", "4.", "3.5.", "3.4.5.", "2.3.4.5.")
        for number in range(7, 11)
    ),
    *(
        f"11.3.3.{setup}{number}"
        for setup in ("", "2.", "3.", "2.4.", "2.3.4.", "1.2.3.4.")
        for number in range(6, 14)
    ),
    *(f"11.3.6.{number}" for number in range(7, 13)),
    *("11.3.7.2.2.1", "11.3.7.2.2.2", *(f"11.3.7.2.3.{number}" for number in range(2, 5))),
    *(f"11.3.7.3.{number}" for number in (4, 5, 6, 7, 8, 9, 12)),
    # VT520
    *(f"11.4.2.{number}" for number in range(7, 16)),
    *(f"11.4.5.2.3.{number}" for number in (3, 4, 8)),
    *("11.4.6.1", "11.4.6.2"),
    # ISO 6429: cursor, colours, others
    *(f"11.5.{number}" for number in range(1, 10)),
    *("11.6.2", "11.6.3", "11.6.4", "11.6.5", "11.6.6.1", "11.6.6.2", "11.6.6.3"),
    *("11.6.7.1.2", "11.6.8", "11.6.9"),
    *("11.7.1.2", *(f"11.7.{number}" for number in range(2, 7))),
    # xterm
    *("11.8.7.3", "11.8.7.4", "11.8.7.5", "11.8.9"),
)


def run(test: str) -> list[Screen]:
    """The screens of one of TESTS."""
    vttest = Vttest()
    try:
        vttest.settle()
        vttest.enter(*map(int, test.split(".")))
        return list(vttest.screens())
    finally:
        vttest.close()
