"""The configuration file while gputerm runs: every window follows it as soon as it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gputerm.config import load, with_overrides
from gputerm.errors import GputermError
from gputerm.host.file_watch import FilesChanged, FileWatch
from gputerm.log import report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gputerm.config import Config, Loaded, Problem
    from gputerm.host import Loop
    from gputerm.options import StartOptions
    from gputerm.text import Glyphs

#: Lines about it in a window; the others can be asked for.
MAX_LINES = 3
TOPIC = "configuration"  #: of these lines in the message bar


class Configured(Protocol):
    """The process that the file is of."""

    config: Config
    options: StartOptions
    loop: Loop

    @property
    def windows(self) -> Mapping[int, Any]:
        """Its `Window`s by id."""

    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs: ...
    def config_is_wrong(self, problem: Problem) -> None:
        """Subscribers may want to know."""


class LiveConfig:
    """Reads the configuration again, on demand and whenever its files change."""

    def __init__(self, app: Configured, loaded: Loaded) -> None:
        self._app = app
        self._loaded = loaded
        self._watch = FileWatch(app.loop)

    def begin(self) -> None:
        """Say what is wrong with the configuration that is in use, and watch its files."""
        for problem in self._loaded.problems:
            report(problem, problem.severity)
        self._follow()
        self._show(_lines(self._loaded.problems))

    def files_changed(self, _: FilesChanged) -> None:
        """Read them again. What is wrong is shown in every window."""
        try:
            self.reload()
        except GputermError as error:
            report(error)
            self._show([f"{error}; the configuration stays as it was"])

    def reload(self) -> list[Problem]:
        """Read the files again and have every window follow; what is wrong with them.

        Raises GputermError when the file or a font can't be had, and then nothing has changed.
        """
        app = self._app
        loaded = load(app.options.config_file, app.options.overrides, fallback=app.config)
        known, self._loaded = self._loaded.problems, loaded
        self._follow()
        of_windows = {
            window: with_overrides(loaded.config, window.overrides)[0]
            for window in app.windows.values()
        }
        for window, config in of_windows.items():
            app.glyphs(config, window.native.scale, config.font.size)
        app.config = loaded.config
        for problem in loaded.problems:
            app.config_is_wrong(problem)
            if problem not in known:
                report(problem, problem.severity)
        for window, config in of_windows.items():
            if config != window.config:
                window.reconfigure(config)
        self._show(_lines(loaded.problems))
        return loaded.problems

    def _follow(self) -> None:
        loaded = self._loaded
        wanted = loaded.config.general.live_config_reload
        self._watch.follow(loaded.files if wanted else (), since=loaded.began)

    def _show(self, lines: Sequence[str]) -> None:
        for window in self._app.windows.values():
            window.message_bar.say(TOPIC, lines)


def _lines(problems: Sequence[Problem]) -> list[str]:
    """One for each, and one for those that there is no room for."""
    lines = [str(problem) for problem in problems[:MAX_LINES]]
    if more := len(problems) - len(lines):
        lines.append(f"{more} more: gputerm --check-config lists them")
    return lines
