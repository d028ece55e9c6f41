"""The far ends of a Session: a program on a pty that is read in the caller's thread, or nobody.

host.Channel reads in a thread of its own, because a window has to draw meanwhile. A test has
nothing to do meanwhile, so here bytes come in only while somebody waits: between two waits no
screen changes under the hands of whoever looks at it, and no thread has to be waited for. The price
is that a program's question (DA, DSR, colours) is answered by the next wait, not before.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gputerm.host.child import Program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gputerm.host import Foreground, Pty
    from gputerm.host.far_end import Sink

__all__ = ["Direct", "Offline"]

_READ_SIZE = 64 << 10
#: Without a pidfd (macOS) the end of a program is looked for this often, in seconds.
_REAP_S = 0.02
#: So long a program may take to end after its terminal was hung up, in seconds.
_HANG_UP_S = 0.5


class _End:
    """What both have: bytes to be fed."""

    def __init__(self) -> None:
        self._taken = b""
        self.last_output = time.monotonic()

    def feed(self, sink: Sink, units: int) -> tuple[int, list[Any]] | None:
        """Give the sink what was written, see FarEnd."""
        if not self._taken:
            self._taken = self._read()
        if not self._taken:
            return None
        size, caused = sink.feed_some(self._taken, units)
        self._taken = self._taken[size:]
        return size, caused

    def _read(self) -> bytes:
        return b""

    @property
    def has_output(self) -> bool:
        return bool(self._taken)

    def fed(self, size: int, now: float) -> None:
        if size:
            self.last_output = now

    def pause(self) -> None:
        pass

    def announce(self) -> None:
        pass


class _NoProgram:
    """What is known of nobody."""

    pid, tty = 0, None
    command: tuple[str, ...] = ()
    reads_keys = True

    def __init__(self) -> None:
        self.environment: Mapping[str, str] = {}

    def foreground(self) -> Foreground | None:
        return None

    def cwd(self) -> str | None:
        return None


class Offline(_End):
    """Nobody: bytes are fed by hand, and `sent` keeps what a program would have been sent."""

    unwritten = 0
    descriptors: tuple[int, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.program = _NoProgram()
        self.sent = bytearray()

    def put(self, data: bytes) -> None:
        """What `feed` gives next."""
        self._taken += data

    def write(self, data: bytes | bytearray | memoryview) -> bool:
        self.sent += data
        return True

    def resize(self, lines: int, columns: int, width_px: int = 0, height_px: int = 0) -> None:
        pass

    def sleep(self, until: float) -> None:
        time.sleep(max(until - time.monotonic(), 0))

    def ended(self) -> int | None:
        return None

    def close(self) -> None:
        pass


class Direct(_End):
    """A program on a pty, without a thread."""

    def __init__(self, pty: Pty) -> None:
        super().__init__()
        self._pty = pty
        self.program = Program(pty, threading.Lock())
        self._outbox = bytearray()
        self._hung_up = False
        self._poll = select.poll()
        self._poll.register(pty.fd, select.POLLIN)
        self._pidfd = -1
        if hasattr(os, "pidfd_open"):
            with suppress(OSError):  # a kernel before 5.3, or a sandbox
                self._pidfd = os.pidfd_open(pty.pid)
                self._poll.register(self._pidfd, select.POLLIN)

    @property
    def descriptor(self) -> int:
        """The master; -1 once closed."""
        return self._pty.fd

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What becomes readable when there is something to do."""
        master = () if self._hung_up else (self._pty.fd,)
        pidfd = (self._pidfd,) if self._pty.status is None else ()
        return tuple(fd for fd in (*master, *pidfd) if fd >= 0)

    # ── bytes ────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> bytes:
        if self._pty.fd < 0 or self._hung_up:
            return b""
        try:
            data = os.read(self._pty.fd, _READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""  # EIO: nobody has the slave open.
        if not data:
            self._hang_up()
        return data

    def _hang_up(self) -> None:
        self._hung_up = True
        self._outbox.clear()
        self._poll.unregister(self._pty.fd)

    def write(self, data: bytes | bytearray | memoryview) -> bool:
        if self._pty.fd < 0 or self._hung_up:
            return False
        self._outbox += data
        self._flush()
        return True

    def _flush(self) -> None:
        with suppress(BlockingIOError, OSError):
            while self._outbox:
                del self._outbox[: os.write(self._pty.fd, self._outbox)]
        if not self._hung_up:
            wanted = select.POLLIN | (select.POLLOUT if self._outbox else 0)
            self._poll.modify(self._pty.fd, wanted)

    @property
    def unwritten(self) -> int:
        return len(self._outbox)

    def sleep(self, until: float) -> None:
        """Sleep until there is something to read, the program has ended, or `until`."""
        rest = max(until - time.monotonic(), 0)
        if self._pidfd < 0 and self._pty.status is None:
            rest = min(rest, _REAP_S)
        self._poll.poll(rest * 1000)
        if self._outbox:
            self._flush()

    def has_unread(self) -> bool:
        """Whether the program has yet to read what it was sent: keys, or a line it can have.

        Asking also makes the kernel hand over what is on its way inside the pty. [n_tty_poll]
        """
        if self._outbox or self._pty.tty is None:
            return bool(self._outbox)
        try:
            slave = os.open(self._pty.tty, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            asking = select.poll()
            asking.register(slave, select.POLLIN)
            return any(events & select.POLLIN for _, events in asking.poll(0))
        finally:
            os.close(slave)

    # ── the program ──────────────────────────────────────────────────────────────────────────────

    def ended(self) -> int | None:
        """Its exit status, or None while it runs."""
        if self._pty.status is None and self._pty.reap() is not None and self._pidfd >= 0:
            self._poll.unregister(self._pidfd)
            os.close(self._pidfd)
            self._pidfd = -1
        return self._pty.status

    def resize(self, lines: int, columns: int, width_px: int = 0, height_px: int = 0) -> None:
        self._pty.resize(lines, columns, width_px, height_px)

    def close(self) -> None:
        """Hang up, and see to it that the program ends: nothing is left behind by a test."""
        if not self._hung_up and self._pty.fd >= 0:
            self._hang_up()
        self._pty.close()
        deadline = time.monotonic() + _HANG_UP_S
        while self.ended() is None:
            if time.monotonic() >= deadline:
                with suppress(ProcessLookupError):
                    os.kill(self._pty.pid, signal.SIGKILL)
                deadline = time.monotonic() + _HANG_UP_S
            self.sleep(deadline)
