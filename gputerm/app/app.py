"""The composition root: builds every object, owns the main loop and the windows.

    SDL events ─▶ TerminalWindow ─▶ Session ─▶ pty          (keys, mouse, focus, resize)
    loop mail  ─▶ Session.pump   ─▶ Terminal ─▶ events      (output of programs)
               ─▶ Control                                   (requests from the socket)
    then windows whose frames are due are drawn, in turn, for as long as a round has time.

The main thread sleeps in Display.wait until an event, the loop's mail or a deadline (a frame, a
blink, the end of a synchronized update) wakes it. Nothing polls. An exception in the work for one
window is kept from the others by `_contain`.
"""

import gc
import math
import shlex
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from gputerm import output
from gputerm.app.window import TerminalWindow
from gputerm.config import Config, Problem
from gputerm.configured.appearance import terminal_options
from gputerm.control.aside import Finished
from gputerm.control.control import Control
from gputerm.errors import DisplayError, ExitCode, GLError, GputermError
from gputerm.failures import FailureCount, describe, write_report
from gputerm.host import Channel, Exited, HandlerFailed, Output, SignalReceived
from gputerm.host.echo_reader import EchoReader
from gputerm.ipc.server.server import Request
from gputerm.log import report
from gputerm.options import Options, StartOptions
from gputerm.pane.meter import Statistics
from gputerm.pane.session import Session
from gputerm.policy.privileges import Privilege, Trust
from gputerm.render.canvas import Canvas
from gputerm.render.renderer import Renderer
from gputerm.startup.graphics import Graphics
from gputerm.startup.launcher import Launched, Launcher, another_instance, first_options
from gputerm.text import Glyphs
from gputerm.vt import Terminal
from gputerm.window.dispatch import QUIT, dispatch, window_of

if TYPE_CHECKING:
    from gputerm.app.perf_log import PerfLog
    from gputerm.startup.connecting import Connecting

#: How long one session may parse before it is another's turn, in seconds.
PUMP_BUDGET = 0.004

#: How long a round of the main loop may parse, and draw, before events are looked at again. The
#: focused window comes first in both; the others wait for their turn.
ROUND_BUDGET = 0.004

_DISPLAY_LOST = "the display server has closed the connection"

#: A wait shorter than this is not worth a system call.
_SOON = 0.0005


def run(
    options: StartOptions,
    config: Config,
    problems: Iterable[Problem],
    connecting: "Connecting",
    launcher: Launcher,
    first: Launched | None,
) -> int:
    """Show the first window and work until the last one is closed; the exit code.

    `first` is None for a daemon. Raises GLError without OpenGL 3.3.
    """
    for problem in problems:
        report(problem, problem.severity)
    app = App(options, config, connecting, launcher)
    try:
        app.start(first)
        app.run()
    finally:
        app.close()
    return ExitCode.OK


class App:
    """One gputerm process."""

    def __init__(
        self,
        options: StartOptions,
        config: Config,
        connecting: "Connecting",
        launcher: Launcher,
    ) -> None:
        self.options = options
        self.config = config  #: of the process: file and command line
        self.overrides: list[str] = []  #: what new windows begin with, from `msg config -w -1`
        self.windows: dict[int, TerminalWindow] = {}  #: by our window id
        self.focused: TerminalWindow | None = None  #: last one with the keyboard focus
        self.display = launcher.display
        self.display.when_lost(self._connection_lost)
        self.loop = launcher.loop
        self.server = launcher.server
        self._launcher = launcher
        self._connecting = connecting
        self.perf_log = self._open_perf_log(options.perf_log)
        self.started = time.monotonic()
        self._past = Statistics()  # of windows that are closed
        self._by_native_id: dict[int, TerminalWindow] = {}
        self._by_channel: dict[Channel, TerminalWindow] = {}
        self._with_output: dict[TerminalWindow, None] = {}  # an ordered set
        self._awake: dict[TerminalWindow, None] = {}  # the only ones that may have a deadline
        self._ended: dict[TerminalWindow, int] = {}  # exit statuses of programs still to be parsed
        self._echo = EchoReader(self.display)
        self._quitting = False
        self._display_lost = False
        self._closed_some = False  # and `_collect` has not run since
        self._failures = FailureCount()  # outside of windows
        self._control = Control(self)

    @staticmethod
    def _open_perf_log(path: str | None) -> "PerfLog | None":
        if path is None:
            return None
        from gputerm.app.perf_log import PerfLog  # seldom asked for

        return PerfLog(path, report)

    @cached_property
    def _graphics(self) -> Graphics:
        return self._connecting.graphics()

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._graphics.pipeline)

    # ── life ─────────────────────────────────────────────────────────────────────────────────────

    def start(self, first: Launched | None) -> None:
        """Show the first window; a daemon says where its socket is instead."""
        if first is not None:
            self.loop.turn()  # What its program has written by now is in the first frame.
            self._show(first, first_options(self.options))
        else:
            assert self.server is not None
            line = f"GPUTERM_SOCKET={shlex.quote(self.server.path)}; export GPUTERM_SOCKET"
            output.show(line)
        self.loop.start()

    def close(self) -> None:
        """Close every window and what they were drawn with. May be called at any stage."""
        for window in list(self.windows.values()):
            self.close_window(window)
        if "_renderer" in self.__dict__:
            self._renderer.close()
        if self.perf_log is not None:
            self.perf_log.close()

    # ── windows ──────────────────────────────────────────────────────────────────────────────────

    def create_window(self, options: Options) -> TerminalWindow:
        """Open a window with its program. Raises GputermError; nothing is left of a failed one."""
        options = options.replace(overrides=(*self.overrides, *options.overrides))
        return self._show(self._launcher.launch(options, self.config), options)

    def _show(self, launched: Launched, options: Options) -> TerminalWindow:
        """Give a window that was begun its terminal and its picture, and map it."""
        number, config, native, glyphs, cells, channel, notices = launched
        try:
            wanted = terminal_options(config, test_reports=self.options.test_reports)
            terminal = Terminal(cells.lines, cells.columns, wanted)
            self._graphics.make_current(native)
            canvas = Canvas(self._renderer, glyphs, *native.size, cells.padding)
        except BaseException:
            channel.close()
            native.close()
            raise
        window = TerminalWindow(
            number,
            self,
            config,
            native=native,
            canvas=canvas,
            session=Session(
                terminal,
                channel,
                word_separators=config.selection.semantic_escape_chars,
                before_typing=self._echo.expect,
            ),
            glyphs=glyphs,
            hold=options.hold,
            title=options.title,
            overrides=options.overrides,
            trust=Trust(options.trust) if options.trust is not None else None,
        )
        for notice in notices:
            window.say(notice)
        self.windows[number] = self._by_native_id[native.id] = window
        self.woken(window)
        self._by_channel[channel] = window
        if config.window.startup_mode == "Maximized":
            native.set_maximized(True)
        elif config.window.startup_mode == "Fullscreen":
            native.set_fullscreen(True)
        self.happened("window-opened", window, pid=channel.pid, tty=channel.tty)
        if window.pump(time.monotonic() + PUMP_BUDGET):
            self._with_output[window] = None
        try:
            window.open(options.activation_token)
        except BaseException:
            self.close_window(window)
            raise
        return window

    def make_current(self, window: TerminalWindow) -> None:
        """Direct drawing to a window."""
        self._graphics.make_current(window.native)

    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs:
        """The glyphs of the configured fonts; windows with the same fonts share them."""
        return self._launcher.glyphs(config, scale, size_pt)

    def report_once(self, lines: Sequence[str]) -> None:
        """Warnings on standard error, each line once in the life of the process."""
        self._launcher.report_once(lines)

    def report(self, message: str) -> None:
        """One line on standard error for the user."""
        report(message)

    def open_like(self, window: TerminalWindow) -> None:
        """Open another window where this one's program is; failing is reported, not raised."""
        options = first_options(self.options).replace(command=(), activation_token=None)
        if window.directory is not None:
            options = options.replace(working_directory=window.directory)
        try:
            self.create_window(options)
        except GputermError as error:
            report(error)

    def another_instance(self) -> list[str]:
        """A command that starts this gputerm once more."""
        return another_instance(self.options)

    def close_window(self, window: TerminalWindow) -> None:
        """Close a window and hang up its program; with the last one the process ends.

        Never raises: what fails on the way is reported.
        """
        if self.windows.pop(window.number, None) is None:
            return
        self._closed_some = True
        del self._by_native_id[window.native.id]
        del self._by_channel[window.session.channel]
        self._with_output.pop(window, None)
        self._awake.pop(window, None)
        self._ended.pop(window, None)
        if self.focused is window:
            self.focused = None
        for step in (
            self._echo.stop,
            partial(self._remember, window),
            partial(self._release, window),
            partial(self._graphics.forget, window.native),
            partial(self.happened, "window-closed", window),
            partial(self._control.waits.closed, window),
        ):
            try:
                step()
            except Exception as error:
                self.report_failure(error, f"closing window {window.number}")

    def _remember(self, window: TerminalWindow) -> None:
        self._past += window.statistics()

    def _release(self, window: TerminalWindow) -> None:
        with suppress(GLError):  # Somebody else may have destroyed it; any context will do then.
            self._graphics.make_current(window.native)
        window.close()

    def woken(self, window: TerminalWindow) -> None:
        """Something happened to a window: it may have a deadline now. The others cost nothing."""
        if self.windows.get(window.number) is window:
            self._awake[window] = None

    def statistics(self) -> Statistics:
        """What all windows have done, those that are closed too."""
        return sum((window.statistics() for window in self.windows.values()), self._past)

    def happened(self, event: str, window: TerminalWindow, **facts: object) -> None:
        """Something that subscribers may want to know; see control/stream.py."""
        if event == "focus" and facts["focused"]:
            self.focused = window
            if self.server is not None:
                self.server.touch()
        self._control.stream.publish(event, window.number, facts)

    def reached_out(
        self, window: TerminalWindow, privilege: Privilege, *, allowed: bool, size: int
    ) -> None:
        """A program wanted something beyond its cells; for `msg audit`."""
        self._control.audit.note(window.number, privilege, allowed=allowed, size=size)
        facts = {"what": privilege.value, "allowed": allowed, "size": size}
        self._control.stream.publish("audit", window.number, facts)

    # ── main loop ────────────────────────────────────────────────────────────────────────────────

    def run(self) -> None:
        """Work until the last window is closed (a daemon: until `quit`).

        Raises DisplayError when the display is lost, and what fails again and again outside of
        every window.
        """
        while not self._quitting and (self.windows or self.options.daemon):
            try:
                self._round()
            except Exception as error:
                self.report_failure(error, "in the main loop")
                if self._failures.one_more(time.monotonic()):
                    raise
        if self._display_lost:
            raise DisplayError(_DISPLAY_LOST)

    def _round(self) -> None:
        for event in self.display.wait(self._timeout_ms()):
            self._dispatch(event)
        if (channel := self._echo.hear()) is not None:
            self._with_output[self._by_channel[channel]] = None
        self._pump()
        self._control.tick()
        self._draw()
        self._echo.rest(time.monotonic())
        self._collect()

    # ── failures ─────────────────────────────────────────────────────────────────────────────────

    def _contain(self, window: TerminalWindow | None, error: Exception, doing: str) -> None:
        """Work for one window has failed. It stays, with a line that says so, and so do all others;
        one that fails again and again by mistakes of ours is closed."""
        if window is None or window.number not in self.windows:
            self.report_failure(error, doing)
            return
        if isinstance(error, GputermError):
            window.advise(describe(error))
            return
        line = self.report_failure(error, f"{doing} window {window.number}", window)
        if window.failures.one_more(time.monotonic()):
            report(f"window {window.number} is closed because it fails again and again")
            self.close_window(window)
            return
        with suppress(Exception):  # What says so may be what fails.
            window.failed(line)
        self._with_output[window] = None  # Events that came with the one that failed still wait.

    def report_failure(
        self, error: Exception, doing: str, window: TerminalWindow | None = None
    ) -> str:
        """Write a report of a failure, and one line about it to standard error: that line."""
        facts: dict[str, object] = {}
        with suppress(Exception):
            facts = window.facts_for_report() if window is not None else {}
        line = describe(error, write_report(error, doing, facts))
        report(line)
        number = window.number if window is not None else None
        with suppress(Exception):
            self._control.stream.publish("failure", number, {"message": line})
        return line

    def _collect(self) -> None:
        """Free the memory of closed windows.

        Each is a cycle of few objects with megabytes behind them; the collector, which counts
        objects, would leave dozens of them.
        """
        if self._closed_some:
            self._closed_some = False
            gc.collect()

    def quit(self) -> None:
        """End after this round of the main loop."""
        self._quitting = True

    def _timeout_ms(self) -> int | None:
        if self._with_output:
            return 0
        now = time.monotonic()
        deadline = min(self._control.next_deadline(), self._echo.deadline)
        for window in list(self._awake):
            try:
                deadline = min(deadline, window.next_deadline(now))
            except Exception as error:
                self._contain(window, error, "looking for the next deadline of")
        if deadline == math.inf:
            return None
        wait = deadline - now
        return math.ceil(wait * 1000) if wait > _SOON else 0

    def _turns(self, windows: dict[TerminalWindow, None]) -> Iterator[TerminalWindow]:
        """Windows whose turn it is, the focused one first, until the round's time is over. Who had
        a turn goes behind the others."""
        end = time.monotonic() + ROUND_BUDGET
        order = list(windows)
        if self.focused in windows:
            order.remove(self.focused)
            order.insert(0, self.focused)
        for window in order:
            if window not in windows:
                continue  # closed meanwhile
            yield window
            if window in windows:
                del windows[window]
                windows[window] = None
            if time.monotonic() >= end:
                return

    def _pump(self) -> None:
        """Parse what programs wrote, a little of each in turn."""
        for window in self._turns(self._with_output):
            try:
                self._pump_one(window)
            except Exception as error:
                self._contain(window, error, "acting on the output of")

    def _pump_one(self, window: TerminalWindow) -> None:
        status = None
        if not window.pump(time.monotonic() + PUMP_BUDGET):
            self._with_output.pop(window, None)
            if (status := self._ended.pop(window, None)) is not None:
                window.exit_status = status
        for failure in window.session.terminal.take_failures():
            # It cost no more than a sequence, so it doesn't count against the window.
            doing = f"carrying out {failure.function} in window {window.number}"
            window.failed(self.report_failure(failure.error, doing, window))
        self._control.waits.changed(window)
        if status is not None:
            window.program_ended()

    def _draw(self) -> None:
        for window in self._turns(self._awake):
            try:
                self._draw_one(window)
            except Exception as error:
                self._contain(window, error, "drawing")

    def _draw_one(self, window: TerminalWindow) -> None:
        now = time.monotonic()
        window.tick(now)
        if window.frame_is_due(now + _SOON):
            try:
                self.make_current(window)
            except GLError as error:
                # Somebody else has destroyed it and the news is still on its way.
                report(error)
                self.close_window(window)
                return
            window.draw()
        if window.next_deadline(now) == math.inf:
            self._awake.pop(window, None)

    def request_clipboard(
        self,
        window: TerminalWindow,
        answer: Callable[[str, str | None], None],
        *,
        primary: bool,
        wanted: Callable[[], bool],
    ) -> None:
        """Have a window told what is on the clipboard; see `Display.request_clipboard`."""

        def contained(text: str, problem: str | None) -> None:
            try:
                answer(text, problem)
            except Exception as error:
                self._contain(window, error, "pasting into")

        self.display.request_clipboard(contained, primary=primary, wanted=wanted)

    def _take_mail(self) -> None:
        """What the loop thread has for us."""
        for message in self.loop.take():
            try:
                self._take(message)
            except Exception as error:
                self.report_failure(error, f"acting on {type(message).__name__}")

    def _take(self, message: object) -> None:
        match message:
            case Output(channel):
                if (window := self._by_channel.get(channel)) is not None:
                    self._with_output[window] = None
            case Exited(channel, status):
                if (window := self._by_channel.get(channel)) is not None:
                    self._ended[window] = status
                    self._with_output[window] = None  # what it wrote last comes first
            case Request():
                self._control.handle(message)
            case Finished():
                message.tell()
            case SignalReceived():
                self.quit()
            case HandlerFailed(owner, error):
                window = self._by_channel.get(owner) if isinstance(owner, Channel) else None
                if window is not None:
                    window.hold = True  # The program ends of it; what it has written stays.
                self._contain(window, error, "reading and writing for")

    def _close_gone(self) -> None:
        """Close windows that somebody else has destroyed."""
        for xid in self.display.take_gone():
            for window in list(self.windows.values()):
                if window.native.x11_id == xid:
                    self.close_window(window)

    def _connection_lost(self) -> None:
        """The display server has hung up; the process ends, and the kernel tells the programs."""
        report(_DISPLAY_LOST)
        if self.server is not None:
            self.server.remove_socket()

    def _dispatch(self, event: Any) -> None:
        """An SDL event to the window it is for."""
        kind = event.type
        if kind == self.display.user_event_type:
            self._take_mail()
            self._close_gone()
            self.display.answer_clipboard()
        elif kind == QUIT:
            self._display_lost = any(w.native.display_lost for w in self.windows.values())
            self.quit()
        else:
            try:
                dispatch(self.display, event, self._by_native_id)
            except Exception as error:
                window = self._by_native_id.get(window_of(event))
                self._contain(window, error, "handling input for")
