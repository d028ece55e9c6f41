"""A key's echo, read by the main thread itself.

Output is the loop thread's to read (host/loop.py). Waking that thread and being woken by it takes a
fifth of a millisecond, a tenth of the time from a key to its picture. So after a key the main
thread reads the program's next output from the pty, as long as that may be an answer to the key.
Later output, and what comes while output flows anyway, takes the usual way.
"""

import math
import time
from typing import Protocol

from gputerm.host.channel import Channel

PATIENCE = 0.05  #: seconds after a key in which its echo comes, or costs the usual


class Sleeper(Protocol):
    """What the main thread sleeps in."""

    @property
    def can_watch(self) -> bool:
        """Whether it can sleep on descriptors."""

    def watch(self, descriptor: int) -> None:
        """Wake up for this one too."""

    def unwatch(self, descriptor: int) -> None:
        """Wake up for it no more."""


class EchoReader:
    """Listens to the program that was typed into last, at most one."""

    def __init__(self, display: Sleeper) -> None:
        self._display = display
        self._channel: Channel | None = None
        self._descriptor = -1
        self._heard = False
        self.deadline = math.inf  #: when it has waited long enough

    def expect(self, channel: Channel) -> None:
        """Before something typed is sent to a program, which may answer while that is done."""
        if channel is not self._channel:
            self.stop()
            if not self._display.can_watch or (descriptor := channel.begin_direct_read()) is None:
                return
            self._display.watch(descriptor)
            self._channel, self._descriptor = channel, descriptor
        self.deadline = time.monotonic() + PATIENCE

    def read(self) -> Channel | None:
        """The channel that has output now, or has come to its end; None while nothing came."""
        channel = self._channel
        if channel is None or not channel.read_directly():
            return None
        self._heard = True
        return channel

    def rest(self, now: float) -> None:
        """After a frame: what was waited for has come, or comes no more."""
        if self._heard or now >= self.deadline:
            self.stop()

    def stop(self) -> None:
        """Leave reading to the loop thread; also before a channel is closed."""
        if self._channel is not None:
            self._display.unwatch(self._descriptor)
            self._channel.end_direct_read()
            self._channel = None
            self._heard = False
            self.deadline = math.inf
