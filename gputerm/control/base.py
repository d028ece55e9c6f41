"""What the modules of commands share: types, which windows a request means, and the wait for a
reflow."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gputerm.ipc.protocol import NO_SUCH_WINDOW, Fault
from gputerm.records import Record

if TYPE_CHECKING:
    from gputerm.app.app import App
    from gputerm.app.window import TerminalWindow
    from gputerm.control import Control
    from gputerm.ipc.server import Request
    from gputerm.pane.session import Session

__all__ = ["LATER", "QUICK", "Command", "Finished", "Outcome", "settled", "window_of", "windows_of"]

_SLICE = 0.002  #: seconds

#: Steps of a search (Pattern.effort) that are taken in the main thread; more could take longer than
#: a millisecond.
QUICK = 100_000

Command = Callable[["Control", "Request"], Any]

#: What a command returns that will answer its request itself.
LATER = object()

#: Returns what some work has returned, or raises what it has raised.
Outcome = Callable[[], Any]


class Finished(Record):
    """Mail of the other thread (aside.py): some work is done. The main thread calls `tell`."""

    done: Callable[[Outcome], None]
    outcome: Outcome

    def tell(self) -> None:
        """Hand the outcome to whoever wanted it."""
        self.done(self.outcome)


def windows_of(control: Control, request: Request) -> list[TerminalWindow]:
    """The windows that `window` and `match` mean, at least one; oldest first. Raises Fault."""
    app, params = control.app, request.params
    if params["match"] is not None:
        from gputerm.policy.match import parse_match  # not needed for a start

        test = parse_match(params["match"])
        candidates = list(app.windows.values())
        if params["window"] is not None:
            candidates = [_by_name(app, params["window"])]
        found = [window for window in candidates if test(_Facts(window))]
        if not found:
            raise Fault(NO_SUCH_WINDOW, "no window matches")
        return found
    return [_by_name(app, params["window"])]


def settled(session: Session) -> Generator[None, None, None]:
    """Slices of the reflow that a resize has left to do; lines keep their numbers afterwards."""
    while session.reflowing:
        session.reflow(time.monotonic() + _SLICE)
        yield


def window_of(control: Control, request: Request) -> TerminalWindow:
    """The one window meant: of several that match, the one focused last. Raises Fault."""
    return max(windows_of(control, request), key=_last_used)


def _by_name(app: App, name: int | str | None) -> TerminalWindow:
    if not app.windows:
        raise Fault(NO_SUCH_WINDOW, "there is no window")
    if isinstance(name, int):
        window = app.windows.get(name)
        if window is None:
            known = ", ".join(map(str, app.windows))
            raise Fault(NO_SUCH_WINDOW, f"there is no window {name} (there is: {known})")
        return window
    if name == "focused":
        window = next((window for window in app.windows.values() if window.focused), None)
        if window is None:
            raise Fault(NO_SUCH_WINDOW, "no window of this process has the focus")
        return window
    return max(app.windows.values(), key=_last_used)


def _last_used(window: TerminalWindow) -> tuple[float, int]:
    return window.focused_at, window.number


class _Facts:
    """What --match asks about a window; each thing is found out once, when it is asked."""

    def __init__(self, window: TerminalWindow) -> None:
        self._window = window
        self.id = window.number
        self.title = window.title

    @cached_property
    def pids(self) -> set[int]:
        """The program that the window was opened with, and the one in front now."""
        channel = self._window.session.channel
        foreground = channel.foreground()
        return {channel.pid} | ({foreground.pid} if foreground is not None else set())

    @cached_property
    def cwd(self) -> str:
        return self._window.session.channel.cwd() or ""

    @cached_property
    def command_lines(self) -> list[str]:
        channel = self._window.session.channel
        foreground = channel.foreground()
        lines = [channel.command]
        if foreground is not None and foreground.command is not None:
            lines.append(foreground.command)
        return [" ".join(words) for words in lines]

    @property
    def environment(self) -> Mapping[str, str]:
        return self._window.session.channel.environment
