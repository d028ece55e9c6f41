"""The command that is a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.control.choosing import acted_on, windows_meant
from gputerm.control.sending import check_reads
from gputerm.input import Button, MouseEvent, MouseKind, encode_alternate_scroll
from gputerm.input.chords import ChordError, parse_mods
from gputerm.ipc.protocol import FAILED, INVALID_PARAMS, Fault

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request, Window
    from gputerm.input import Mods
    from gputerm.ipc import results

_PRESS, _RELEASE, _MOTION = MouseKind.PRESS, MouseKind.RELEASE, MouseKind.MOTION
_BUTTONS = {"left": Button.LEFT, "middle": Button.MIDDLE, "right": Button.RIGHT}
_WHEELS = {
    "wheel-up": Button.WHEEL_UP,
    "wheel-down": Button.WHEEL_DOWN,
    "wheel-left": Button.WHEEL_LEFT,
    "wheel-right": Button.WHEEL_RIGHT,
}
_CLICK = (_PRESS, _RELEASE)
_BUTTON_EVENTS = {
    "click": _CLICK,
    "double-click": (*_CLICK, *_CLICK),
    "press": (_PRESS,),
}


def send_mouse(context: Context, request: Request) -> results.Windows:
    """Report the mouse to programs that ask for it; selections and links are the user's own."""
    params = request.params
    try:
        mods = parse_mods(params["mods"].split("+") if params["mods"] else ())
    except ChordError as error:
        raise Fault(INVALID_PARAMS, f"send-mouse: {error}") from None
    chosen = windows_meant(context, request)
    for window in chosen:
        _check(window, params["what"], params["line"], params["column"])
    for window in chosen:
        context.waits.typed(window)
        _report(window, params, mods)
    return acted_on(chosen)


def _check(window: Window, what: str, line: int, column: int) -> None:
    """Raises Fault where a program can't be told."""
    check_reads(window)
    terminal = window.pane.terminal
    if not (0 <= line < terminal.lines and 0 <= column < terminal.columns):
        size = f"{terminal.columns}x{terminal.lines}"
        raise Fault(INVALID_PARAMS, f"send-mouse: window {window.number} has {size} cells")
    arrows = what in _WHEELS and terminal.mouse_options.alternate_scroll
    if not window.pane.typing.wants_mouse and not arrows:
        message = f"window {window.number}: its program doesn't ask for the mouse"
        raise Fault(FAILED, message)


def _report(window: Window, params: dict[str, Any], mods: Mods) -> None:
    pane, what, line, column = window.pane, params["what"], params["line"], params["column"]
    width, height = window.text_area.cell_size
    x, y = column * width + width // 2, line * height + height // 2
    button = _WHEELS.get(what) or _BUTTONS[params["button"]]
    if what in _WHEELS and not pane.typing.wants_mouse:
        app_cursor = pane.terminal.key_options.app_cursor
        pane.far_end.write(encode_alternate_scroll(button, 1, app_cursor=app_cursor))
        return
    events: tuple[tuple[MouseKind, Button], ...]
    if what in ("move", "drag"):
        events = ((_MOTION, button if what == "drag" else Button.NONE),)
    elif what == "release":
        events = ((_RELEASE, button),)
    else:
        events = (
            (_MOTION, Button.NONE),
            *((kind, button) for kind in _BUTTON_EVENTS.get(what, (_PRESS,))),
        )
    for kind, which in events:
        pane.typing.mouse(MouseEvent(kind, which, line, column, x, y, mods))
