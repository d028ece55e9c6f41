"""What the socket's commands do, in the main thread. Their rows are in ipc/commands.py.

Each command is a function of (control, request), found by its name in one of the modules here; what
it returns is the answer. A Fault or a GputermError is a failure that the client is told. One that
has much to do is a generator: each `yield` lets events, programs and frames go first. One that
answers later returns LATER and keeps the request.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from gputerm import log
from gputerm.control import (
    configuring,
    history,
    measuring,
    sending,
    stream,
    texts,
    waiting,
    windows,
)
from gputerm.control.base import LATER, Command
from gputerm.control.stream import Audit, Stream
from gputerm.control.waiting import Waits
from gputerm.errors import GputermError
from gputerm.ipc import protocol
from gputerm.ipc.protocol import Fault

if TYPE_CHECKING:
    from gputerm.app import App
    from gputerm.ipc.server import Request

__all__ = ["COMMANDS", "Control"]

#: How long a round of the main loop may work on long commands: a quarter of a frame at 60 Hz.
TASK_BUDGET = 0.004

#: By name. `version` and `schema` are answered in the loop thread.
COMMANDS: dict[str, Command] = {
    **windows.COMMANDS,
    **texts.COMMANDS,
    **sending.COMMANDS,
    **configuring.COMMANDS,
    **history.COMMANDS,
    **waiting.COMMANDS,
    **stream.COMMANDS,
    **measuring.COMMANDS,
}

_Task = Generator[None, None, Any]


class Control:
    """The commands of one App, and those under way."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.stream = Stream()
        self.audit = Audit()
        self.waits = Waits()
        self._tasks: deque[tuple[Request, _Task]] = deque()

    def handle(self, request: Request) -> None:
        """Carry a request out and answer it, now or later."""
        self._answer(request, lambda: COMMANDS[request.method](self, request))

    def next_deadline(self) -> float:
        """When `tick` wants to be called, in monotonic seconds; infinity for never."""
        return 0.0 if self._tasks else self.waits.next_deadline()

    def tick(self) -> None:
        """Go on with long commands, each in turn, and see to waits whose time has come."""
        now = time.monotonic()
        self.waits.tick(now)
        end = now + TASK_BUDGET
        while self._tasks and time.monotonic() < end:
            request, task = self._tasks.popleft()
            if request.alive:
                self._answer(request, lambda task=task: task)

    def _answer(self, request: Request, work: Any) -> None:
        try:
            result = work()
            if isinstance(result, Generator):
                try:
                    next(result)
                except StopIteration as stop:
                    result = stop.value
                else:
                    self._tasks.append((request, result))
                    return
        except Fault as fault:
            request.fail(fault.code, fault.message, fault.data)
        except GputermError as error:
            request.fail(protocol.FAILED, str(error))
        except Exception as error:
            # A mistake of ours costs the command, not everybody's windows. Its message isn't
            # logged, for it may quote what was sent or what a screen shows.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error(__name__, "%s failed: %s\n%s", request.method, type(error).__name__, where)
            request.fail(protocol.INTERNAL_ERROR, f"{request.method} failed by a mistake of ours")
        else:
            if result is not LATER:
                request.reply(result)
