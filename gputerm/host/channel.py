"""A pty at work in the loop: a full inbox stops reading, a full outbox refuses.

    program ─▶ pty ─ read bursts ─▶ inbox (≤ 1 MiB + one burst) ─ take() ─▶ main thread
    program ─▶ pty ─ after a key, or in turn with parsing a flood ────────▶ main thread
    program ◀─ pty ◀─ at once, else ─ outbox (≤ 64 MiB) ◀─ write() ─ main thread

The main thread sees bytes and two messages, Output and Exited. Exited comes once, after everything
the child wrote. Source: Linux's drivers/tty/n_tty.c for what a read returns; figures below were
measured on Linux 6.18 with two cores.
"""

import os
import threading
import time
from typing import Any

from gputerm.host.burst import BurstReader
from gputerm.host.child import Program, Watch
from gputerm.host.far_end import Sink
from gputerm.host.flood import Flood, Turn
from gputerm.host.loop import READ, WRITE, Loop
from gputerm.host.pty import Pty
from gputerm.records import Record

__all__ = ["HIGH_WATER", "WRITE_LIMIT", "Channel", "Exited", "Output"]

#: Unread bytes at which reading pauses, so that a program waits for us instead of filling memory.
HIGH_WATER = 1 << 20

#: Unwritten bytes beyond which `write` refuses: larger than any sane paste, bounded all the same.
WRITE_LIMIT = 64 << 20

#: One visit: about 1 ms of a flood, after which other descriptors get their turn.
_BURST = 64 << 10

#: One read of Linux's line discipline gives no more. A burst of less is a trickle, see below; more
#: says that the pty was full and that its writer had to stop.
_FULL_READ = 4095

#: What one write offers; the kernel takes a few KiB of it.
_WRITE_SIZE = 64 << 10

#: A program that writes line by line makes one wake-up of each line. When a short burst follows the
#: last within `_TRICKLE_GAP_S` we sleep `_TRICKLE_NAP_S` first and read many lines at once: a third
#: less CPU per byte. A key's echo comes after a pause and never waits; a flood doesn't either,
#: because a nap would stop its writer: 45 instead of 200 MB/s. Nor does what follows something
#: sent: a program that asks and waits for each answer would get a third of them.
_TRICKLE_GAP_S = 0.001
_TRICKLE_NAP_S = 0.0001

#: After so long without output a key's echo is worth waiting for in the main thread.
_QUIET_S = 0.01

#: After the child's exit its own bytes are at most what the kernel holds (some 12 KiB); a process
#: that stays behind and writes for ever must not hide the exit.
_DRAIN_LIMIT = 256 << 10

#: A living child without any open slave is rare (login between hanging up and reopening, a daemon);
#: only then we look again this often.
_HANGUP_RETRY_S = 1.0


class Output(Record):
    """`channel.take()` has bytes; sent once until they are taken."""

    channel: "Channel"


class Exited(Record):
    """The child ended and all its output has been announced. Comes once."""

    channel: "Channel"
    status: int  #: exit code, or 128 + signal number


class Channel:
    """One pty in the loop: a FarEnd. Threads share it; each method belongs to one of them."""

    def __init__(self, loop: Loop, pty: Pty) -> None:
        self._loop = loop
        self._lock = loop.lock
        self._pty = pty
        self.program = Program(pty, loop.lock)
        self._reading = threading.Lock()  # held while bytes are on their way into the inbox
        # Guarded by the lock:
        self._inbox = bytearray()
        self._announced = False  # an Output is on its way
        self._outbox = bytearray()
        self._answered = False  # something was sent since the last burst
        self._paused = False  # the inbox reached HIGH_WATER
        self._closed = False
        self._main_reads = False
        self._events = 0  # what the selector waits for on the master
        # Main thread only:
        self._flood = Flood()
        self._taken = memoryview(b"")  # taken from the inbox, and not fed yet
        self.turn = Turn(self._flood, self._take_over, self.end_direct_read)
        # Loop thread only:
        self._hung_up = False  # the last slave is closed
        self._drain_left: int | None = None  # bytes until Exited; None while the child lives
        self._exit_told = False
        self._given_up = False  # closed from here, so that the main thread waits for Exited
        self._last_burst_s = 0.0
        self._last_burst_size = _BURST
        self._reader = BurstReader(pty.fd, _BURST)
        self._child = Watch(loop, pty, self._on_end)
        loop.call(self._start)

    # ── main thread ──────────────────────────────────────────────────────────────────────────────

    def take(self) -> bytearray:
        """Everything read so far, now the caller's; empty when nothing came."""
        with self._lock:
            data, self._inbox = self._inbox, bytearray()
            self._announced = False
            resume, self._paused = self._paused, False
        if resume:
            self._loop.call(self._resume)
        return data

    def feed(self, sink: Sink, units: int) -> tuple[int, list[Any]] | None:
        """Give a terminal what the program wrote, for `units` at most (see FarEnd)."""
        if not self._taken:
            self._taken = memoryview(self.take())
        if self._taken:
            size, caused = sink.feed_some(self._taken, units)
            self._taken = self._taken[size:]
        elif self.turn.take(self._pty.fd) and not self._inbox:
            size, rest, drained, caused = sink.feed_from(self._pty.fd, units)
            self._taken = memoryview(rest)
            self.turn.took(size, drained=drained)
        else:
            return None
        return size, caused

    def fed(self, size: int, now: float) -> None:
        """A round of `feed` has ended: `size` bytes by `now` (monotonic seconds)."""
        self._flood.parsed(size, now)

    def pause(self) -> None:
        """The main thread parses nothing for a while: the other one reads meanwhile."""
        self.turn.end()

    @property
    def has_output(self) -> bool:
        """Whether `feed` would give something, or a turn isn't over."""
        return bool(self._taken) or bool(self._inbox) or self.turn.taken

    def announce(self) -> None:
        """Send an Output although nothing came: whoever takes it has something else to do too."""
        self._loop.post(Output(self))

    def write(self, data: bytes | bytearray | memoryview) -> bool:
        """Send `data` to the program, in order. False when refused: closed, or too much waits.

        The fast path is a write right here, so that a key doesn't wait for the other thread to get
        the interpreter; what the kernel doesn't take now the loop writes later.
        """
        with self._lock:
            if self._closed or len(self._outbox) + len(data) > WRITE_LIMIT:
                return False
            self._answered = True
            if self._outbox:
                self._outbox += data
                return True
            try:
                count = os.write(self._pty.fd, data)
            except BlockingIOError:
                count = 0
            except OSError:
                return False  # EIO: nobody has the slave open.
            if count == len(data):
                return True
            self._outbox += memoryview(data)[count:]
        self._loop.call(self._update_events)
        return True

    def begin_direct_read(self) -> int | None:
        """Read in the main thread until `end_direct_read`: what comes next comes soon, and waking
        the other thread for it would take longer than all that is done with it.

        The descriptor that becomes readable for `read_directly`. None: it stays with the other
        thread.
        """
        quiet = time.monotonic() - self._last_burst_s >= _QUIET_S
        return self._pty.fd if quiet and not self._inbox and self._take_over() else None

    def read_directly(self) -> bool:
        """During a direct read, read what there is for `take`. False: nothing has come yet."""
        try:
            data = self._reader.read()
        except BlockingIOError:
            return False
        except OSError:
            return True  # EIO is for the other thread to find.
        with self._lock:
            self._inbox += data
        return True

    def end_direct_read(self) -> None:
        """Leave reading to the other thread again."""
        with self._lock:
            self._main_reads = False
            self._set_events()
        if self._drain_left is not None:  # The child ended meanwhile.
            self._loop.call(self._resume)

    def _take_over(self) -> bool:
        """Whether the main thread reads from now on; what the other has read is in the inbox."""
        with self._lock:
            if self._closed or self._events != READ:
                return False
            self._main_reads = True
            self._set_events()
        with self._reading:
            return True

    def resize(self, lines: int, columns: int, width_px: int = 0, height_px: int = 0) -> None:
        """The terminal's new size in cells and pixels."""
        with self._lock:
            self._pty.resize(lines, columns, width_px, height_px)

    @property
    def unwritten(self) -> int:
        """Bytes that the program hasn't accepted yet."""
        with self._lock:
            return len(self._outbox)

    def close(self) -> None:
        """Hang up (SIGHUP) and close the master. The child is still reaped; no Exited follows."""
        self.pause()
        with self._lock:
            self._closed = True
            self._outbox.clear()
        self._loop.call(self._close)

    # ── loop thread ──────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self._loop.at_stop(self._abandon)
        self._child.start()
        self._update_events()

    def _update_events(self) -> None:
        """Wait for just what can be used: room in the inbox, bytes in the outbox."""
        with self._lock:
            self._set_events()

    def _set_events(self) -> None:
        """`_update_events` in either thread, with the lock."""
        if self._pty.fd < 0:
            return
        wanted = 0
        if not self._hung_up:
            reads = not (self._paused or self._main_reads)
            wanted = (READ if reads else 0) | (WRITE if self._outbox else 0)
        if wanted == self._events:
            return
        if not wanted:
            self._loop.unregister(self._pty.fd)
        elif self._events:
            self._loop.modify(self._pty.fd, wanted, self._on_master)
        else:
            self._loop.register(self._pty.fd, wanted, self._on_master)
        self._events = wanted

    def _on_master(self, events: int) -> None:
        if self._pty.fd < 0:
            return
        if events & WRITE:
            self._write()
        if events & READ and not self._paused:
            self._read()
        self._update_events()

    def _resume(self) -> None:
        if self._pty.fd < 0:
            return
        if self._drain_left is not None and not self._exit_told:
            self._read()
        self._update_events()

    def _read(self) -> None:
        answered, self._answered = self._answered, False
        if (
            not answered
            and self._last_burst_size < _FULL_READ
            and time.monotonic() - self._last_burst_s < _TRICKLE_GAP_S
        ):
            time.sleep(_TRICKLE_NAP_S)
        with self._reading:
            if self._main_reads:
                return
            size, drained = self._read_burst()
        if self._drain_left is not None and not self._exit_told:
            self._drain_left -= size
            if drained or self._drain_left <= 0:
                self._tell_exit()
            elif not self._paused:
                self._loop.call(self._resume)
        elif self._hung_up and self._drain_left is None:
            self._loop.call_later(_HANGUP_RETRY_S, self._retry)

    def _read_burst(self) -> tuple[int, bool]:
        """Bytes read and delivered; whether the program had written no more than them."""
        data = memoryview(b"")
        drained = False
        try:
            data = self._reader.read()
            # Also a promise: the kernel has flushed all that was written before the last read.
            drained = self._reader.drained
            if not data:  # BSD: end of file.
                self._hung_up = True
        except BlockingIOError:
            drained = True
        except OSError:
            # EIO: the last process closed the slave side; the exit follows.
            drained = self._hung_up = True
        self._last_burst_s = time.monotonic()
        self._last_burst_size = len(data)
        if data:
            self._deliver(data)
        return len(data), drained

    def _deliver(self, data: memoryview) -> None:
        with self._lock:
            self._inbox += data
            self._paused = len(self._inbox) >= HIGH_WATER
            announce, self._announced = not self._announced, True
        if announce:
            self._loop.post(Output(self))

    def _write(self) -> None:
        with self._lock:
            try:
                with memoryview(self._outbox) as view, view[:_WRITE_SIZE] as some:
                    count = os.write(self._pty.fd, some)
            except BlockingIOError:
                return
            except OSError:
                count = len(self._outbox)  # EIO: nobody will read it.
            del self._outbox[:count]

    def _retry(self) -> None:
        """The child lives on a terminal that nobody had open; see whether someone has now."""
        if self._pty.fd >= 0 and self._drain_left is None:
            self._hung_up = False
            self._child.check()
            self._update_events()

    def _on_end(self) -> None:
        """The child has ended; what it wrote last may still have to be read."""
        self._drain_left = _DRAIN_LIMIT
        if self._pty.fd < 0:
            self._loop.cancel_at_stop(self._abandon)
            if self._given_up:
                self._tell_exit()
        elif not self._paused:
            # Read even after a hang-up: the slave may have been opened again meanwhile.
            self._resume()

    def _tell_exit(self) -> None:
        assert self._pty.status is not None
        self._exit_told = True
        self._loop.post(Exited(self, self._pty.status))

    def _close(self) -> None:
        if self._pty.fd < 0:
            return
        if self._events:
            self._loop.unregister(self._pty.fd)
            self._events = 0
        self._reader.close()
        with self._lock:
            self._pty.close()
        if self._pty.status is not None:
            self._loop.cancel_at_stop(self._abandon)

    def give_up(self) -> None:
        """A handler has failed: hang up, so that the program ends. Exited follows as always."""
        self._given_up = True
        with self._lock:
            self._closed = True
            self._outbox.clear()
        self._close()

    def _abandon(self) -> None:
        """The loop ends: hang up, and leave the child to init."""
        self._child.close()
        self._reader.close()
        with self._lock:
            self._closed = True
            self._pty.close()
