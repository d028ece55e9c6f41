"""The composition root: builds every object, owns the main loop and the windows.

    SDL events ─▶ TerminalWindow ─▶ Session ─▶ pty          (keys, mouse, focus, resize)
    loop mail  ─▶ Session.pump   ─▶ Terminal ─▶ events      (output of programs)
               ─▶ Control                                   (requests from the socket)
    then every window whose frame is due is drawn.

The main thread sleeps in SDL until an event, the loop's mail or a deadline (a frame, a blink, the
end of a synchronized update) wakes it. Nothing polls.
"""

import gc
import math
import os
import pwd
import shlex
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gputerm import __version__
from gputerm.appearance import (
    Layout,
    font_options,
    grid_size,
    layout,
    new_terminal,
    window_size,
)
from gputerm.config import Config, Problem, with_overrides
from gputerm.control import Control
from gputerm.errors import ExitCode, GLError, GputermError, IpcError
from gputerm.graphics import Graphics
from gputerm.host import Channel, Exited, Loop, Output, Pty, SignalReceived, child_environment
from gputerm.ipc.server import Request, Server
from gputerm.options import Options, StartOptions
from gputerm.render.canvas import Canvas
from gputerm.session import Session
from gputerm.statistics import Statistics
from gputerm.terminal_window import TerminalWindow
from gputerm.text import Glyphs, glyphs_for
from gputerm.trust import Privilege, Trust
from gputerm.window.dispatch import QUIT, dispatch
from gputerm.window.window import Window

if TYPE_CHECKING:
    from gputerm.perf_log import PerfLog
    from gputerm.start import Connecting

#: How long one session may parse before events and other sessions are looked at again.
PUMP_BUDGET = 0.004

#: A wait shorter than this is not worth a system call.
_SOON = 0.0005


def run(
    options: StartOptions,
    config: Config,
    problems: Iterable[Problem],
    connecting: "Connecting",
) -> int:
    """Open the first window and work until the last one is closed; the exit code.

    Raises GputermError when it can't begin: no OpenGL, an unknown program after -e.
    """
    for problem in problems:
        report(problem)
    app = App(options, config, connecting)
    try:
        app.start()
        app.run()
    finally:
        app.close()
    return ExitCode.OK


def report(message: object) -> None:
    """One line on standard error for the user."""
    print(f"gputerm: {message}", file=sys.stderr, flush=True)


class App:
    """One gputerm process."""

    def __init__(self, options: StartOptions, config: Config, connecting: "Connecting") -> None:
        self.options = options
        self.config = config  #: of the process: file and command line
        self.overrides: list[str] = []  #: what new windows begin with, from `msg config -w -1`
        self.windows: dict[int, TerminalWindow] = {}  #: by our window id
        self.focused: TerminalWindow | None = None  #: last one with the keyboard focus
        self.display = connecting.display()
        self.display.when_lost(self._connection_lost)
        self._connecting = connecting
        self.loop = Loop(self.display.notify)
        self.server: Server | None = None
        self.perf_log = self._open_perf_log(options.perf_log)
        self.started = time.monotonic()
        self._past = Statistics()  # of windows that are closed
        self._scale = 1.0  # of the display, as the last window saw it
        self._by_native_id: dict[int, TerminalWindow] = {}
        self._by_channel: dict[Channel, TerminalWindow] = {}
        self._with_output: dict[TerminalWindow, None] = {}  # an ordered set
        self._awake: dict[TerminalWindow, None] = {}  # the only ones that may have a deadline
        self._ended: dict[TerminalWindow, int] = {}  # exit statuses of programs still to be parsed
        self._next_id = 1
        self._quitting = False
        self._closed_some = False  # and `_collect` has not run since
        self._told: set[str] = set()  # advice about fonts, given once
        self._control = Control(self)

    @staticmethod
    def _open_perf_log(path: str | None) -> "PerfLog | None":
        if path is None:
            return None
        from gputerm.perf_log import PerfLog  # seldom asked for

        return PerfLog(path, report)

    @cached_property
    def _graphics(self) -> Graphics:
        return self._connecting.graphics()

    # ── life ─────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Open the socket and the first window; a daemon says where its socket is instead."""
        self.loop.start()
        self.loop.watch_signals()
        self._listen()
        if self.options.daemon:
            assert self.server is not None
            line = f"GPUTERM_SOCKET={shlex.quote(self.server.path)}; export GPUTERM_SOCKET"
            print(line, flush=True)
        else:
            self.create_window(self._first_options())

    def _first_options(self) -> Options:
        """The command line, without the overrides that are in `config` already."""
        return self.options.replace(overrides=())

    def _listen(self) -> None:
        options = self.options
        if not (self.config.general.ipc_socket or options.socket or options.daemon):
            return
        try:
            self.server = Server(self.loop, self.options.socket)
        except IpcError as error:
            if self.options.daemon:
                raise
            report(f"{error}; gputerm msg can't reach this process")

    def close(self) -> None:
        """Close every window, remove the socket, leave the display. May be called at any stage."""
        for window in list(self.windows.values()):
            self.close_window(window)
        self.loop.stop()  # closes the server's socket and hangs up what still runs
        self._graphics.close()
        self.display.close()
        if self.perf_log is not None:
            self.perf_log.close()

    # ── windows ──────────────────────────────────────────────────────────────────────────────────

    def create_window(
        self, options: Options, *, environment: Mapping[str, str] | None = None
    ) -> TerminalWindow:
        """Open a window with its program. Raises GputermError; nothing is left of a failed one.

        `environment` is what the program's is made from; None = this process's own.
        """
        overrides = (*self.overrides, *options.overrides)
        config, problems = with_overrides(self.config, overrides)
        for problem in problems:
            report(problem)
        number = self._next_id
        native, glyphs = self._native_window(options, config)
        channel: Channel | None = None
        try:
            width, height = native.size
            cells = layout(config, glyphs.metrics, native.scale, width, height)
            pty = self._spawn(options, config, native, number, cells, glyphs, environment)
            # The program starts while we prepare to show what it writes.
            channel = Channel(self.loop, pty)
            terminal = new_terminal(
                config, cells.lines, cells.columns, test_reports=self.options.test_reports
            )
            self._graphics.make_current(native)
            canvas = Canvas(self._graphics.renderer, glyphs, width, height, cells.padding)
        except BaseException:
            if channel is not None:
                channel.close()
            native.close()
            raise
        self._next_id += 1
        window = TerminalWindow(
            number,
            self,
            config,
            native=native,
            canvas=canvas,
            session=Session(
                terminal, channel, word_separators=config.selection.semantic_escape_chars
            ),
            glyphs=glyphs,
            hold=options.hold,
            title=options.title,
            overrides=overrides,
            trust=Trust(options.trust) if options.trust is not None else None,
        )
        self.windows[number] = self._by_native_id[native.id] = window
        self.woken(window)
        self._by_channel[channel] = window
        if config.window.startup_mode == "Maximized":
            native.set_maximized(True)
        elif config.window.startup_mode == "Fullscreen":
            native.set_fullscreen(True)
        window.draw()  # so that the window doesn't appear with garbage in it
        native.show(activation_token=options.activation_token)
        self.happened("window-opened", window, pid=channel.pid, tty=channel.tty)
        return window

    def _native_window(self, options: Options, config: Config) -> tuple[Window, Glyphs]:
        """A hidden window with room for the configured cells, and the glyphs for its scale."""
        scale = self._scale
        glyphs = self.glyphs(config, scale, config.font.size)
        width, height = window_size(config, glyphs.metrics, scale, *grid_size(config))
        position = config.window.position
        native = Window(
            title=options.title or config.window.title,
            instance=options.class_instance or config.window.class_.instance,
            general=options.class_general or config.window.class_.general,
            width=width,
            height=height,
            position=(position.x, position.y) if position is not None else None,
            decorations=config.window.decorations == "Full",
        )
        if native.scale != scale:
            # Only a window knows its display's scale; the next one is made right at once.
            self._scale = native.scale
            glyphs = self.glyphs(config, self._scale, config.font.size)
            native.set_size(*window_size(config, glyphs.metrics, self._scale, *grid_size(config)))
        return native, glyphs

    def _spawn(
        self,
        options: Options,
        config: Config,
        native: Window,
        number: int,
        size: Layout,
        glyphs: Glyphs,
        environment: Mapping[str, str] | None,
    ) -> Pty:
        base = os.environ if environment is None else environment
        argv = list(options.command) or shell_command(config, base)
        cwd = working_directory(options, config)
        metrics = glyphs.metrics
        env = child_environment(
            base,
            version=__version__,
            window_id=str(number),
            cwd=cwd,
            socket=self.server.path if self.server is not None else None,
            x11_window=native.x11_id,
            extra={**config.env, **dict(map(_variable, options.environment))},
        )
        return Pty.spawn(
            argv,
            cwd=cwd,
            env=env,
            lines=size.lines,
            columns=size.columns,
            width_px=size.columns * metrics.cell_width,
            height_px=size.lines * metrics.cell_height,
        )

    def make_current(self, window: TerminalWindow) -> None:
        """Direct drawing to a window."""
        self._graphics.make_current(window.native)

    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs:
        """The glyphs of the configured fonts; windows with the same fonts share them."""
        glyphs = glyphs_for(font_options(config, scale, size_pt))
        for problem in glyphs.problems:
            if problem not in self._told:
                self._told.add(problem)
                report(problem)
        return glyphs

    def report(self, message: str) -> None:
        """One line on standard error for the user."""
        report(message)

    def open_like(self, window: TerminalWindow) -> None:
        """Open another window where this one's program is; failing is reported, not raised."""
        options = self._first_options().replace(
            command=(), working_directory=window.session.channel.cwd()
        )
        try:
            self.create_window(options)
        except GputermError as error:
            report(error)

    def close_window(self, window: TerminalWindow) -> None:
        """Close a window and hang up its program; with the last one the process ends."""
        if self.windows.pop(window.number, None) is None:
            return
        self._closed_some = True
        self._past += window.statistics()
        del self._by_native_id[window.native.id]
        del self._by_channel[window.session.channel]
        self._with_output.pop(window, None)
        self._awake.pop(window, None)
        self._ended.pop(window, None)
        if self.focused is window:
            self.focused = None
        with suppress(GLError):  # Somebody else may have destroyed it; any context will do then.
            self._graphics.make_current(window.native)
        window.close()
        self._graphics.forget(window.native)
        self.happened("window-closed", window)
        self._control.waits.closed(window)

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
        """Work until the last window is closed (a daemon: until `quit`)."""
        while not self._quitting and (self.windows or self.options.daemon):
            for event in self.display.wait(self._timeout_ms()):
                self._dispatch(event)
            self._pump()
            self._control.tick()
            self._draw()
            self._collect()

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
        deadline = min((window.next_deadline(now) for window in self._awake), default=math.inf)
        deadline = min(deadline, self._control.next_deadline())
        if deadline == math.inf:
            return None
        wait = deadline - now
        return math.ceil(wait * 1000) if wait > _SOON else 0

    def _pump(self) -> None:
        """Parse what programs wrote, a little of each in turn."""
        for window in list(self._with_output):
            status = None
            if not window.pump(time.monotonic() + PUMP_BUDGET):
                self._with_output.pop(window, None)
                if (status := self._ended.pop(window, None)) is not None:
                    window.exit_status = status
            self._control.waits.changed(window)
            if status is not None:
                window.program_ended()

    def _draw(self) -> None:
        for window in list(self._awake):
            now = time.monotonic()
            window.tick(now)
            if window.frame_is_due(now + _SOON):
                try:
                    self.make_current(window)
                except GLError as error:
                    # Somebody else has destroyed it and the news is still on its way.
                    report(error)
                    self.close_window(window)
                else:
                    window.draw()
            if window.next_deadline(now) == math.inf:
                self._awake.pop(window, None)

    def _take_mail(self) -> None:
        """What the loop thread has for us."""
        for message in self.loop.take():
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
                case SignalReceived():
                    self.quit()

    def _close_gone(self) -> None:
        """Close windows that somebody else has destroyed."""
        for xid in self.display.take_gone():
            for window in list(self.windows.values()):
                if window.native.x11_id == xid:
                    self.close_window(window)

    def _connection_lost(self) -> None:
        """The display server has hung up; the process ends, and the kernel tells the programs."""
        report("the display server has closed the connection")
        if self.server is not None:
            self.server.remove_socket()

    def _dispatch(self, event: Any) -> None:
        """An SDL event to the window it is for."""
        kind = event.type
        if kind == self.display.user_event_type:
            self._take_mail()
            self._close_gone()
        elif kind == QUIT:
            self.quit()
        else:
            dispatch(self.display, event, self._by_native_id)


def shell_command(config: Config, environment: Mapping[str, str]) -> list[str]:
    """argv of the shell: terminal.shell, $SHELL, the login shell, /bin/sh."""
    shell = config.terminal.shell
    if shell is not None:
        return [shell.program, *shell.args]
    if environment.get("SHELL"):
        return [environment["SHELL"]]
    try:
        return [pwd.getpwuid(os.getuid()).pw_shell or "/bin/sh"]
    except KeyError:
        return ["/bin/sh"]


def _variable(pair: str) -> tuple[str, str]:
    """ "NAME=VALUE" → (NAME, VALUE)."""
    name, _, value = pair.partition("=")
    return name, value


def working_directory(options: Options, config: Config) -> str:
    """Where the program starts: the first of the option, the configuration and here that exists."""
    for path in (options.working_directory, config.general.working_directory):
        if path is None:
            continue
        path = os.path.expanduser(path)
        if os.path.isdir(path):
            return os.path.abspath(path)
        report(f'no directory "{path}"; starting in {os.getcwd()}')
    return os.getcwd()
