"""The terminal as such: bytes in, cells and events out. Imports nothing of the rest of gputerm."""

from gputerm.vt.blocks import CommandBlock
from gputerm.vt.content import Hyperlink, Point
from gputerm.vt.keyboard_modes import KeyOptions, MouseOptions
from gputerm.vt.snapshot import CursorView, Snapshot
from gputerm.vt.terminal import Terminal
from gputerm.vt.terminal_options import TerminalOptions, WindowFacts

__all__ = [
    "CommandBlock",
    "CursorView",
    "Hyperlink",
    "KeyOptions",
    "MouseOptions",
    "Point",
    "Snapshot",
    "Terminal",
    "TerminalOptions",
    "WindowFacts",
]
