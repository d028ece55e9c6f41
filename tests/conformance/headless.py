"""A program on a pty, talking to a Terminal with an imaginary window that does as it is told."""

import os
import select
from collections.abc import Mapping
from pathlib import Path

from gputerm.host import Pty
from gputerm.vt import Terminal, TerminalOptions, WindowFacts, palette
from gputerm.vt import events as vt

#: Conformance tests take xterm's colours for granted.
FOREGROUND, BACKGROUND = 0x000000, 0xFFFFFF

#: A program that writes nothing for so long hangs; esctest's own longest pause is a second.
SILENCE = 60.0

LINES, COLUMNS = 25, 80


class ImaginaryWindow:
    """Cells of 8 x 16 pixels on a display of 200 x 60 of them, without decorations."""

    CELL_WIDTH, CELL_HEIGHT = 8, 16
    LINES, COLUMNS = 60, 200  # of the display

    def __init__(self, terminal: Terminal, pty: Pty) -> None:
        self._terminal = terminal
        self._pty = pty
        self._position = (0, 0)
        self._iconified = False
        self._fullscreen = False
        self._restored = (terminal.lines, terminal.columns)  # where fullscreen goes back to
        self._clipboard = b""
        self.resized()

    def resized(self) -> None:
        """The terminal has another size."""
        terminal = self._terminal
        height, width = terminal.lines * self.CELL_HEIGHT, terminal.columns * self.CELL_WIDTH
        self._pty.resize(terminal.lines, terminal.columns, width, height)
        terminal.set_window(
            WindowFacts(
                width=width,
                height=height,
                screen_width=self.COLUMNS * self.CELL_WIDTH,
                screen_height=self.LINES * self.CELL_HEIGHT,
                x=self._position[0],
                y=self._position[1],
                iconified=self._iconified,
            )
        )

    def handle(self, event: vt.Event) -> None:
        """Do what the program wants."""
        match event:
            case vt.Reply(data):
                os.write(self._pty.fd, data)
            case vt.ResizeRequest():
                self.resized()
            case vt.ClipboardSet(_, data):
                self._clipboard = data
            case vt.ClipboardQuery():
                os.write(self._pty.fd, self._terminal.clipboard_reply(event, self._clipboard))
            case vt.WindowOperation(name, arguments):
                self._operate(name, arguments)
                self.resized()

    def _operate(self, name: str, arguments: tuple[int | None, ...]) -> None:
        terminal = self._terminal
        match name:
            case "iconify" | "deiconify":
                self._iconified = name == "iconify"
            case "move":
                self._position = (arguments[0] or 0, arguments[1] or 0)
            case "resize_px":
                height, width = arguments
                lines = terminal.lines if height is None else height // self.CELL_HEIGHT
                columns = terminal.columns if width is None else width // self.CELL_WIDTH
                terminal.resize(lines or self.LINES, columns or self.COLUMNS)
            case "maximize" if arguments[0]:
                self._restored = (terminal.lines, terminal.columns)
                terminal.resize(
                    terminal.lines if arguments[0] == 3 else self.LINES,
                    terminal.columns if arguments[0] == 2 else self.COLUMNS,
                )
            case "maximize":
                terminal.resize(*self._restored)
            case "fullscreen":
                wanted = not self._fullscreen if arguments[0] == 2 else bool(arguments[0])
                if wanted and not self._fullscreen:
                    self._restored = (terminal.lines, terminal.columns)
                    terminal.resize(self.LINES, self.COLUMNS)
                elif self._fullscreen and not wanted:
                    terminal.resize(*self._restored)
                self._fullscreen = wanted


def run_headless(argv: list[str], cwd: Path, environment: Mapping[str, str]) -> None:
    """Feed what a program writes to a Terminal, and answer it, until it ends."""
    colors = palette.default_colors()
    colors[palette.FOREGROUND], colors[palette.BACKGROUND] = FOREGROUND, BACKGROUND
    options = TerminalOptions(colors=tuple(colors.tolist()), test_reports=True, resize_at_once=True)
    terminal = Terminal(LINES, COLUMNS, options)
    pty = Pty.spawn(argv, cwd=str(cwd), env=environment, lines=LINES, columns=COLUMNS)
    try:
        window = ImaginaryWindow(terminal, pty)
        while select.select([pty.fd], [], [], SILENCE)[0]:
            try:
                data = os.read(pty.fd, 1 << 16)
            except OSError:  # EIO: the program has ended.
                break
            for event in terminal.feed(data):
                window.handle(event)
    finally:
        pty.close()
        pty.reap()
