"""The thread that waits for descriptors: it owns nearly all and hands small messages to the main
thread.

    main thread                        "gputerm-loop"
    call(function) ── wake pipe ──▶    selector ◀── ptys, child exits, sockets
    take() ◀─ messages ─ notify() ───    post(message)

`notify` is called at most once until the main thread has taken them, so an event queue can't
fill up with wake-ups. Handlers run in the loop thread and must not block. One that raises costs its
`Owner`, and the thread goes on. Nothing here ticks: without ready descriptors and timers the thread
sleeps for ever. It knows neither ptys (channel) nor the protocol spoken on a socket (gputerm.ipc).
Signals arrive as bytes in the same wake pipe. [signal.set_wakeup_fd]
"""

import heapq
import itertools
import os
import selectors
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any, Protocol, runtime_checkable

from gputerm.records import Record

__all__ = ["HandlerFailed", "Loop", "Owner", "SignalReceived", "Timer"]

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE

#: What ends a terminal in good order: keyboard, session manager, lost terminal of its own.
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

#: So long the main thread may leave an ending signal untaken before the loop ends the process.
SIGNAL_PATIENCE_S = 2.0

#: The byte that wakes the loop for a call; signal numbers start at 1.
_WAKE = b"\0"


class SignalReceived(Record):
    """A watched signal came; `number` as in the signal module."""

    number: int


class HandlerFailed(Record):
    """A function in the loop thread raised, by a mistake of ours; its owner was given up."""

    owner: object  #: whose method it is; None when it is nobody's
    error: Exception


@runtime_checkable
class Owner(Protocol):
    """Whose methods are handlers: what one of them costs when it raises."""

    def give_up(self) -> None:
        """Leave the loop and close what is open. Loop thread."""


class Timer:
    """A function due at a time; forgotten by `cancel`."""

    __slots__ = ("deadline", "function")

    def __init__(self, deadline: float, function: Callable[[], None]) -> None:
        self.deadline = deadline  #: time.monotonic() seconds
        self.function: Callable[[], None] | None = function  #: None once cancelled or run

    def cancel(self) -> None:
        """Don't run it; harmless when it has run."""
        self.function = None


class Loop:
    """The selector thread. `start`, `take`, `stop` and `watch_signals` belong to the main thread.

    `call` and `post` may be used from any thread; the rest of the methods only inside the loop
    thread, that is in a handler or in a function given to `call`. Only `register`, `modify` and
    `unregister` may be used elsewhere as well, one thread at a time for each descriptor: epoll and
    kqueue let what is waited for be changed meanwhile. [epoll_wait(2), kqueue(2)]
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self.lock = (
            threading.Lock()
        )  #: guards messages, calls and the channels' boxes; held for copying only
        self._notify = notify
        self._messages: list[Any] = []
        self._notified = False  # `notify` was called and `take` wasn't, since
        self._calls: list[Callable[[], None]] = []
        self._woken = False  # a wake byte is under way
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Timer]] = []
        self._timer_order = itertools.count()  # equal deadlines run in the order they were set
        self._stopping = False
        self._failure: BaseException | None = None
        self._at_stop: list[Callable[[], None]] = []
        self._child_watchers: set[Callable[[], None]] = set()
        self._handlers_before: dict[int, Any] = {}
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        self._selector.register(self._wake_read, READ, self._drain_wake_pipe)
        self._thread = threading.Thread(target=self._run, name="gputerm-loop", daemon=True)

    # ── main thread ──────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def turn(self) -> None:
        """Before `start`: do here, without waiting, what the thread would do now."""
        assert not self._thread.is_alive()
        self._run_calls()
        for key, events in self._selector.select(0):
            self._run_handler(key.data, events)

    def take(self) -> list[Any]:
        """All messages since the last call, oldest first; empty when there are none.

        Raises what ended the loop thread, if a mistake in the loop itself did.
        """
        with self.lock:
            messages, self._messages = self._messages, []
            self._notified = False
        if self._failure is not None:
            raise self._failure
        return messages

    def watch_signals(self, numbers: Iterable[int] = ENDING_SIGNALS) -> None:
        """Turn these signals into SignalReceived messages until `stop`. Main thread only."""
        watched = set(numbers)
        if not hasattr(os, "pidfd_open"):
            watched.add(signal.SIGCHLD)
        for number in watched:
            self._handlers_before[number] = signal.signal(number, _ignore_in_python)
            # SDL and GL wait in system calls that don't all restart by themselves.
            signal.siginterrupt(number, False)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)

    def stop(self) -> None:
        """End the thread and wait for it: closes what `at_stop` registered, newest first."""
        if self._handlers_before:
            signal.set_wakeup_fd(-1)
            for number, handler in self._handlers_before.items():
                signal.signal(number, handler)
            self._handlers_before.clear()
        if self._thread.is_alive():
            self.call(self._stop)
            self._thread.join()
        elif self._thread.ident is None:  # never started
            self._run_calls()
            self._close()

    # ── any thread ───────────────────────────────────────────────────────────────────────────────

    def call(self, function: Callable[[], None]) -> None:
        """Run `function` in the loop thread, after those already given."""
        with self.lock:
            self._calls.append(function)
            wake, self._woken = not self._woken, True
        if wake:
            # A closed pipe (after stop) and a full one (woken by signals) need no wake.
            with suppress(OSError):
                os.write(self._wake_write, _WAKE)

    def post(self, message: Any) -> None:
        """Put `message` among the main thread's messages."""
        with self.lock:
            self._messages.append(message)
            notify, self._notified = not self._notified, True
        if notify:
            self._notify()

    # ── loop thread ──────────────────────────────────────────────────────────────────────────────

    def register(self, fd: int, events: int, handler: Callable[[int], None]) -> None:
        """Call `handler(ready events)` whenever one of `events` (READ, WRITE) holds for `fd`."""
        self._selector.register(fd, events, handler)

    def modify(self, fd: int, events: int, handler: Callable[[int], None]) -> None:
        """Wait for other events on a registered descriptor."""
        self._selector.modify(fd, events, handler)

    def unregister(self, fd: int) -> None:
        """Forget a descriptor; before it is closed."""
        self._selector.unregister(fd)

    def call_later(self, delay: float, function: Callable[[], None]) -> Timer:
        """Run `function` after `delay` seconds."""
        timer = Timer(time.monotonic() + delay, function)
        heapq.heappush(self._timers, (timer.deadline, next(self._timer_order), timer))
        return timer

    def at_stop(self, function: Callable[[], None]) -> None:
        """Run `function` in the loop thread when the loop ends, for whatever reason."""
        self._at_stop.append(function)

    def cancel_at_stop(self, function: Callable[[], None]) -> None:
        """Take an `at_stop` back."""
        self._at_stop.remove(function)

    def watch_children(self, function: Callable[[], None]) -> None:
        """Run `function` after each SIGCHLD, where the system has no pidfd."""
        self._child_watchers.add(function)

    def unwatch_children(self, function: Callable[[], None]) -> None:
        """Take a `watch_children` back; harmless when there was none."""
        self._child_watchers.discard(function)

    def _run(self) -> None:
        # The main thread handles signals; here they would only interrupt.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            while not self._stopping:
                for key, events in self._selector.select(self._timeout()):
                    self._run_handler(key.data, events)
                self._run_calls()
                self._run_timers()
        except BaseException as error:
            self._failure = error
            self.post(None)  # wakes the main thread; its `take` raises
        finally:
            self._close()

    def _timeout(self) -> float | None:
        while self._timers and self._timers[0][2].function is None:
            heapq.heappop(self._timers)
        if not self._timers:
            return None
        return max(self._timers[0][0] - time.monotonic(), 0.0)

    def _run_calls(self) -> None:
        if not self._calls:
            return
        with self.lock:
            calls, self._calls = self._calls, []
            self._woken = False
        for function in calls:
            self._run_handler(function)

    def _run_handler(self, function: Callable[..., None], *arguments: Any) -> None:
        """A handler that raises costs the object whose method it is, and nobody else."""
        try:
            function(*arguments)
        except Exception as error:
            owner = getattr(getattr(function, "func", function), "__self__", None)
            self.post(HandlerFailed(owner, error))
            if isinstance(owner, Owner):
                with suppress(Exception):
                    owner.give_up()

    def _run_timers(self) -> None:
        while self._timers and self._timers[0][0] <= time.monotonic():
            timer = heapq.heappop(self._timers)[2]
            function, timer.function = timer.function, None
            if function is not None:
                self._run_handler(function)

    def _drain_wake_pipe(self, events: int) -> None:
        data = os.read(self._wake_read, 4096)
        for number in data.replace(_WAKE, b""):
            if number == signal.SIGCHLD:
                for function in tuple(self._child_watchers):
                    self._run_handler(function)
            else:
                message = SignalReceived(number)
                self.post(message)
                self.call_later(SIGNAL_PATIENCE_S, partial(self._end_if_untaken, message))

    def _end_if_untaken(self, message: SignalReceived) -> None:
        """The main thread hangs if it hasn't taken a signal by now. Then the process is ended here:
        sockets are removed and programs hung up."""
        with self.lock:
            taken = all(other is not message for other in self._messages)
        if not taken:
            self._close()
            os._exit(128 + message.number)

    def _stop(self) -> None:
        self._stopping = True

    def _close(self) -> None:
        while self._at_stop:
            with suppress(Exception):
                self._at_stop.pop()()
        self._selector.close()
        with self.lock:
            self._woken = True  # nobody reads the pipe any more
        os.close(self._wake_read)
        os.close(self._wake_write)


def _ignore_in_python(number: int, frame: FrameType | None) -> None:
    """A handler for its own sake: C code writes the wake byte only for signals that have one."""
