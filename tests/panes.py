"""Panes without a program or without anybody who shows them."""

from gputerm.host import FarEnd
from gputerm.pane.options import PaneOptions
from gputerm.pane.pane import Pane
from gputerm.testing.direct import Offline
from gputerm.vt import Terminal


def new_pane(far_end: FarEnd, terminal: Terminal | None = None) -> Pane:
    return Pane(1, terminal or Terminal(24, 80), far_end, options=PaneOptions())


class Recording(Offline):
    """A far end that is none: it says what was recorded, and keeps what it is told."""

    def __init__(self, said: bytes) -> None:
        super().__init__()
        self.put(said)

    @property
    def said(self) -> bytes:
        return self._taken

    @said.setter
    def said(self, data: bytes) -> None:
        self._taken = data

    @property
    def told(self) -> bytes:
        return bytes(self.sent)

    @told.setter
    def told(self, data: bytes) -> None:
        self.sent = bytearray(data)


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
