"""`wait`: answered when a text is on the screen, nothing has moved for a while, a command has
finished or a program has ended; and `create-window --wait`.

Nothing polls: a wait is looked at when its window's program wrote something or something happened
to it, and when its time is up. During a flood of output a screen is searched CHECK_INTERVAL apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from gputerm.control.base import LATER, Command, window_of
from gputerm.ipc.protocol import FAILED, IN_VAIN, INVALID_PARAMS, NO_SUCH_WINDOW, TOO_MANY, Fault
from gputerm.patterns import Pattern, compile_pattern

if TYPE_CHECKING:
    from gputerm.control import Control
    from gputerm.ipc.server import Request
    from gputerm.terminal_window import TerminalWindow
    from gputerm.vt.blocks import CommandBlock

CHECK_INTERVAL = 0.01  #: seconds between two searches of one screen
MAX_WAITS = 200  #: requests that wait at the same time
MAX_SECONDS = 10 * 365 * 86_400  #: of a timeout; a number that any clock can take

_NEVER = float("inf")


class Wait:
    """One request that waits. Exactly one of the conditions is set."""

    def __init__(
        self,
        request: Request,
        window: TerminalWindow,
        *,
        exit: bool = False,
        answer: dict[str, Any] | None = None,
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
        self.answer = answer or {}  #: what the result says besides
        self.changed_at = changed_at  #: when the window's program last wrote
        self.checked_at = -_NEVER
        self.dirty = True  #: the screen has changed since

    def next_deadline(self) -> float:
        """When it wants to be looked at."""
        due = self.deadline
        if self.quiet is not None:
            due = min(due, self.changed_at + self.quiet)
        if self.pattern is not None and self.dirty:
            due = min(due, self.checked_at + CHECK_INTERVAL)
        return due


class Waits:
    """All requests that wait."""

    def __init__(self) -> None:
        self._waits: list[Wait] = []

    def add(self, wait: Wait) -> None:
        """Answer it now if what it waits for is there already, else later. Raises Fault."""
        # Whoever left won't be answered; there may be many between two events of a window.
        self._waits = [other for other in self._waits if other.request.alive]
        if len(self._waits) >= MAX_WAITS:
            raise Fault(TOO_MANY, f"{MAX_WAITS} requests wait already")
        if not self._is_over(wait, time.monotonic(), _screen):
            self._waits.append(wait)

    def next_deadline(self) -> float:
        """Monotonic; infinity for never."""
        return min((wait.next_deadline() for wait in self._waits), default=_NEVER)

    def tick(self, now: float) -> None:
        """Look at those whose time has come."""
        if self._waits:
            self._look(now, [wait for wait in self._waits if wait.next_deadline() <= now])

    def changed(self, window: TerminalWindow) -> None:
        """The window's program wrote something, or something happened to it."""
        if not self._waits:
            return
        now = time.monotonic()
        concerned = [wait for wait in self._waits if wait.window is window]
        for wait in concerned:
            wait.changed_at, wait.dirty = now, True
        self._look(now, concerned)

    def closed(self, window: TerminalWindow) -> None:
        """The window is gone; with it what was waited for, unless that was its end."""
        for wait in [wait for wait in self._waits if wait.window is window]:
            self._waits.remove(wait)
            if wait.exit:
                _succeed(wait, "exit", window.exit_status)
            else:
                wait.request.fail(NO_SUCH_WINDOW, "the window was closed")

    def _look(self, now: float, waits: list[Wait]) -> None:
        screen = cache(_screen)  # however many wait for a text on it
        over = {wait for wait in waits if self._is_over(wait, now, screen)}
        if over:
            self._waits = [wait for wait in self._waits if wait not in over]

    def _is_over(self, wait: Wait, now: float, screen: Callable[[TerminalWindow], str]) -> bool:
        """Whether it has been answered just now, or needn't be any more."""
        if not wait.request.alive or _is_fulfilled(wait, now, screen):
            return True
        if now < wait.deadline:
            return False
        wait.request.fail(IN_VAIN, f"waited {wait.timeout:g} s in vain")
        return True


def _is_fulfilled(wait: Wait, now: float, screen: Callable[[TerminalWindow], str]) -> bool:
    window = wait.window
    if wait.exit and window.exit_status is not None and not window.session.has_unread:
        return _succeed(wait, "exit", window.exit_status)
    if wait.quiet is not None and now >= wait.changed_at + wait.quiet:
        return _succeed(wait, "quiet", None)
    if wait.block is not None:
        block = _block(window, wait.block)
        if block is None:
            wait.request.fail(FAILED, f"command {wait.block} is forgotten")
            return True
        if block.end_line is not None:
            return _succeed(wait, "command", block.exit_code)
    if (
        wait.pattern is not None
        and wait.dirty
        and (now >= wait.checked_at + CHECK_INTERVAL or now >= wait.deadline)
    ):
        wait.checked_at, wait.dirty = now, False
        if (found := wait.pattern.first(screen(window))) is not None:
            return _succeed(wait, "text", found)
    return False


def _screen(window: TerminalWindow) -> str:
    """What is on the screen, wrapped rows joined."""
    terminal = window.session.terminal
    top = terminal.screen_top
    return terminal.text((top, 0), (top + terminal.lines - 1, terminal.columns))


def _succeed(wait: Wait, reason: str, value: Any) -> bool:
    wait.request.reply(
        wait.answer | {"exit_status": value}
        if wait.answer
        else {"window": wait.window.number, "reason": reason, "value": value}
    )
    return True


def _block(window: TerminalWindow, number: int) -> CommandBlock | None:
    return next((b for b in window.session.terminal.blocks if b.number == number), None)


def wait(control: Control, request: Request) -> Any:
    """Answer when a condition holds; at once if it does already."""
    params = request.params
    window = window_of(control, request)
    now = time.monotonic()
    waiting = Wait(request, window, changed_at=now)
    for name in ("timeout", "quiet"):
        if params[name] is not None and not 0 <= params[name] <= MAX_SECONDS:
            raise Fault(INVALID_PARAMS, f"wait: {name}: expected seconds, 0 or more")
    if params["timeout"] is not None:
        waiting.timeout = params["timeout"]
        waiting.deadline = now + waiting.timeout
    waiting.quiet, waiting.exit = params["quiet"], params["exit"]
    if params["text"] is not None:
        waiting.pattern = compile_pattern(params["text"], multiline=True)
    elif params["command"] or params["block"] is not None:
        waiting.block = params["block"] if params["block"] is not None else _current(window)
        newest = max((block.number for block in window.session.terminal.blocks), default=0)
        if waiting.block > newest:
            raise Fault(FAILED, f"there is no command {waiting.block} yet")
    control.waits.add(waiting)
    return LATER


def _current(window: TerminalWindow) -> int:
    """The command that runs or is being typed, else the newest one."""
    blocks = list(window.session.terminal.blocks)
    if not blocks:
        raise Fault(FAILED, "no command is known: the shell doesn't send OSC 133 marks")
    return blocks[-1].number


COMMANDS: dict[str, Command] = {"wait": wait}
