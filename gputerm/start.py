"""The first window, sooner: the display server and the GL driver are reached for during imports.

Connecting takes as long as importing numpy and the rest (about 80 ms each with Mesa in software),
and most of it is spent in C code without the GIL. So a thread connects while this one imports.
"""

from __future__ import annotations

import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gputerm.config import Config, Problem
    from gputerm.options import StartOptions
    from gputerm.window.display import Display


def run(options: StartOptions, config: Config, problems: Iterable[Problem]) -> int:
    """`app.run`. Raises GputermError when there is no display, no OpenGL, no such program."""
    class_name = options.class_general or config.window.class_.general
    connecting = _Connecting(class_name)
    from gputerm import app

    return app.run(options, config, problems, connecting.display())


class _Connecting(threading.Thread):
    """A Display on its way."""

    def __init__(self, class_name: str) -> None:
        super().__init__(name="gputerm-connect", daemon=True)
        self._class_name = class_name
        self._display: Display | None = None
        self._error: Exception | None = None
        if sys.platform == "darwin":
            self.run()  # Cocoa belongs to the main thread
        else:
            self.start()

    def run(self) -> None:
        try:
            from gputerm.window.display import Display

            self._display = Display(app_name="gputerm", class_name=self._class_name)
            self._display.load_gl()
        except Exception as error:
            self._error = error

    def display(self) -> Display:
        """The connection, once it stands. Raises DisplayError or GLError."""
        if self.is_alive():
            self.join()
        if self._error is not None:
            raise self._error
        assert self._display is not None
        return self._display
