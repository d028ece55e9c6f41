"""One client of the server: its bytes become lines, answers become bytes, and each has a deadline.

It runs in the loop thread and never blocks. A client can only hurt itself: it may hold one line of
MAX_LINE, MAX_PENDING unanswered calls and MAX_UNSENT bytes of answers; then it isn't read until it
takes some. It knows lines and answers, not what they mean: its owner does.
"""

from __future__ import annotations

import select
from _socket import SHUT_WR, socket  # The module around it takes 2 ms to import.
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress

from gputerm.host.loop import READ, WRITE, Loop, Timer
from gputerm.ipc import protocol
from gputerm.ipc.protocol import Fault, LineDecoder

__all__ = ["Connection"]

MAX_PENDING = 64  #: unanswered calls; more wait in the client's own buffers
MAX_UNSENT = 1 << 20  #: bytes of answers at which we stop reading calls
MAX_UNSENT_NOTIFICATIONS = 1 << 20  #: bytes at which a subscriber is too slow and is dropped
LINE_TIMEOUT_S = 10.0  #: for the first line, and for each started one to end
WRITE_TIMEOUT_S = 10.0  #: without a single byte taken
#: After a fatal error we read on a little, or the error would be lost with the connection.
LINGER_S = 1.0
LINGER_LIMIT = 8 << 20  #: bytes

_READ_SIZE = 64 << 10
_WRITE_SIZE = 1 << 20  #: then others have their turn


class Connection:
    """A connected socket in the loop. Loop thread only.

    `on_line(connection, line)` is called for each line, `on_closed(connection)` once at the end and
    `on_growth()` when `partial` has grown a lot.
    `on_line` raises `pending` for each line that it will answer; the answer lowers it.
    """

    def __init__(
        self,
        loop: Loop,
        sock: socket,
        on_line: Callable[[Connection, bytes], None],
        on_closed: Callable[[Connection], None],
        on_growth: Callable[[], None],
    ) -> None:
        self.pending = 0  #: calls not yet answered
        self.subscribed = False  #: gets notifications, so it stays open after its last request
        self.closed = False
        self._loop = loop
        self._socket = sock
        self._on_line = on_line
        self._on_closed = on_closed
        self._on_growth = on_growth
        self._decoder = LineDecoder()
        self._lines: list[bytes] = []  # read but not handled, newest first
        self._outbox: deque[memoryview] = deque()
        self._unsent = 0  # bytes in it
        self._events = 0
        self._handling = False  # inside _handle_lines
        self._served = False  # it has sent a whole line
        self._ended = False  # the client won't send any more
        self._closing = False  # close when the outbox is empty
        self._lingering = False  # throw away what still comes
        self._thrown_away = 0  # bytes
        self._line_timer: Timer | None = loop.call_later(LINE_TIMEOUT_S, self._line_timed_out)
        self._write_timer: Timer | None = None
        sock.setblocking(False)
        self._update()

    @property
    def idle(self) -> bool:
        """Whether it can be closed without loss: it waits for no answer, nothing is left to send,
        and it has no subscription, or one that was dropped.
        """
        if self.subscribed:
            return self._closing
        return not (self.pending or self._outbox)

    @property
    def served(self) -> bool:
        """Whether it has sent a whole line."""
        return self._served

    @property
    def partial(self) -> int:
        """Bytes of an unfinished line."""
        return self._decoder.partial

    def send(self, pieces: Iterable[bytes], *, answers: int = 0) -> None:
        """Send the pieces of a line, which answers so many pending calls."""
        self.pending -= answers
        assert self.pending >= 0, self.pending
        if self.closed:
            return
        self._put(*pieces)
        self._write()
        self._handle_lines()
        self._update()

    def notify(self, data: bytes) -> None:
        """Send a notification. A client that is too slow gets `dropped` and is disconnected.

        It can still read what was sent before.
        """
        if self.closed or self._closing:
            return
        if self._unsent + len(data) > MAX_UNSENT_NOTIFICATIONS:
            word = {"reason": "too slow", "unsent": self._unsent}
            self.send([protocol.notification("dropped", word)])
            self.end()
        else:
            self.send([data])

    def end(self) -> None:
        """Close as soon as everything is sent."""
        self._closing = True
        self._lines.clear()
        self._update()

    def fail(self, fault: Fault) -> None:
        """Say why and close; without an id, for the message couldn't be read."""
        self._lingering = True
        self._lines.clear()
        self._decoder.finish()
        self._put(protocol.error(None, fault))
        self._write()
        if not self.closed:
            with suppress(OSError):
                if not self._outbox:
                    self._socket.shutdown(SHUT_WR)
            self._loop.call_later(LINGER_S, self.close)
            self._update()

    def close(self) -> None:
        """Close now; harmless when closed."""
        if self.closed:
            return
        self.closed = True
        self._outbox.clear()
        self._lines.clear()
        for timer in (self._line_timer, self._write_timer):
            if timer is not None:
                timer.cancel()
        if self._events:
            self._loop.unregister(self._socket.fileno())
        self._socket.close()
        self._on_closed(self)

    def give_up(self) -> None:
        """A handler has failed: this client is left."""
        self.close()

    def _update(self) -> None:
        """Decide what to wait for, or that nothing is left to do."""
        if self.closed:
            return
        done = self._closing or (self._ended and not self.subscribed and not self.pending)
        if done and not self._outbox and not self._lines:
            self.close()
            return
        wanted = (READ if self._wants_more() else 0) | (WRITE if self._outbox else 0)
        if wanted == self._events:
            return
        fd = self._socket.fileno()
        if not wanted:
            self._loop.unregister(fd)
        elif self._events:
            self._loop.modify(fd, wanted, self._on_ready)
        else:
            self._loop.register(fd, wanted, self._on_ready)
        self._events = wanted

    def _wants_more(self) -> bool:
        if self._ended or self._closing:
            return False
        return self._lingering or not (self._lines or self._congested())

    def _congested(self) -> bool:
        return self.pending >= MAX_PENDING or self._unsent >= MAX_UNSENT

    def _put(self, *pieces: bytes) -> None:
        self._outbox += [memoryview(piece) for piece in pieces if piece]
        self._unsent += sum(map(len, pieces))

    def _on_ready(self, events: int) -> None:
        if events & WRITE and not self.closed:
            self._write()
        if events & READ and not self.closed:
            self._read()
        self._handle_lines()
        self._update()

    def _read(self) -> None:
        try:
            data = self._socket.recv(_READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            self.close()  # ECONNRESET: killed with unread answers.
            return
        if self._lingering:
            self._thrown_away += len(data)
            if not data or self._thrown_away > LINGER_LIMIT:
                self.close()
            return
        if not data:
            if self._is_gone():
                self.close()
                return
            self._ended = True
            last = self._decoder.finish()
            self._lines = [last] if last else []
            self._watch_line()
            return
        try:
            # Reversed so that the oldest can be popped.
            self._lines = self._decoder.feed(data)[::-1]
        except Fault as fault:
            self.fail(fault)
            return
        self._watch_line()
        if self._decoder.partial >= _READ_SIZE:
            self._on_growth()

    def _is_gone(self) -> bool:
        """At the end of the stream: closed, not only shut down for writing. [poll(2), POLLHUP]

        A client that shuts down first and dies then is noticed when its answer can't be sent.
        """
        if self._decoder.partial or not self.pending:
            return False
        poller = select.poll()
        poller.register(self._socket, 0)
        return bool(poller.poll(0))

    def _handle_lines(self) -> None:
        if self._handling:
            return  # An answer given at once leads here; the loop below goes on.
        self._handling = True
        while self._lines and not self.closed and not self._congested():
            line = self._lines.pop().strip()
            if line:
                self._served = True
                self._on_line(self, line)
        self._handling = False
        if self._served and not self._decoder.partial and self._line_timer is not None:
            self._line_timer.cancel()
            self._line_timer = None

    def _watch_line(self) -> None:
        """A started line has to end in time; between lines a client may be silent for ever."""
        if self._line_timer is None and self._decoder.partial:
            self._line_timer = self._loop.call_later(LINE_TIMEOUT_S, self._line_timed_out)

    def _line_timed_out(self) -> None:
        self._line_timer = None
        if not self.closed and not self._lines:
            self.fail(Fault(protocol.UNFINISHED, f"no complete line within {LINE_TIMEOUT_S:g} s"))

    def _write(self) -> None:
        if not self._outbox:
            return
        before = self._unsent
        try:
            while self._outbox and before - self._unsent < _WRITE_SIZE:
                count = self._socket.send(self._outbox[0])
                self._unsent -= count
                rest = self._outbox.popleft()[count:]
                if rest:
                    self._outbox.appendleft(rest)
        except BlockingIOError:
            pass
        except OSError:
            self.close()  # EPIPE, ECONNRESET: the client is gone.
            return
        if self._lingering and not self._outbox:
            with suppress(OSError):
                self._socket.shutdown(SHUT_WR)
        if self._write_timer is not None and self._unsent < before:
            self._write_timer.cancel()
            self._write_timer = None
        if self._outbox and self._write_timer is None:
            self._write_timer = self._loop.call_later(WRITE_TIMEOUT_S, self._write_timed_out)

    def _write_timed_out(self) -> None:
        self._write_timer = None
        # A subscriber may pause; it is disconnected when too many bytes are unread (`notify`).
        if not self.subscribed:
            self.close()
