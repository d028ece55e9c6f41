"""Which windows have something to do: output to parse, a deadline to look at. Others cost nothing.

Windows take turns within a round of the main loop, the focused one first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Generic, TypeVar

Window = TypeVar("Window")

#: How long a round of the main loop may parse, and draw, before events are looked at again, in
#: seconds.
ROUND_BUDGET = 0.004


class Turns(Generic[Window]):
    """The windows of a process that have something to do."""

    def __init__(self) -> None:
        self.with_output: dict[Window, None] = {}  #: an ordered set
        self.awake: dict[Window, None] = {}  #: the only ones that may have a deadline
        self.closed_some = False  #: since that was last looked at
        self.exit_statuses: dict[Window, int] = {}  #: of programs whose output isn't parsed yet

    def pump(self, window: Window) -> None:
        """It has output, or something else that is done when output is."""
        self.with_output[window] = None

    def wake(self, window: Window) -> None:
        """It may have a deadline."""
        self.awake[window] = None

    def forget(self, window: Window) -> None:
        """It is closed."""
        self.closed_some = True
        self.with_output.pop(window, None)
        self.awake.pop(window, None)
        self.exit_statuses.pop(window, None)

    def take(self, windows: dict[Window, None], first: Window | None) -> Iterator[Window]:
        """Those of `windows` whose turn it is, until the round's time is over. `first` comes
        first; who had a turn goes behind the others.
        """
        end = time.monotonic() + ROUND_BUDGET
        order = list(windows)
        if first in windows:
            order.remove(first)
            order.insert(0, first)
        for window in order:
            if window not in windows:
                continue  # closed meanwhile
            yield window
            if window in windows:
                del windows[window]
                windows[window] = None
            if time.monotonic() >= end:
                return
