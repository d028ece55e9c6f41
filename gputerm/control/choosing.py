"""Which windows a request means: by id, by what they are, or by what was used last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gputerm.ipc.protocol import NO_SUCH_WINDOW, Fault

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import App, Window
    from gputerm.ipc import results
    from gputerm.ipc.server.server import Request

__all__ = ["acted_on", "window_meant", "windows_meant"]


def windows_meant(context: Context, request: Request) -> list[Window]:
    """The windows that `window` and `match` mean, at least one; oldest first. Raises Fault."""
    app, params = context.app, request.params
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


def window_meant(context: Context, request: Request) -> Window:
    """The one window meant: of several that match, the one focused last. Raises Fault."""
    return max(windows_meant(context, request), key=_last_used)


def acted_on(windows: Iterable[Window]) -> results.Windows:
    """The answer of commands that have nothing else to say."""
    return {"windows": [window.number for window in windows]}


def _by_name(app: App, name: int | str | None) -> Window:
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


def _last_used(window: Window) -> tuple[float, int]:
    return window.focused_at, window.number


class _Facts:
    """What --match asks about a window; each thing is found out once, when it is asked."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.id = window.number
        self.title = window.pane.title

    @cached_property
    def pids(self) -> set[int]:
        """The program that the window was opened with, and the one in front now."""
        channel = self._window.pane.far_end
        foreground = channel.foreground()
        return {channel.pid} | ({foreground.pid} if foreground is not None else set())

    @cached_property
    def cwd(self) -> str:
        return self._window.pane.far_end.cwd() or ""

    @cached_property
    def command_lines(self) -> list[str]:
        channel = self._window.pane.far_end
        foreground = channel.foreground()
        lines = [channel.command]
        if foreground is not None and foreground.command is not None:
            lines.append(foreground.command)
        return [" ".join(words) for words in lines]

    @property
    def environment(self) -> Mapping[str, str]:
        return self._window.pane.far_end.environment
