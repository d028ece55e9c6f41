"""A window begun: native window, fonts, and a program at work on a pty of the right size.

The first window of a process is begun before most of the program has been imported (app/main.py),
so that its shell starts while we prepare to show what it writes. Knows no terminal and no drawing.
"""

import os
import pwd
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from gputerm import __version__, paths
from gputerm.config import Config, with_overrides
from gputerm.configured.geometry import Layout, font_options, grid_size, layout, window_size
from gputerm.errors import IpcError, SpawnError
from gputerm.host import Channel, Loop, Pty, child_environment
from gputerm.ipc.server.server import Server
from gputerm.log import report
from gputerm.options import Options, StartOptions
from gputerm.paths import absolute, can_be_entered, here
from gputerm.text import Glyphs, glyphs_for
from gputerm.window.display import Display
from gputerm.window.native import NativeWindow


def warm_up(config: Config) -> None:
    """Find and open the fonts of most displays, before one says what its scale is."""
    glyphs_for(font_options(config, 1.0, config.font.size))


def first_options(options: StartOptions) -> Options:
    """The first window's: the command line, but for the overrides that the configuration holds."""
    return options.replace(overrides=())


def another_instance(options: StartOptions) -> list[str]:
    """A command that starts this gputerm once more as it was started.

    Without what only one can have: the program, its directory, the socket, the log of frames.
    """
    asked = {
        "--config-file": options.config_file,
        "--title": options.title,
        "--class": ",".join(filter(None, (options.class_general, options.class_instance))),
    }
    flags = {
        "--hold": options.hold,
        "--headless": options.headless,
        "--test-reports": options.test_reports,
    }
    return [
        # Not `-m gputerm`, for which Python looks in the shell's directory first.
        *(sys.executable, "-P", os.path.join(paths.PACKAGE, "__main__.py")),
        *(f"{name}={value}" for name, value in asked.items() if value),
        *(name for name, given in flags.items() if given),
        *["-v" if options.verbosity > 0 else "-q"] * abs(options.verbosity),
        *(f"--option={override}" for override in options.overrides),
    ]


class Launched(NamedTuple):
    """A hidden window whose program runs."""

    number: int
    pane_number: int
    config: Config
    native: NativeWindow
    glyphs: Glyphs
    layout: Layout
    channel: Channel
    notices: list[str]  #: what the user should see in it


class Launcher:
    """What windows are begun with: the display, the loop thread and the socket's server."""

    def __init__(self, options: StartOptions, config: Config, display: Display) -> None:
        """Open the socket. Raises IpcError when a daemon can't have one.

        Whoever runs the main loop starts the loop thread, which until then would only wait for us.
        """
        self.display = display
        self.loop = Loop(display.notify)
        self.server: Server | None = None
        self._scale = 1.0  # of the display, as the last window saw it
        self._next_number = 1
        self._next_pane_number = 1
        self._told: set[str] = set()  # advice about fonts, given once
        self.loop.watch_signals()
        if config.general.ipc_socket or options.socket or options.daemon:
            try:
                self.server = Server(self.loop, options.socket, headless=options.headless)
            except IpcError as error:
                if options.daemon:
                    self.close()
                    raise
                report(f"{error}; gputerm msg can't reach this process")

    def close(self) -> None:
        """Remove the socket and hang up what still runs."""
        self.loop.stop()

    def launch(self, options: Options, config: Config) -> Launched:
        """Begin a window under `config` and the options' own overrides.

        Raises GputermError; nothing is left of a window that failed.
        """
        config, problems = with_overrides(config, options.overrides)
        for problem in problems:
            report(problem, problem.severity)
        native, glyphs = self._native_window(options, config)
        # A program may have seen it before starting it failed, so that it isn't given again.
        pane_number = self._next_pane_number
        self._next_pane_number += 1
        try:
            width, height = native.size
            cells = layout(config, glyphs.metrics, native.scale, width, height)
            pty, notices = self._spawn(options, config, pane_number, native, cells, glyphs)
        except BaseException:
            native.close()
            raise
        number = self._next_number
        self._next_number += 1
        channel = Channel(self.loop, pty)
        return Launched(number, pane_number, config, native, glyphs, cells, channel, notices)

    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs:
        """The glyphs of the configured fonts; windows with the same fonts share them."""
        glyphs = glyphs_for(font_options(config, scale, size_pt))
        self.report_once(glyphs.problems)
        return glyphs

    def report_once(self, lines: Sequence[str]) -> None:
        """Warnings on standard error, each line once in the life of the process."""
        for line in lines:
            if line not in self._told:
                self._told.add(line)
                report(line, "warning")

    def _native_window(self, options: Options, config: Config) -> tuple[NativeWindow, Glyphs]:
        """A hidden window with room for the configured cells, and the glyphs for its scale."""
        scale = self._scale
        glyphs = self.glyphs(config, scale, config.font.size)
        size = width, height = window_size(config, glyphs.metrics, scale, *grid_size(config))
        position = config.window.position
        native = NativeWindow(
            title=options.title or config.window.title,
            instance=options.class_instance or config.window.class_.instance,
            general=options.class_general or config.window.class_.general,
            width=width,
            height=height,
            position=(position.x, position.y) if position is not None else None,
            decorations=config.window.decorations == "Full",
            on_top=config.window.level == "AlwaysOnTop",
        )
        if native.scale != scale:
            # Only a window knows its display's scale; the next one is made right at once.
            self._scale = native.scale
            glyphs = self.glyphs(config, self._scale, config.font.size)
            size = window_size(config, glyphs.metrics, self._scale, *grid_size(config))
        fitting = native.monitor.fitting(*size)
        if fitting != (width, height):
            native.set_size(*fitting)
        return native, glyphs

    def _spawn(
        self,
        options: Options,
        config: Config,
        pane_number: int,
        native: NativeWindow,
        size: Layout,
        glyphs: Glyphs,
    ) -> tuple[Pty, list[str]]:
        """The program's pty, and what the user should know of how it came about."""
        cwd = working_directory(options, config)
        metrics = glyphs.metrics
        env = child_environment(
            os.environ,
            version=__version__,
            window_id=str(self._next_number),
            pane_id=str(pane_number),
            cwd=cwd,
            socket=self.server.path if self.server is not None else None,
            x11_window=native.x11_id,
            extra={**config.env, **dict(map(_variable, options.environment))},
        )
        spawn = partial(
            Pty.spawn,
            cwd=cwd,
            env=env,
            lines=size.lines,
            columns=size.columns,
            width_px=size.columns * metrics.cell_width,
            height_px=size.lines * metrics.cell_height,
            shell_integration=config.terminal.shell_integration,
        )
        if options.command:
            return spawn(options.command), []
        notices: list[str] = []
        *wanted, last = shell_commands(config, os.environ)
        for argv in wanted:
            try:
                return spawn(argv), notices
            except SpawnError as error:
                # Who doesn't get the shell they want needs another, to mend that.
                notices.append(str(error))
                report(error)
        return spawn(last), notices


def shell_commands(config: Config, environment: Mapping[str, str]) -> list[list[str]]:
    """argv of shells, the wanted one first: terminal.shell, $SHELL, the login shell, /bin/sh."""
    shell = config.terminal.shell
    commands = [[shell.program, *shell.args]] if shell is not None else []
    names = [environment.get("SHELL"), _login_shell(), "/bin/sh"]
    commands += [[name] for name in names if name]
    return [command for i, command in enumerate(commands) if command not in commands[:i]]


def _login_shell() -> str | None:
    try:
        return pwd.getpwuid(os.getuid()).pw_shell
    except KeyError:
        return None


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
        if can_be_entered(path):
            return absolute(path)
        report(f'no directory "{path}"; starting in {here()}')
    return here()
