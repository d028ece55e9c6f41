"""What the socket's commands do, in the main thread. Their rows are in ipc/commands.py.

Each command is a function of (context, request), named in its row. It returns the answer; a Fault
or GputermError that it raises is sent to the client. A command that takes long is a generator: at
each `yield` events, output and frames go first, and `(yield work)()` is what `work` returns, run in
the second thread (worker.py). A command that answers later returns LATER and keeps the request.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any

from gputerm.control.context import LATER, Context, Later
from gputerm.errors import GputermError
from gputerm.finding.patterns import PatternError
from gputerm.ipc import protocol
from gputerm.ipc.protocol import Fault

if TYPE_CHECKING:
    from gputerm.control.interface import App, Request
    from gputerm.host.worker import Outcome
    from gputerm.ipc.command import Command

__all__ = ["Control"]

#: How long a round of the main loop may work on commands, and again on what is left of long ones: a
#: quarter of a frame at 60 Hz.
TASK_BUDGET = 0.004

#: A command that is running. It yields None to let others go first, or work for the second thread;
#: then it is sent the outcome.
_Task = Generator[Callable[[], Any] | None, "Outcome | None", Any]


class Control:
    """Runs the requests of all clients, a few milliseconds in each round of the main loop."""

    def __init__(self, app: App) -> None:
        self._context = context = Context(app)
        self.stream, self.audit, self.waits = context.stream, context.audit, context.waits
        # By sender: the request of one who had no other, which goes first; and all further ones.
        self._first: dict[object, Request] = {}
        self._more: dict[object, deque[Request]] = {}
        self._tasks: deque[tuple[Request, _Task, Outcome | None]] = deque()
        # By sender: requests that came while a command of theirs was typing.
        self._typing: dict[object, deque[Request]] = {}

    def handle(self, request: Request) -> None:
        """Take a request; `tick` carries it out."""
        sender = request.sender
        if sender in self._typing:
            self._typing[sender].append(request)
        elif sender in self._first or sender in self._more:
            self._more.setdefault(sender, deque()).append(request)
        else:
            self._first[sender] = request

    def work_aside(self, work: Callable[[], Any], done: Callable[[Outcome], None]) -> None:
        """Have work done by the second thread, for others than commands; then call `done` here."""
        self._context.worker.run(work, done)

    def next_deadline(self) -> float:
        """When to call `tick`, in monotonic seconds; infinity for never."""
        busy = self._first or self._more or self._tasks
        return 0.0 if busy else self.waits.next_deadline()

    def tick(self) -> None:
        """Start requests, continue long ones, and check waits that are due.

        A sender with one request at a time goes before senders with many. Those take turns, so that
        none waits for all requests of another.
        """
        now = time.monotonic()
        self.waits.tick(now, now + TASK_BUDGET)
        end = time.monotonic() + TASK_BUDGET
        while (self._first or self._more) and time.monotonic() < end:
            request = self._next_request()
            if _wanted(request):
                self._answer(request, partial(self._begin, request))
            else:
                request.reply()  # The client has left; the server still counts the request.
        end = time.monotonic() + TASK_BUDGET
        while self._tasks and time.monotonic() < end:
            request, task, outcome = self._tasks.popleft()
            if _wanted(request):
                self._answer(request, partial(self._go_on, request, task, outcome))
            else:
                task.close()

    def _next_request(self) -> Request:
        if self._first:
            return self._first.pop(next(iter(self._first)))
        sender = next(iter(self._more))
        requests = self._more.pop(sender)
        request = requests.popleft()
        if requests:
            self._more[sender] = requests  # behind the others
        return request

    def _begin(self, request: Request) -> Any:
        result = _row(request).load_function()(self._context, request)
        if not isinstance(result, Generator):
            return result
        if _row(request).types:
            self._typing[request.sender] = self._more.pop(request.sender, deque())
        return self._go_on(request, result, None)

    def _go_on(self, request: Request, task: _Task, outcome: Outcome | None) -> Any:
        """Run a command's next step; its result, or LATER when there are more."""
        try:
            work = task.send(outcome)
        except StopIteration as stop:
            return stop.value
        if work is None:
            self._tasks.append((request, task, None))
        else:
            self._context.worker.run(
                work, lambda outcome: self._tasks.append((request, task, outcome))
            )
        return LATER

    def _answer(self, request: Request, step: Callable[[], Any]) -> None:
        try:
            result = step()
            if isinstance(result, Later):
                return
            request.reply(result)
        except Fault as fault:
            request.fail(fault.code, fault.message, fault.data)
        except PatternError as error:
            request.fail(protocol.INVALID_PARAMS, str(error))
        except GputermError as error:
            request.fail(protocol.FAILED, str(error))
        except Exception as error:
            # A mistake of ours costs the command, not everybody's windows.
            self._context.app.report_failure(error, f"carrying out {request.method}")
            request.fail(protocol.INTERNAL_ERROR, f"{request.method} failed by a mistake of ours")
        self._ended(request)

    def _ended(self, request: Request) -> None:
        if _row(request).types and (waiting := self._typing.pop(request.sender, None)):
            self._more[request.sender] = waiting


def _wanted(request: Request) -> bool:
    """Whether the client still waits, or the command does more than answer."""
    return request.alive or not _row(request).reads


def _row(request: Request) -> Command:
    from gputerm.ipc.commands import find  # which a start doesn't need

    return find(request.method)
