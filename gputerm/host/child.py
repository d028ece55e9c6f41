"""The program on a pty: what is known of it, and its end."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress

from gputerm.host.loop import READ, Loop
from gputerm.host.pty import Foreground, Pty

__all__ = ["Program", "Watch"]


class Program:
    """What the main thread may ask about it."""

    def __init__(self, pty: Pty, lock: AbstractContextManager[object]) -> None:
        """`lock` guards the pty's descriptor, which the loop thread may close."""
        self._pty = pty
        self._lock = lock

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._pty.pid

    @property
    def command(self) -> tuple[str, ...]:
        """Its argv."""
        return self._pty.argv

    @property
    def environment(self) -> Mapping[str, str]:
        """What it started with."""
        return self._pty.env

    @property
    def tty(self) -> str | None:
        """The terminal's path, "/dev/pts/3"; None when unknown."""
        return self._pty.tty

    def foreground(self) -> Foreground | None:
        """Who has the terminal now; None when unknown or closed."""
        with self._lock:
            return self._pty.foreground()

    @property
    def reads_keys(self) -> bool:
        """Whether the program takes each key by itself rather than whole lines."""
        with self._lock:
            return self._pty.reads_keys

    def cwd(self) -> str | None:
        """The foreground process's directory; None when unknown or closed."""
        with self._lock:
            return self._pty.cwd()


class Watch:
    """Waits in the loop thread for the program's end. All of it belongs to that thread."""

    def __init__(self, loop: Loop, pty: Pty, when_ended: Callable[[], None]) -> None:
        """`when_ended` is called once, when the program was reaped."""
        self._loop = loop
        self._pty = pty
        self._when_ended = when_ended
        self._pidfd = -1

    def start(self) -> None:
        """Begin to wait."""
        if hasattr(os, "pidfd_open"):
            with suppress(OSError):  # a kernel before 5.3, or a sandbox
                self._pidfd = os.pidfd_open(self._pty.pid)
        if self._pidfd >= 0:
            self._loop.register(self._pidfd, READ, self._on_pidfd)
        else:
            self._loop.watch_children(self.check)
            self.check()

    def _on_pidfd(self, events: int) -> None:
        self.check()

    def check(self) -> None:
        """Look whether it has ended."""
        if self._pty.status is not None or self._pty.reap() is None:
            return
        if self._pidfd >= 0:
            self._loop.unregister(self._pidfd)
        self.close()
        self._loop.unwatch_children(self.check)
        self._when_ended()

    def close(self) -> None:
        """Close the descriptor."""
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1
