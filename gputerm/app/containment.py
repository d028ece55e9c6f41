"""A failure in the work for one window is kept from the others, and reported.

See ARCHITECTURE.md, "When something fails".
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from gputerm import log
from gputerm.errors import GputermError
from gputerm.failures import describe, write_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gputerm.app.turns import Turns
    from gputerm.app.window import Window
    from gputerm.control.control import Control
    from gputerm.pane.pane import Pane


class WindowKeeper(Protocol):
    """The process."""

    control: Control
    turns: Turns[Any]

    @property
    def windows(self) -> Mapping[int, Window]: ...
    def close_window(self, window: Window) -> None: ...


class Containment:
    """What becomes of exceptions that nobody expected."""

    def __init__(self, app: WindowKeeper) -> None:
        self._app = app

    def contain(self, window: Window | None, error: Exception, doing: str) -> None:
        """Work for one window has failed. It stays, with a line that says so, and so do all others;
        one that fails again and again by mistakes of ours is closed."""
        if window is None or window.number not in self._app.windows:
            self.report(error, doing)
            return
        if isinstance(error, GputermError):
            window.advise(describe(error))
            return
        line = self.report(error, f"{doing} window {window.number}", window)
        if window.failures.one_more(time.monotonic()):
            log.report(f"window {window.number} is closed because it fails again and again")
            self._app.close_window(window)
            return
        with suppress(Exception):  # What says so may be what fails.
            window.failed(line)
        self._app.turns.pump(window)  # Events that came with the one that failed still wait.

    def report(self, error: Exception, doing: str, window: Window | None = None) -> str:
        """Write a report of a failure, and one line about it to standard error: that line."""
        facts: dict[str, object] = {}
        with suppress(Exception):
            facts = facts_for_report(window.pane) if window is not None else {}
        line = describe(error, write_report(error, doing, facts))
        log.report(line)
        with suppress(Exception):
            self._app.control.stream.publish("failure", window, {"message": line})
        return line


def facts_for_report(pane: Pane) -> dict[str, object]:
    """Counts that help to understand a failure. Nothing that was typed or shown."""
    terminal = pane.terminal
    return {
        "size": f"{terminal.columns}x{terminal.lines}",
        "bytes received": pane.received,
        "number of the last change": terminal.snapshot().seqno,
        "lines of history": terminal.screen_top - terminal.first_line,
        "frames": pane.statistics().frames,
    }
