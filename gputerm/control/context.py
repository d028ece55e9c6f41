"""What commands work with: the app, what is kept between them, and how they take long."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from gputerm.control.stream import Audit, Stream
from gputerm.control.waits import Waits

if TYPE_CHECKING:
    from collections.abc import Generator

    from gputerm.control.interface import App
    from gputerm.host.worker import Worker
    from gputerm.pane.pane import Pane

__all__ = ["LATER", "Context", "Later", "settled"]

_SLICE = 0.002  #: seconds


class Later:
    """The result of a command that will answer its request itself, later."""


LATER = Later()


class Context:
    """The first argument of each command's function; the request is the second."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.stream = Stream()
        self.audit = Audit()
        self.waits = Waits(lambda: self.worker)

    @cached_property
    def worker(self) -> Worker:
        """The second thread, for work that would hold up this one."""
        from gputerm.host.worker import Worker  # seldom needed

        return Worker(self.app.loop.post)


def settled(pane: Pane) -> Generator[None, None, None]:
    """Slices of the reflow that a resize has left to do; lines keep their numbers afterwards."""
    while pane.terminal.reflowing:
        pane.view.reflow(time.monotonic() + _SLICE)
        yield
