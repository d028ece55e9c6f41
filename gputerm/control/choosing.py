"""The windows that a request is for: by id, by --match, or the one focused last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gputerm.ipc.protocol import NO_SUCH_WINDOW, Fault

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import App, Request, Window
    from gputerm.ipc import results

__all__ = ["acted_on", "window_meant", "windows_meant", "windows_named"]


def windows_meant(context: Context, request: Request) -> list[Window]:
    """The windows that `window`, `pane` and `match` mean, at least one; oldest first. Raises Fault.

    Without any of them it is the window focused last. `match` chooses among what the others name.
    """
    app, params = context.app, request.params
    name, pane, match = params["window"], params["pane"], params["match"]
    if pane is not None:
        candidates = [_with_pane(app, pane, name)]
    elif name is not None or match is None:
        candidates = [_by_name(app, name)]
    else:
        candidates = list(app.windows.values())
    if match is None:
        return candidates
    from gputerm.policy.match import parse_match  # not needed for a start

    test = parse_match(match)
    found = [window for window in candidates if test(_Facts(window))]
    if not found:
        raise Fault(NO_SUCH_WINDOW, "no window matches")
    return found


def windows_named(context: Context, request: Request) -> list[Window] | None:
    """As windows_meant; None when the request has none of the three. Raises Fault."""
    params = request.params
    named = any(params[name] is not None for name in ("window", "pane", "match"))
    return windows_meant(context, request) if named else None


def window_meant(context: Context, request: Request) -> Window:
    """The window to read: of several that match, the one focused last. Raises Fault."""
    return max(windows_meant(context, request), key=_last_used)


def acted_on(windows: Iterable[Window]) -> results.Windows:
    """The answer of commands that have nothing else to say."""
    chosen = list(windows)
    return {
        "windows": [window.number for window in chosen],
        "panes": [window.pane.number for window in chosen],
    }


def _with_pane(app: App, pane: int, name: int | str | None) -> Window:
    """The window in which a pane is, which has to be the one of that name if one is given."""
    window = next((one for one in app.windows.values() if one.pane.number == pane), None)
    if window is None:
        known = ", ".join(str(one.pane.number) for one in app.windows.values()) or "none"
        raise Fault(NO_SUCH_WINDOW, f"there is no pane {pane} (there is: {known})")
    if name is not None and window is not _by_name(app, name):
        raise Fault(NO_SUCH_WINDOW, f"pane {pane} is in window {window.number}, not in that one")
    return window


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
    """The properties of a window that --match can test, each looked up when it is needed."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.id = window.number
        self.title = window.pane.title

    @cached_property
    def pids(self) -> set[int]:
        """The program that the window was opened with, and the one in front now."""
        program = self._window.pane.far_end.program
        foreground = program.foreground()
        return {program.pid} | ({foreground.pid} if foreground is not None else set())

    @cached_property
    def cwd(self) -> str:
        return self._window.pane.far_end.program.cwd() or ""

    @cached_property
    def command_lines(self) -> list[str]:
        program = self._window.pane.far_end.program
        foreground = program.foreground()
        lines = [program.command]
        if foreground is not None and foreground.command is not None:
            lines.append(foreground.command)
        return [" ".join(words) for words in lines]

    @property
    def environment(self) -> Mapping[str, str]:
        return self._window.pane.far_end.program.environment
