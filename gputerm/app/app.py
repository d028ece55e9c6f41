"""One gputerm process: its windows, and what they and the socket's commands ask of it.

It builds every object. What happens when is main_loop.py's; what becomes of failures is
containment.py's.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from gputerm import output
from gputerm.app.containment import Containment
from gputerm.app.live_config import LiveConfig
from gputerm.app.turns import Turns
from gputerm.app.window import Window
from gputerm.configured.appearance import pane_options, terminal_options
from gputerm.control.control import Control
from gputerm.errors import GputermError
from gputerm.host import FarEnd
from gputerm.host.echo_reader import EchoReader
from gputerm.log import report
from gputerm.options import Options, StartOptions
from gputerm.pane.meter import Statistics
from gputerm.pane.pane import Pane
from gputerm.policy.privileges import Privilege, Trust
from gputerm.render.canvas import Canvas
from gputerm.render.renderer import Renderer
from gputerm.startup.graphics import Graphics
from gputerm.startup.launcher import Launched, Launcher, another_instance, first_options
from gputerm.text import Glyphs
from gputerm.vt import Terminal

if TYPE_CHECKING:
    from gputerm.app.perf_log import PerfLog
    from gputerm.config import Config, Loaded, Problem
    from gputerm.startup.connecting import Connecting
    from gputerm.window.native import NativeWindow

#: How long a new window parses what its program has written before it is shown, in seconds.
_FIRST_PUMP = 0.004


class App:
    """One gputerm process."""

    def __init__(
        self,
        options: StartOptions,
        loaded: Loaded,
        connecting: Connecting,
        launcher: Launcher,
    ) -> None:
        self.options = options
        self.config = loaded.config  #: of the process: file and command line
        self.overrides: list[str] = []  #: what new windows begin with, from `msg config -w -1`
        self.windows: dict[int, Window] = {}  #: by our window id
        self.focused: Window | None = None  #: last one with the keyboard focus
        self.display = launcher.display
        self.loop = launcher.loop
        self.server = launcher.server
        self._launcher = launcher
        self._connecting = connecting
        self.perf_log = self._open_perf_log(options.perf_log)
        self.started = time.monotonic()
        self._past = Statistics()  # of windows that are closed
        self.by_native_id: dict[int, Window] = {}
        self.by_far_end: dict[FarEnd, Window] = {}
        self.turns: Turns[Window] = Turns()
        self.echo = EchoReader(self.display)
        self.quitting = False
        self.control = Control(self)
        self.live_config = LiveConfig(self, loaded)
        self.containment = Containment(self)

    @staticmethod
    def _open_perf_log(path: str | None) -> PerfLog | None:
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
        self.live_config.begin()
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

    def create_window(self, options: Options) -> Window:
        """Open a window with its program. Raises GputermError; nothing is left of a failed one."""
        options = options.replace(overrides=(*self.overrides, *options.overrides))
        return self._show(self._launcher.launch(options, self.config), options)

    def _show(self, launched: Launched, options: Options) -> Window:
        """Give a window that was begun its terminal and its picture, and map it."""
        number, pane_number, config, native, glyphs, cells, channel, notices = launched
        try:
            wanted = terminal_options(config, test_reports=self.options.test_reports)
            terminal = Terminal(cells.lines, cells.columns, wanted)
            self._graphics.make_current(native)
            canvas = Canvas(self._renderer, glyphs, *native.size, cells.padding)
        except BaseException:
            channel.close()
            native.close()
            raise
        pane = Pane(
            pane_number,
            terminal,
            channel,
            options=pane_options(config),
            trust=Trust(options.trust) if options.trust is not None else None,
            hold=options.hold,
            title=options.title,
            opened_in=number,
            before_typing=partial(self.echo.expect, channel),
            aside=self.control.work_aside,
        )
        window = Window(
            number,
            self,
            config,
            native=native,
            canvas=canvas,
            pane=pane,
            glyphs=glyphs,
            overrides=options.overrides,
        )
        for notice in notices:
            window.say(notice)
        self.windows[number] = self.by_native_id[native.id] = window
        self.woken(window)
        self.shows(window, pane)
        if config.window.startup_mode == "Maximized":
            native.set_maximized(True)
        elif config.window.startup_mode == "Fullscreen":
            native.set_fullscreen(True)
        self.happened("window-opened", window, pid=channel.program.pid, tty=channel.program.tty)
        if window.pump(time.monotonic() + _FIRST_PUMP):
            self.turns.pump(window)
        try:
            window.presenter.open(options.activation_token)
        except BaseException:
            self.close_window(window)
            raise
        return window

    def shows(self, window: Window, pane: Pane) -> None:
        """A pane is in this window now: what its far end has to say goes there."""
        self.by_far_end[pane.far_end] = window
        self.turns.pump(window)

    def make_current(self, native: NativeWindow) -> None:
        """Direct drawing to a window. Raises GLError when it has been destroyed."""
        self._graphics.make_current(native)

    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs:
        """The glyphs of the configured fonts; windows with the same fonts share them."""
        return self._launcher.glyphs(config, scale, size_pt)

    def report_once(self, lines: Sequence[str]) -> None:
        """Warnings on standard error, each line once in the life of the process."""
        self._launcher.report_once(lines)

    def report(self, message: str) -> None:
        """One line on standard error for the user."""
        report(message)

    def open_like(self, window: Window) -> None:
        """Open another window where this one's program is; failing is reported, not raised."""
        options = first_options(self.options).replace(command=(), activation_token=None)
        if (directory := window.pane.directory) is not None:
            options = options.replace(working_directory=directory)
        try:
            self.create_window(options)
        except GputermError as error:
            report(error)

    def another_instance(self) -> list[str]:
        """A command that starts this gputerm once more."""
        return another_instance(self.options)

    def close_window(self, window: Window) -> None:
        """Close a window and hang up its program; with the last one the process ends.

        Never raises: what fails on the way is reported.
        """
        if self.windows.pop(window.number, None) is None:
            return
        del self.by_native_id[window.native.id]
        del self.by_far_end[window.pane.far_end]
        self.turns.forget(window)
        if self.focused is window:
            self.focused = None
        for step in (
            self.echo.stop,
            partial(self._remember, window),
            window.close,
            partial(self._graphics.forget, window.native),
            partial(self.happened, "window-closed", window),
            partial(self.control.waits.closed, window),
        ):
            try:
                step()
            except Exception as error:
                self.containment.report(error, f"closing window {window.number}")

    def _remember(self, window: Window) -> None:
        self._past += window.pane.statistics()

    def woken(self, window: Window) -> None:
        """Something happened to a window: it may have a deadline now. The others cost nothing."""
        if self.windows.get(window.number) is window:
            self.turns.wake(window)

    def statistics(self) -> Statistics:
        """What all windows have done, those that are closed too."""
        return sum((window.pane.statistics() for window in self.windows.values()), self._past)

    def happened(self, event: str, window: Window, /, **facts: object) -> None:
        """Something that subscribers may want to know; see control/stream.py."""
        if event == "focus" and facts["focused"]:
            self.focused = window
            if self.server is not None:
                self.server.touch()
        self.control.stream.publish(event, window, facts)

    def reached_out(
        self, window: Window, privilege: Privilege, *, allowed: bool, size: int
    ) -> None:
        """A program wanted something beyond its cells; for `msg audit`."""
        self.control.audit.note(window, privilege, allowed=allowed, size=size)
        facts = {"what": privilege.value, "allowed": allowed, "size": size}
        self.control.stream.publish("audit", window, facts)

    def report_failure(self, error: Exception, doing: str) -> None:
        """Report an exception that nobody expected, outside of every window."""
        self.containment.report(error, doing)

    def reload_config(self) -> list[Problem]:
        """Read the configuration again; see LiveConfig.reload."""
        return self.live_config.reload()

    def config_is_wrong(self, problem: Problem) -> None:
        """For subscribers: what a reload has found."""
        self.control.stream.publish("config-error", None, {"message": str(problem)})

    def quit(self) -> None:
        """End after this round of the main loop."""
        self.quitting = True

    def request_clipboard(
        self,
        window: Window,
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
                self.containment.contain(window, error, "pasting into")

        self.display.request_clipboard(contained, primary=primary, wanted=wanted)
