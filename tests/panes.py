"""Panes without a program or without anybody who shows them."""

from gputerm.host import FarEnd
from gputerm.pane.options import PaneOptions
from gputerm.pane.pane import Pane
from gputerm.vt import Terminal


def new_pane(far_end: FarEnd, terminal: Terminal | None = None) -> Pane:
    return Pane(1, terminal or Terminal(24, 80), far_end, options=PaneOptions())


class NoProgram:
    """What is known of a program that isn't there."""

    pid, command, environment, tty, reads_keys = 0, ("recording",), {}, None, True

    def foreground(self):
        return None

    def cwd(self):
        return None


class Recording:
    """A far end that is none: it says what was recorded, and keeps what it is told."""

    unwritten = 0

    def __init__(self, said: bytes) -> None:
        self.said = said
        self.told = b""
        self.program = NoProgram()

    @property
    def has_output(self) -> bool:
        return bool(self.said)

    def feed(self, sink, units):
        if not self.said:
            return None
        size, events = sink.feed_some(self.said, units)
        self.said = self.said[size:]
        return size, events

    def write(self, data) -> bool:
        self.told += data
        return True

    def fed(self, size, now):
        pass

    def pause(self):
        pass

    def announce(self):
        pass

    def resize(self, lines, columns, width_px=0, height_px=0):
        pass

    def close(self):
        pass


class Viewer:
    """Holds a pane and notes what it is told."""

    def __init__(self, pane: Pane) -> None:
        self.events: list[object] = []
        self.damages = 0
        pane.holder = self

    def damaged(self):
        self.damages += 1

    def woken(self):
        pass

    def act_on(self, event):
        self.events.append(event)
