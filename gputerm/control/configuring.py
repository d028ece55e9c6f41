"""Commands that change how windows look and behave: options, the file, text size, actions.

    file and command line (App.config) < options for all (App.overrides) < a window's own

Options are laid over in this order whenever one of them changes. Setting one again replaces the
older setting, so the lists don't grow with use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gputerm.actions import Action
from gputerm.config import Problem, with_overrides
from gputerm.control.choosing import acted_on, windows_meant
from gputerm.errors import did_you_mean
from gputerm.ipc.protocol import INVALID_OPTION, INVALID_PARAMS, NO_SUCH_WINDOW, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.config import Config
    from gputerm.control.context import Context
    from gputerm.control.interface import Request, Window
    from gputerm.ipc import results

_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")


def config(context: Context, request: Request) -> None:
    """Set options of windows, or of all and later ones. Wrong options are reported and dropped."""
    app, params = context.app, request.params
    chosen, everything = _targets(context, request)
    _, problems = with_overrides(app.config, params["options"])
    options = [option for option in params["options"] if _says_something(app.config, option)]
    lists = [app.overrides] if everything else []

    def changed(before: list[str]) -> list[str]:
        if params["reset"]:
            return []
        return _laid_over(_without(before, params["unset"]), options)

    before = [*lists, *(window.overrides for window in chosen)]
    if params["unset"] and all(changed(some) == some for some in before):
        raise Fault(INVALID_OPTION, "config: unset: nothing of the kind was set")
    changes: list[tuple[Window, list[str], Config]] = []
    for window in chosen:
        overrides = changed(window.overrides)
        base, _ = with_overrides(app.config, overrides)
        app.glyphs(base, window.native.scale, base.font.size)  # raises before anything changed
        changes.append((window, overrides, base))
    for some in lists:
        some[:] = changed(some)
    for window, overrides, new in changes:
        window.overrides = overrides
        _reconfigure(context, window, new)
    if problems:
        raise invalid_options(problems)


def get_config(context: Context, request: Request) -> results.ConfigValue:
    """The configuration of a window, or what a new one would have; or one key of it."""
    chosen, everything = _targets(context, request)
    if everything:
        base, _ = with_overrides(context.app.config, context.app.overrides)
    else:
        base = chosen[0].config
    values: Any = base.to_dict()
    if request.params["key"] is None:
        return values
    for part in request.params["key"].split("."):
        if not isinstance(values, dict) or part not in values:
            known = list(values) if isinstance(values, dict) else []
            raise Fault(INVALID_OPTION, f"no such key{did_you_mean(part, known)}")
        values = values[part]
    return values


def reload_config(context: Context, request: Request) -> results.Reloaded:
    """Read the file again; what is wrong with it. A table that isn't TOML stays as it was."""
    problems = context.app.reload_config()
    if any(problem.severity == "error" for problem in problems):
        raise invalid_options(problems)
    return {"problems": [as_dict(problem) for problem in problems]}


def set_font_size(context: Context, request: Request) -> results.Windows:
    """Another size of the text; the configuration stays as it is."""
    params = request.params
    chosen = windows_meant(context, request)
    for window in chosen:
        if params["reset"]:
            size = window.config.font.size
        elif params["by"] is not None:
            size = window.font_size + params["by"]
        else:
            size = params["size"]
        if not 1 <= size <= 3999:
            raise Fault(INVALID_PARAMS, "set-font-size: expected 1 to 3999 points")
        window.set_font_size(size)
    return acted_on(chosen)


def action(context: Context, request: Request) -> results.Windows:
    """Do in each window what a key can be bound to."""
    actions = [_action(name) for name in request.params["actions"]]
    chosen = windows_meant(context, request)
    for window in chosen:
        for one in actions:
            if window.number in context.app.windows:  # else Quit has closed it
                window.perform(one)
    return acted_on(chosen)


def _action(name: str) -> Action:
    try:
        return Action.named(name)
    except ValueError as error:
        raise Fault(INVALID_PARAMS, f"action: {error}") from None


def _targets(context: Context, request: Request) -> tuple[list[Window], bool]:
    """The windows meant, and whether that is all of them and those to come."""
    params, windows = request.params, context.app.windows
    number = params["window_id"]
    if params["match"] is not None or params["pane"] is not None:
        request.params = {**params, "window": number if number and number > 0 else None}
        return windows_meant(context, request), False
    if number is None or number < 0:
        return list(windows.values()), True
    if number not in windows:
        known = ", ".join(map(str, windows)) or "none"
        raise Fault(NO_SUCH_WINDOW, f"there is no window {number} (there is: {known})")
    return [windows[number]], False


def _reconfigure(context: Context, window: Window, new: Config) -> None:
    if new != window.config:
        window.reconfigure(new)


def _laid_over(older: Sequence[str], newer: Sequence[str]) -> list[str]:
    """Both lists, without the older settings of keys that the newer ones set again."""
    again = {match[1] for option in newer if (match := _KEY.match(option))}
    kept = [o for o in older if not (match := _KEY.match(o)) or match[1] not in again]
    return [*kept, *newer]


def _without(options: Sequence[str], keys: Sequence[str]) -> list[str]:
    """The options, less those that set one of the keys or a part of it."""
    starts = tuple(f"{key}." for key in keys)
    return [
        option
        for option in options
        if not (match := _KEY.match(option))
        or not (match[1] in keys or match[1].startswith(starts))
    ]


def _says_something(base: Config, option: str) -> bool:
    """Whether a part of an option fits: a theme may have colours that we know and some we don't."""
    changed, problems = with_overrides(base, [option])
    return not problems or changed != base


def invalid_options(problems: Sequence[Problem]) -> Fault:
    """The error that reports them; the other options are in use."""
    worst = next((p for p in problems if p.severity == "error"), problems[0])
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return Fault(INVALID_OPTION, f"{worst}{more}", [as_dict(problem) for problem in problems])


def as_dict(problem: Problem) -> results.Problem:
    """A problem as JSON."""
    return {
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "message": problem.message,
    }
