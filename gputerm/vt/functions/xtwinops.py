"""The window and its size: XTWINOPS, DECSLPP, DECSNLS, DECSCPP, DECCOLM, the titles and their
stack.

The window belongs to the world: wishes become events that it may refuse. Reports give sizes, the
position and whether the window is iconified, as far as the world told them. Titles are reported
(CSI 20 t, CSI 21 t) to conformance tests only: a title is text that anyone may have chosen, and a
report would type it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.limits import MAX_COLUMNS, MAX_LINES
from gputerm.vt import report
from gputerm.vt.events import IconTitleChanged, ResizeRequest, TitleChanged, WindowOperation
from gputerm.vt.modes import DecMode

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine


def set_window_title(terminal: Machine, title: str) -> None:
    if terminal.titles.window != title:
        terminal.titles.window = title
        terminal.add(TitleChanged(title))


def set_icon_title(terminal: Machine, title: str) -> None:
    if terminal.titles.icon != title:
        terminal.titles.icon = title
        terminal.add(IconTitleChanged(title))


def window_operation(terminal: Machine, params: Params) -> None:
    """XTWINOPS and DECSLPP — CSI Ps ; Ps ; Ps t"""
    numbers = [param[0] if param[0] >= 0 else None for param in params]
    operation = (numbers[0] if numbers else None) or 0
    rest = (*numbers[1:3], None, None)[:2]
    if operation >= 24:
        request_size(terminal, operation, None)
    elif operation in _WISHES:
        terminal.add(_WISHES[operation])
    elif operation in _OPERATIONS:
        _OPERATIONS[operation](terminal, rest)
    elif operation in _TITLE_REPORTS:
        if terminal.options.test_reports:
            _report_title(terminal, _TITLE_REPORTS[operation])
    else:
        terminal.unhandled(f"window operation {operation}")


_WISHES = {
    1: WindowOperation("deiconify"),
    2: WindowOperation("iconify"),
    5: WindowOperation("raise"),
    6: WindowOperation("lower"),
    7: WindowOperation("refresh"),
}

_Arguments = tuple[int | None, ...]


def _move(terminal: Machine, arguments: _Arguments) -> None:
    terminal.add(WindowOperation("move", (arguments[0] or 0, arguments[1] or 0)))


def _resize_px(terminal: Machine, arguments: _Arguments) -> None:
    terminal.add(WindowOperation("resize_px", arguments))


def _resize_cells(terminal: Machine, arguments: _Arguments) -> None:
    request_size(terminal, *arguments)


def _maximize(terminal: Machine, arguments: _Arguments) -> None:
    if (arguments[0] or 0) <= 3:
        terminal.add(WindowOperation("maximize", (arguments[0] or 0,)))


def _fullscreen(terminal: Machine, arguments: _Arguments) -> None:
    if (arguments[0] or 0) <= 2:
        terminal.add(WindowOperation("fullscreen", (arguments[0] or 0,)))


def _report_state(terminal: Machine, _arguments: _Arguments) -> None:
    terminal.reply(report.csi("", (2 if terminal.window.iconified else 1,), "t"))


def _report_position(terminal: Machine, _arguments: _Arguments) -> None:
    window = terminal.window
    terminal.reply(report.csi("", (3, max(window.x, 0), max(window.y, 0)), "t"))


def _report_pixels(terminal: Machine, arguments: _Arguments) -> None:
    window = terminal.window
    height, width = window.height, window.width
    if arguments[0] == 2:
        height, width = window.outer_height or height, window.outer_width or width
    if height and width:
        terminal.reply(report.csi("", (4, height, width), "t"))


def _report_screen_pixels(terminal: Machine, _arguments: _Arguments) -> None:
    window = terminal.window
    if window.screen_height and window.screen_width:
        terminal.reply(report.csi("", (5, window.screen_height, window.screen_width), "t"))


def _report_cell_pixels(terminal: Machine, _arguments: _Arguments) -> None:
    height, width = _cell(terminal)
    if height and width:
        terminal.reply(report.csi("", (6, height, width), "t"))


def _report_size(terminal: Machine, _arguments: _Arguments) -> None:
    terminal.reply(report.csi("", (8, terminal.lines, terminal.columns), "t"))


def _report_screen_size(terminal: Machine, _arguments: _Arguments) -> None:
    terminal.reply(report.csi("", (9, *_display_size(terminal)), "t"))


#: Operation -> letter that the answer begins with: L the icon's title, l the window's.
_TITLE_REPORTS = {20: "L", 21: "l"}


def _report_title(terminal: Machine, letter: str) -> None:
    titles = terminal.titles
    title = titles.icon if letter == "L" else titles.window
    if titles.reports_hexadecimal:
        title = title.encode().hex().upper()
    terminal.answer_osc(letter + title, report.ST)


def _push_title(terminal: Machine, arguments: _Arguments) -> None:
    terminal.titles.push(arguments[0] or 0)


def _pop_title(terminal: Machine, arguments: _Arguments) -> None:
    icon, window = terminal.titles.pop(arguments[0] or 0)
    if icon is not None:
        set_icon_title(terminal, icon)
    if window is not None:
        set_window_title(terminal, window)


_OPERATIONS = {
    3: _move,
    4: _resize_px,
    8: _resize_cells,
    9: _maximize,
    10: _fullscreen,
    11: _report_state,
    13: _report_position,
    14: _report_pixels,
    15: _report_screen_pixels,
    16: _report_cell_pixels,
    18: _report_size,
    19: _report_screen_size,
    22: _push_title,
    23: _pop_title,
}


def _cell(terminal: Machine) -> tuple[int, int]:
    """Height and width of a cell in pixels."""
    return (
        terminal.window.height // terminal.lines,
        terminal.window.width // terminal.columns,
    )


def _display_size(terminal: Machine) -> tuple[int, int]:
    """Lines and columns that the whole display would hold; the present ones when unknown."""
    height, width = _cell(terminal)
    window = terminal.window
    lines = window.screen_height // height if height else 0
    columns = window.screen_width // width if width else 0
    return lines or terminal.lines, columns or terminal.columns


def request_size(terminal: Machine, lines: int | None, columns: int | None) -> None:
    """The program wants this size: None keeps a dimension, 0 makes it as large as the display."""
    most_lines, most_columns = _display_size(terminal)
    lines = terminal.lines if lines is None else lines or most_lines
    columns = terminal.columns if columns is None else columns or most_columns
    lines, columns = min(lines, MAX_LINES), min(columns, MAX_COLUMNS)
    if terminal.options.resize_at_once:
        terminal.resize(lines, columns)
        terminal.report_new_size()  # before the answers to what follows
    terminal.add(ResizeRequest(lines, columns))


def set_lines_per_screen(terminal: Machine, params: Params) -> None:
    """DECSNLS — CSI Ps * |"""
    if params and params[0][0] > 0:
        request_size(terminal, params[0][0], None)


def set_columns_per_page(terminal: Machine, params: Params) -> None:
    """DECSCPP — CSI Ps $ |; 80 or 132 columns"""
    value = params[0][0] if params else 0
    if value in (-1, 0, 80, 132):
        request_size(terminal, None, 132 if value == 132 else 80)


def set_column_mode(terminal: Machine, *, on: bool) -> None:
    """DECCOLM — 132 columns or 80, behind mode 40; clears the screen unless DECNCSM says not to.

    Setting it when it is set does all of it again, as on the VT510.
    """
    if not terminal.modes.get_mode(DecMode.ALLOW_80_132):
        return
    terminal.modes.put(DecMode.DECCOLM, on)
    request_size(terminal, None, 132 if on else 80)
    terminal.screen.fresh_page(erase=not terminal.modes.get_mode(DecMode.DECNCSM))
