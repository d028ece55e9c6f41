"""The main thread's loop: events, output, requests, frames.

    SDL events ─▶ Window ─▶ Pane ─▶ far end             (keys, mouse, focus, resize)
    messages   ─▶ Pane.pump ─▶ Terminal ─▶ events       (output of programs)
               ─▶ Control                               (requests from the socket)
    then windows whose frames are due are drawn, in turn, for as long as a round has time.

The thread sleeps in Display.wait until an event, a message of the loop thread or a deadline (a
frame, a blink, the end of a synchronized update) wakes it. Nothing polls. An exception in the work
for one window is kept from the others: each place where a window's methods are called hands it to
`contain`.
"""

from __future__ import annotations

import gc
import math
import time
from typing import TYPE_CHECKING, Any

from gputerm.errors import DisplayError, GLError
from gputerm.failures import FailureCount
from gputerm.host import Channel, Exited, HandlerFailed, Output, SignalReceived
from gputerm.host.file_watch import FilesChanged
from gputerm.host.worker import Finished
from gputerm.ipc.server.server import Request
from gputerm.log import report
from gputerm.window.sdl_events import QUIT, dispatch, window_of

if TYPE_CHECKING:
    from gputerm.app.app import App
    from gputerm.app.window import Window

#: How long one window may parse before it is another's turn, in seconds.
PUMP_BUDGET = 0.004

_DISPLAY_LOST = "the display server has closed the connection"

#: A wait shorter than this is not worth a system call.
_SOON = 0.0005


class MainLoop:
    """The rounds of one App."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._display = app.display
        self._turns = app.turns
        self._failures = FailureCount()  # outside of windows
        self._display_lost = False
        self._display.when_lost(self._lose_display)

    def run(self) -> None:
        """Work until the last window is closed (a daemon: until `quit`).

        Raises DisplayError when the display is lost, and what fails again and again outside of
        every window.
        """
        while not self._app.quitting and (self._app.windows or self._app.options.daemon):
            try:
                self._round()
            except Exception as error:
                self._app.containment.report(error, "in the main loop")
                if self._failures.one_more(time.monotonic()):
                    raise
        if self._display_lost:
            raise DisplayError(_DISPLAY_LOST)

    def _round(self) -> None:
        for event in self._display.wait(self._timeout_ms()):
            self._dispatch(event)
        if (channel := self._app.echo.read()) is not None:
            self._turns.pump(self._app.by_far_end[channel])
        self._pump()
        self._app.control.tick()
        self._draw()
        self._app.echo.rest(time.monotonic())
        self._collect()

    def _timeout_ms(self) -> int | None:
        if self._turns.with_output:
            return 0
        now = time.monotonic()
        deadline = min(self._app.control.next_deadline(), self._app.echo.deadline)
        for window in list(self._turns.awake):
            try:
                deadline = min(deadline, window.next_deadline(now))
            except Exception as error:
                self._app.containment.contain(window, error, "looking for the next deadline of")
        if deadline == math.inf:
            return None
        wait = deadline - now
        return math.ceil(wait * 1000) if wait > _SOON else 0

    def _pump(self) -> None:
        """Parse what programs wrote, a little of each in turn."""
        for window in self._turns.take(self._turns.with_output, self._app.focused):
            try:
                self._pump_one(window)
            except Exception as error:
                self._app.containment.contain(window, error, "acting on the output of")

    def _pump_one(self, window: Window) -> None:
        status = None
        if not window.pump(time.monotonic() + PUMP_BUDGET):
            self._turns.with_output.pop(window, None)
            status = self._turns.exit_statuses.pop(window, None)
        for failure in window.pane.terminal.take_failures():
            # It cost no more than a sequence, so it doesn't count against the window.
            doing = f"carrying out {failure.function} in window {window.number}"
            window.failed(self._app.containment.report(failure.error, doing, window))
        if status is not None:
            window.pane.exit_status = status
        self._app.control.waits.changed(window)
        if status is not None:
            window.program_ended(status)

    def _draw(self) -> None:
        for window in self._turns.take(self._turns.awake, self._app.focused):
            try:
                self._draw_one(window)
            except Exception as error:
                self._app.containment.contain(window, error, "drawing")

    def _draw_one(self, window: Window) -> None:
        now = time.monotonic()
        window.tick(now)
        if window.presenter.is_due(now + _SOON):
            try:
                window.draw()
            except GLError as error:
                # Somebody else has destroyed it and the news is still on its way.
                report(error)
                self._app.close_window(window)
                return
        if window.next_deadline(now) == math.inf:
            self._turns.awake.pop(window, None)

    def _collect(self) -> None:
        """Free the memory of closed windows.

        Each is a cycle of few objects with megabytes behind them; the collector, which counts
        objects, would leave dozens of them.
        """
        if self._turns.closed_some:
            self._turns.closed_some = False
            gc.collect()

    def _take_messages(self) -> None:
        """What the loop thread has for us."""
        for message in self._app.loop.take():
            try:
                self._take(message)
            except Exception as error:
                self._app.containment.report(error, f"acting on {type(message).__name__}")

    def _take(self, message: object) -> None:
        match message:
            case Output(channel):
                if (window := self._app.by_far_end.get(channel)) is not None:
                    self._turns.pump(window)
            case Exited(channel, status):
                if (window := self._app.by_far_end.get(channel)) is not None:
                    self._turns.exit_statuses[window] = status
                    self._turns.pump(window)  # what it wrote last comes first
            case Request():
                self._app.control.handle(message)
            case Finished():
                message.tell()
            case FilesChanged():
                self._app.live_config.files_changed(message)
            case SignalReceived():
                self._app.quit()
            case HandlerFailed(owner, error):
                window = self._app.by_far_end.get(owner) if isinstance(owner, Channel) else None
                if window is not None:
                    window.pane.hold = True  # The program ends of it; what it has written stays.
                self._app.containment.contain(window, error, "reading and writing for")

    def _close_gone(self) -> None:
        """Close windows that somebody else has destroyed."""
        for xid in self._display.take_gone():
            for window in list(self._app.windows.values()):
                if window.native.x11_id == xid:
                    self._app.close_window(window)

    def _lose_display(self) -> None:
        """The display server has hung up; the process ends, and the kernel tells the programs."""
        report(_DISPLAY_LOST)
        if self._app.server is not None:
            self._app.server.remove_socket()

    def _dispatch(self, event: Any) -> None:
        """An SDL event to the window it is for."""
        kind = event.type
        if kind == self._display.user_event_type:
            self._take_messages()
            self._close_gone()
            self._display.answer_clipboard()
        elif kind == QUIT:
            self._display_lost = any(w.native.display_lost for w in self._app.windows.values())
            self._app.quit()
        else:
            try:
                dispatch(self._display, event, self._app.by_native_id)
            except Exception as error:
                window = self._app.by_native_id.get(window_of(event))
                self._app.containment.contain(window, error, "handling input for")
