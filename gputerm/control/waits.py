"""Requests that are answered when something happens in a window: a text is on the screen, nothing
has moved for a while, a command has finished or a program has ended.

Nothing polls. A wait is checked when its window's program has written something, when something
else has happened in the window, and when its time is up. In a flood of output a screen is searched
once in CHECK_INTERVAL. A wait ends when its window is closed or its program has ended.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

from gputerm.ipc.protocol import ENDED, FAILED, IN_VAIN, TOO_MANY, Fault

if TYPE_CHECKING:
    from gputerm.control.interface import Request, Window
    from gputerm.finding.patterns import Pattern
    from gputerm.host.worker import Outcome, Worker
    from gputerm.ipc import results

__all__ = ["MAX_CLOSED", "MAX_WAITS", "QUICK", "Wait", "Waits"]

CHECK_INTERVAL = 0.01  #: seconds between two searches of one screen; more if they take long
MAX_WAITS = 200  #: requests that wait at the same time
MAX_CLOSED = 1000  #: windows whose end is remembered
KEPT_TITLE = 200  #: characters of their titles

#: Steps of a search (Pattern.effort) that are taken in the main thread; more could take longer than
#: a millisecond.
QUICK = 100_000

_NEVER = float("inf")
_AT_ONCE = float("-inf")


class Wait:
    """One request that waits. Exactly one of the conditions is set."""

    def __init__(
        self,
        request: Request,
        window: Window,
        *,
        exit: bool = False,
        answer: results.Created | None = None,
        changed_at: float = 0.0,
    ) -> None:
        self.request = request
        self.window = window
        self.deadline = _NEVER  #: monotonic
        self.timeout = 0.0  #: for the message
        self.pattern: Pattern | None = None
        self.quiet: float | None = None  #: seconds
        self.block: int | None = None  #: number of a command
        self.exit = exit
        self.answer = answer  #: of create-window, to which the exit status is added
        self.changed_at = changed_at  #: when the window's program last wrote
        self.check_at = _AT_ONCE  #: when to look at the screen again
        self.dirty = True  #: something has happened since
        self.searching = False  #: in the second thread
        self.closed = False  #: the window

    def next_deadline(self) -> float:
        """When to check it again, in monotonic seconds."""
        if self.searching:
            return _NEVER
        due = self.deadline
        if self.quiet is not None:
            due = min(due, self.changed_at + self.quiet)
        if self.dirty:
            due = min(due, self.check_at)
        return due

    @property
    def ended(self) -> str:
        """Why nothing more can happen in the window; "" while it can."""
        window = self.window
        if window.pane.exit_status is not None and not window.pane.far_end.has_output:
            status = window.pane.exit_status
            return f"window {window.number}: its program has ended (exit status {status})"
        return f"window {window.number} was closed" if self.closed else ""


class Waits:
    """All requests that wait, and what later ones may need: closed windows, commands sent."""

    def __init__(self, worker: Callable[[], Worker]) -> None:
        self._worker = worker  # the second thread, made when it is needed
        self._waits: list[Wait] = []
        self._typed: dict[int, int] = {}  # by window: the command that was current when text came
        self.past: deque[results.Closed] = deque(maxlen=MAX_CLOSED)  #: closed windows, oldest first

    def add(self, wait: Wait) -> None:
        """Answer it at once if its condition holds, else later. Raises Fault."""
        # Clients that have left need no answer; there may be many between two events.
        self._waits = [other for other in self._waits if other.request.alive]
        if len(self._waits) >= MAX_WAITS:
            raise Fault(TOO_MANY, f"{MAX_WAITS} requests wait already")
        if not self._is_over(wait, time.monotonic(), _screen):
            self._waits.append(wait)

    def next_deadline(self) -> float:
        """Monotonic; infinity for never."""
        return min((wait.next_deadline() for wait in self._waits), default=_NEVER)

    def tick(self, now: float, end: float) -> None:
        """Check waits that are due; search screens only until `end`."""
        if not self._waits:
            return
        due = [wait for wait in self._waits if wait.next_deadline() <= now]
        due.sort(key=lambda wait: (wait.pattern is not None, wait.check_at))
        screen = cache(_screen)  # read once, however many wait for a text on it
        over = set()
        for wait in due:
            if wait.pattern is not None and time.monotonic() >= end:
                break
            if self._is_over(wait, now, screen):
                over.add(wait)
        if over:
            self._waits = [wait for wait in self._waits if wait not in over]

    def changed(self, window: Window) -> None:
        """The window's program wrote something, or something happened to it."""
        if self._waits:
            now = time.monotonic()
            for wait in self._waits:
                if wait.window is window:
                    wait.changed_at, wait.dirty = now, True

    def closed(self, window: Window) -> None:
        """The window is gone: its waits end."""
        self._typed.pop(window.number, None)
        self.past.append(
            {
                "id": window.number,
                "pane_id": window.pane.number,
                "title": window.pane.title[:KEPT_TITLE],
                "exit_status": window.pane.exit_status,
                "closed_at": time.time(),
            }
        )
        for wait in self._waits:
            if wait.window is window:
                wait.closed = wait.dirty = True
                wait.check_at = _AT_ONCE

    def typed(self, window: Window) -> None:
        """A caller sent text: the next `wait --command` waits for the command that it starts."""
        blocks = window.pane.terminal.blocks
        if blocks.newest:
            self._typed[window.number] = blocks.newest + (blocks.current is None)

    def command(self, window: Window) -> int:
        """The number of the command that was sent last, unless that is known already or another
        has run since; else of the one that runs or is being typed, else the newest. Raises Fault.
        """
        blocks = window.pane.terminal.blocks
        if not blocks.newest:
            raise Fault(FAILED, "no command is known: the shell doesn't send OSC 133 marks")
        typed = self._typed.get(window.number)
        if typed is None or any(b.number > typed and b.output_line is not None for b in blocks):
            return blocks.newest
        return typed

    def _is_over(self, wait: Wait, now: float, screen: Callable[[Window], str]) -> bool:
        """Answer it if it is over; whether it is."""
        if not wait.request.alive:
            return True
        if wait.searching:
            return False
        if self._is_fulfilled(wait, now, screen):
            return True
        if wait.searching:
            return False
        lasts = wait.quiet is not None and not wait.closed  # silence still comes
        unseen = wait.pattern is not None and wait.dirty
        if (why := wait.ended) and not lasts and not unseen:
            wait.request.fail(ENDED, why)
            return True
        if now < wait.deadline:
            return False
        wait.request.fail(IN_VAIN, f"waited {wait.timeout:g} s in vain")
        return True

    def _is_fulfilled(self, wait: Wait, now: float, screen: Callable[[Window], str]) -> bool:
        if wait.pattern is not None:
            return self._search(wait, wait.pattern, now, screen)
        wait.dirty = False
        window = wait.window
        if wait.exit and wait.ended:
            return _succeed(wait, "exit", window.pane.exit_status)
        if wait.quiet is not None and now >= wait.changed_at + wait.quiet:
            return _succeed(wait, "quiet", None)
        if wait.block is not None:
            blocks = window.pane.terminal.blocks
            block = blocks.find(wait.block)
            if block is None and wait.block <= blocks.newest:
                wait.request.fail(FAILED, f"command {wait.block} is forgotten")
                return True
            if block is not None and block.end_line is not None:
                if self._typed.get(window.number) == wait.block:
                    del self._typed[window.number]
                return _succeed(wait, "command", block.exit_code)
        return False

    def _search(
        self, wait: Wait, pattern: Pattern, now: float, screen: Callable[[Window], str]
    ) -> bool:
        """Search the screen: here if that is quick, else in the second thread."""
        if not wait.dirty or now < min(wait.check_at, wait.deadline):
            return False
        began = time.monotonic()
        text = screen(wait.window)
        wait.dirty = False
        found = None
        if pattern.effort(text) <= QUICK:
            found = pattern.first(text)
        else:
            wait.searching = True
            self._worker().run(partial(pattern.first, text), partial(self._searched, wait))
        wait.check_at = now + max(CHECK_INTERVAL, 4 * (time.monotonic() - began))
        return found is not None and _succeed(wait, "text", found)

    def _searched(self, wait: Wait, outcome: Outcome) -> None:
        """The second thread has searched the screen."""
        wait.searching = False
        found = outcome()
        if wait not in self._waits or not wait.request.alive:
            return
        if found is not None:
            over = _succeed(wait, "text", found)
        else:
            over = self._is_over(wait, time.monotonic(), _screen)
        if over:
            self._waits.remove(wait)


def _screen(window: Window) -> str:
    """What is on the screen, wrapped rows joined."""
    from gputerm.finding.finder import screen_text  # seldom needed

    return screen_text(window.pane.terminal)


def _succeed(wait: Wait, reason: Literal["text", "quiet", "command", "exit"], value: Any) -> bool:
    if wait.answer is not None:
        wait.answer["exit_status"] = value
        wait.request.reply(wait.answer)
    else:
        window = wait.window
        waited: results.Waited = {
            "window": window.number,
            "pane_id": window.pane.number,
            "reason": reason,
            "value": value,
        }
        wait.request.reply(waited)
    return True
